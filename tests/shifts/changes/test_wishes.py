"""Standing personal rules: asked for, agreed to by somebody else, ended."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox.delivery import render
from callcenter.outbox.models import Message
from shifts.enums import WishKind, WishState
from shifts.models import Wish
from shifts.services import wishes
from shifts.services.wishes import Rule

THURSDAY = 4
OFF_AT_SIX = Rule(WishKind.DONE_BY, weekday=THURSDAY, time=time(18))


@pytest.fixture
def real_now():
    """Return the current instant: rules hold for the person's current day."""
    return timezone.now()


def ask(house, now, rule=OFF_AT_SIX, **facts) -> Wish:
    facts.setdefault("since", house.agent.today)
    return wishes.ask_wish(actor=house.agent, person=house.agent, rule=rule, now=now, **facts)


def test_the_lead_agrees_and_both_hear_of_it_in_turn(house, real_now):
    wish = ask(house, real_now)
    assert str(wish) == "Person 20401 20401: finished by 18:00 on Thursday"
    told = Message.objects.filter(channel="email")
    assert told.get().recipient == house.lead
    assert "asks for a standing rule: finished by 18:00 on Thursday." in render(told.get()).text
    for wrong in (house.agent, house.colleague, house.administrator):
        with pytest.raises(NotAllowed):
            wishes.agree_wish(actor=wrong, wish_id=wish.pk, now=real_now)
    assert wishes.agree_wish(actor=house.lead, wish_id=wish.pk, now=real_now).state == WishState.AGREED
    assert told.latest("pk").recipient == house.agent
    assert "From now on rosters honour it" in render(told.latest("pk")).text
    with pytest.raises(Conflict):
        wishes.refuse_wish(actor=house.lead, wish_id=wish.pk, now=real_now)


def test_a_rule_is_whole_ahead_and_not_asked_for_twice(house, real_now):
    today = house.agent.today
    wrong = [
        (Rule(WishKind.DAY_OFF), {}, "weekday"),
        (Rule(WishKind.NOT_BEFORE), {}, "time"),
        (Rule(WishKind.PATTERN), {}, "pattern"),
        (OFF_AT_SIX, {"since": today - timedelta(days=1)}, "since"),
        (OFF_AT_SIX, {"since": today, "until": today}, "until"),
    ]
    for rule, facts, field in wrong:
        with pytest.raises(DomainError) as refusal:
            ask(house, real_now, rule, **facts)
        assert refusal.value.field == field
    ask(house, real_now, until=today + timedelta(days=9))
    with pytest.raises(Conflict):
        ask(house, real_now)
    assert ask(house, real_now, since=today + timedelta(days=9)).pk


def test_what_held_ends_and_what_never_did_is_gone(house, real_now):
    wish = ask(house, real_now)
    wishes.end_wish(actor=house.agent, wish_id=wish.pk, now=real_now)
    assert not Wish.objects.exists()
    wish = ask(house, real_now)
    wishes.agree_wish(actor=house.lead, wish_id=wish.pk, now=real_now)
    Wish.objects.update(period=(date(2025, 1, 1), None))
    with pytest.raises(NotAllowed):
        wishes.end_wish(actor=house.colleague, wish_id=wish.pk, now=real_now)
    wishes.end_wish(actor=house.lead, wish_id=wish.pk, now=real_now)
    wish.refresh_from_db()
    assert wish.period.upper == house.agent.today
    with pytest.raises(Conflict):
        wishes.end_wish(actor=house.lead, wish_id=wish.pk, now=real_now)


def test_an_agent_asks_and_the_lead_agrees_on_their_pages(house, sign_in, real_now):
    client = sign_in(house.agent)
    typed = {"kind": "done_by", "weekday": "4", "time": "18:00", "priority": "1", "since": house.agent.today}
    wrong = client.post(reverse("shifts:new_wish"), {**typed, "time": ""})
    assert wrong.status_code == 400
    assert "A part of the rule is missing." in wrong.content.decode()
    page = client.post(reverse("shifts:new_wish"), typed, follow=True).content.decode()
    assert "finished by 18:00 on Thursday" in page
    wish = Wish.objects.get()
    client = sign_in(house.lead)
    assert client.get(reverse("shifts:wishes")).context["list"].page.rows == [wish]
    assert "Rosters made from now on honour it" in client.get(wish.get_absolute_url()).content.decode()
    client.post(reverse("shifts:wish_deed", args=[wish.pk, "agree"]))
    wish.refresh_from_db()
    assert wish.state == WishState.AGREED
    assert sign_in(house.administrator).get(wish.get_absolute_url()).status_code == 404
