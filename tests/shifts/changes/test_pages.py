"""The pages of changes: what is offered, asking, agreeing, deciding and filing by form; who sees what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agents.models import User
from callcenter.access import SYSTEM, Role
from shifts.enums import ChangeKind, ChangeState
from shifts.models import Change, Requirement
from shifts.selectors.fitting import told_shifts
from shifts.selectors.offers import substitutes, swaps, swaps_for
from shifts.services import changes
from tests.shifts.changes.conftest import publish_week
from tests.shifts.changes.test_course import give_skill

LIST, OPEN = reverse("shifts:change_list"), reverse("shifts:open_shifts")


@pytest.fixture
def real_week(desk):
    """Return a week published ahead of the real clock, which pages read."""
    desk.now = timezone.now()
    today = desk.house.agent.today
    return publish_week(desk, today + timedelta(days=7 - today.weekday()))


def ask_page(shift) -> str:
    return reverse("shifts:ask_change", args=[shift.pk])


def told(shift):
    return told_shifts().get(pk=shift.pk)


def test_swaps_are_offered_only_where_they_fit_both(week):
    mine = week.shifts[week.one, 1]
    found = {
        (offer.colleague, offer.span.day.weekday()) for offer in swaps(told(mine), week.one, now=week.now)
    }
    # On other days the colleague works already, and a day shift after a late one leaves ten hours of rest.
    assert found == {(week.two.pk, 1)}
    late = week.shifts[week.two, 4]
    assert [offer.span.day.weekday() for offer in swaps(told(late), week.two, now=week.now)] == [4]
    assert swaps(told(mine), week.one, now=week.now + timedelta(days=30)) == []


def test_whoever_substitutes_is_free_rested_and_able(week):
    mine = week.shifts[week.one, 1]
    assert set(substitutes(told(mine), week.one)) == {
        *week.agents[2:],
        User.objects.get(pk=week.house.agent.pk),
        User.objects.get(pk=week.house.colleague.pk),
    }


def test_where_cover_asks_for_a_skill_a_swap_that_loses_it_is_not_offered(week):
    give_skill(week, week.one)
    mine = week.shifts[week.one, 1]
    need = {"site": week.site, "skill": week.skill, "heads": 1, "origin": "entered"}
    Requirement.objects.create(starts_at=mine.starts_at, **need)
    offers = swaps(told(mine), week.one, now=week.now)
    assert offers
    assert swaps_for(told(mine), week.one, offers) == []
    assert substitutes(told(mine), week.one) == []
    give_skill(week, week.agents[3])
    assert substitutes(told(mine), week.one) == [week.agents[3]]


def test_a_swap_goes_from_the_own_shift_to_the_file_by_its_pages(real_week, sign_in):
    week, mine = real_week, real_week.shifts[real_week.one, 1]
    client = sign_in(week.one)
    page = client.get(ask_page(mine)).content.decode()
    assert f"13:00–21:00 · {week.two.name}" in page
    typed = {"other_shift": week.shifts[week.two, 1].pk, "reason": "School concert"}
    page = client.post(ask_page(mine), typed, follow=True).content.decode()
    assert "Asked; your colleague is told." in page
    change = Change.objects.get()
    assert "A change of this shift waits already" in client.get(ask_page(mine)).content.decode()

    client = sign_in(week.two)
    assert [row.pk for row in client.get(f"{LIST}?view=answer").context["list"].page.rows] == [change.pk]
    page = client.get(change.get_absolute_url()).content.decode()
    assert "Nothing stands against it" in page
    assert "School concert" in page
    client.post(reverse("shifts:change_deed", args=[change.pk, "accept"]))

    client = sign_in(week.house.lead)
    assert client.get(LIST).context["list"].page.rows == [change]
    refused = client.post(reverse("shifts:change_deed", args=[change.pk, "refuse"]), {"decision": ""})
    assert refused.status_code == 422
    client.post(reverse("shifts:change_deed", args=[change.pk, "approve"]), {"decision": ""})

    client = sign_in(week.clerk)
    assert client.get(LIST).context["list"].page.rows == [change]
    page = client.post(reverse("shifts:file_changes"), {"pick": [change.pk]}, follow=True).content.decode()
    assert "1 change is filed." in page
    change.refresh_from_db()
    assert change.state == ChangeState.FILED


def test_the_other_kinds_are_asked_for_by_their_forms(real_week, sign_in):
    week = real_week
    client = sign_in(week.one)
    person = week.agents[3].pk
    by_kind = {
        "substitute": (0, {"colleague": person}),
        "flexible": (1, {"moved": "1"}),
        "extend": (2, {"before": "0", "after": "2"}),
    }
    for kind, (number, typed) in by_kind.items():
        address = f"{ask_page(week.shifts[week.one, number])}?kind={kind}"
        assert client.get(address).status_code == 200
        assert client.post(address, typed).status_code == 302, kind
    assert client.post(reverse("shifts:take_shift", args=[week.open.pk]), {"reason": ""}).status_code == 409
    sign_in(week.agents[4]).post(reverse("shifts:take_shift", args=[week.open.pk]), {"reason": ""})
    kinds = set(Change.objects.values_list("kind", flat=True))
    assert kinds == {ChangeKind.SUBSTITUTE, ChangeKind.FLEXIBLE, ChangeKind.EXTEND, ChangeKind.PICK_UP}
    wrong = sign_in(week.one).post(
        f"{ask_page(week.shifts[week.one, 3])}?kind=extend", {"before": "0", "after": "0", "reason": "Kept"}
    )
    assert wrong.status_code == 400
    page = wrong.content.decode()
    assert "An extension keeps the time of the shift and adds some." in page
    assert "Kept" in page


def test_an_open_shift_that_is_gone_says_so(real_week, sign_in):
    week = real_week
    client = sign_in(week.agents[3])
    assert "Take it" in client.get(OPEN).content.decode()
    asked = {"kind": ChangeKind.PICK_UP, "shift_id": week.open.pk, "now": week.now}
    changes.ask_change(actor=week.agents[4], person=week.agents[4], **asked)
    assert "Take it" not in client.get(OPEN).content.decode()
    page = client.post(reverse("shifts:take_shift", args=[week.open.pk]), follow=True).content.decode()
    assert "Somebody else was faster" in page


def test_what_keeps_a_person_from_an_open_shift_is_said_in_the_list(real_week, sign_in):
    week = real_week
    page = sign_in(week.house.supervisor).get(OPEN).content.decode()
    assert "in no team of the site" in page
    rows = b"".join(sign_in(week.one).get(f"{OPEN}?export=csv").streaming_content).decode()
    assert "42 h of work in the week" in rows


def test_who_sees_a_change(real_week, sign_in):
    week = real_week
    asked = {"kind": ChangeKind.SUBSTITUTE, "colleague": week.agents[3], "now": week.now}
    mine = week.shifts[week.one, 0]
    change = changes.ask_change(actor=week.one, person=week.one, shift_id=mine.pk, **asked)
    seen = {
        name: sign_in(person).get(change.get_absolute_url()).status_code
        for name, person in {
            "one": week.one,
            "colleague": week.agents[3],
            "other": week.agents[4],
            "lead": week.house.lead,
            "supervisor": week.house.supervisor,
            "clerk": week.clerk,
            "administrator": week.house.administrator,
        }.items()
    }
    assert seen == dict.fromkeys(("one", "colleague", "lead", "supervisor", "clerk"), 200) | dict.fromkeys(
        ("other", "administrator"), 404
    )
    assert sign_in(week.two).get(ask_page(mine)).status_code == 404
    forbidden = sign_in(week.house.lead).post(reverse("shifts:change_deed", args=[change.pk, "accept"]))
    assert forbidden.status_code == 403


@pytest.mark.parametrize("size", [3, 12])
def test_lists_and_offers_cost_the_same_number_of_queries_however_long(
    real_week, sign_in, size, django_assert_max_num_queries
):
    week = real_week
    more = [week.house.person(f"3{number:04}", Role.AGENT, team=week.house.team) for number in range(size)]
    for number in range(min(size, 5)):
        shift = week.shifts[week.one, number]
        asked = {"kind": ChangeKind.SUBSTITUTE, "colleague": more[0], "now": week.now}
        changes.ask_change(actor=SYSTEM, person=week.one, shift_id=shift.pk, **asked)
    client = sign_in(week.house.lead)
    client.get(LIST)
    with django_assert_max_num_queries(24):
        client.get(LIST)
    client = sign_in(week.two)
    with django_assert_max_num_queries(40):
        client.get(ask_page(week.shifts[week.two, 1]))
