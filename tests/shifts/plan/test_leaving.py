"""Whoever leaves the house leaves the roster: what becomes of their shifts, who hears of it, and planning at the same time."""

from datetime import timedelta

import pytest

from agents.services import terms
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.outbox import delivery
from callcenter.outbox.delivery import render
from callcenter.outbox.models import Message
from shifts.enums import ChangeKind, ChangeState, WishKind, WishState
from shifts.models import Occupancy, Roster, Shift, Wish
from shifts.selectors.offers import askable
from shifts.services import changes, planning, wishes
from shifts.services.departing import leave_rosters
from shifts.services.planning import Move
from shifts.services.wishes import Rule
from tests.dates import SINCE
from tests.shifts.conftest import MONDAY
from tests.shifts.plan.test_at_once import at_once

DAY = timedelta(days=1)


def employ(desk, person, until=None):
    terms.employ(actor=SYSTEM, person=person, since=SINCE, until=until, now=desk.now)


def end(desk, person, from_day):
    terms.end_employment(actor=SYSTEM, person=person, from_day=from_day, now=desk.now)


@pytest.fixture
def rosters(desk):
    """Publish a week in which two agents work from Monday to Wednesday, with a draft of the next one."""
    this, following = desk.roster(), desk.roster(MONDAY + 7 * DAY)
    for agent in desk.agents[:2]:
        employ(desk, agent)
        for offset in (0, 1, 2, 7):
            desk.shift(agent, MONDAY + offset * DAY, "N" if offset == 1 else "D")
    desk.publish(this)
    return this, following


def of(person, field="person"):
    """Return the days of a person's shifts of the plan, counted from Monday."""
    rows = Shift.objects.planned().filter(**{field: person}).order_by("day")
    return [(day - MONDAY).days for day in rows.values_list("day", flat=True)]


def test_published_shifts_after_the_last_day_are_open_and_drafts_are_gone(desk, rosters):
    leaver, stays = desk.agents[:2]
    end(desk, leaver, MONDAY + 2 * DAY)
    assert (of(leaver), of(leaver, "published_person")) == ([0, 1], [0, 1])
    assert (of(stays), of(stays, "published_person")) == ([0, 1, 2, 7], [0, 1, 2])
    assert Occupancy.objects.filter(person=leaver).exclude(shift__person=leaver).count() == 0
    [open_shift] = askable(Shift.objects.filter(person=None), since=MONDAY)
    assert open_shift.day == MONDAY + 2 * DAY
    assert not rosters[0].shifts.changed().exists()
    for roster in rosters:
        before = roster.revision
        roster.refresh_from_db()
        assert roster.revision > before
    acts = Entry.objects.filter(action="roster.left").order_by("pk")
    assert [act.details["shifts"] for act in acts] == [1, 1]
    assert acts[0].details["people"] == [0, leaver.pk]


def test_who_plans_and_who_leads_hear_once_of_each_roster_and_the_leaver_does_not(desk, rosters, smtp):
    Message.objects.all().delete()
    end(desk, desk.agents[0], MONDAY + 2 * DAY)
    again = leave_rosters(actor=SYSTEM, person=desk.agents[0], from_day=MONDAY + 2 * DAY, now=desk.now)
    assert again == 0
    rows = Message.objects.filter(template="shifts/notify/left", channel="email")
    heard = sorted(
        (row.recipient.work_number, *row.context["opened"], *row.context["dropped"]) for row in rows
    )
    assert heard == [
        (number, f"2026-{day} 09:00–17:00") for number in ("1001", "1101") for day in ("11-25", "11-30")
    ]
    delivery.drain(now=desk.now)
    text = smtp.mails[0].get_body(("plain",)).get_content()
    assert "works here no longer from 2026-11-25 on" in text


@pytest.mark.parametrize("planned_by", ["nobody", "somebody gone"])
def test_of_a_roster_whose_planner_is_gone_every_supervisor_of_the_site_hears(desk, rosters, planned_by):
    second = desk.house.person("1002", Role.SUPERVISOR, superior=desk.house.regional, scope=desk.site)
    Roster.objects.update(published_by=None, made_by=None if planned_by == "nobody" else desk.agents[5])
    end(desk, desk.agents[0], MONDAY + 2 * DAY)
    heard = Message.objects.filter(template="shifts/notify/left", channel="in_app")
    for roster in rosters:
        people = set(heard.filter(topic=f"roster:{roster.pk}").values_list("recipient", flat=True))
        assert people == {desk.planner.pk, second.pk, desk.house.lead.pk}


def heard_off(template):
    """Return who was told that something cannot take place any more: by work number, each mail once."""
    rows = Message.objects.filter(template=f"shifts/notify/{template}", channel="email")
    return sorted(rows.values_list("recipient__work_number", flat=True))


def test_what_two_wait_for_after_the_last_day_is_withdrawn_and_whoever_knew_of_it_hears_once(desk, rosters):
    """Until the colleague has agreed the lead knows of nothing. What lies before that day goes on."""
    leaver, stays, third = desk.agents[:3]
    desk.shift(stays, MONDAY + 4 * DAY)
    desk.publish(rosters[0])
    shifts = {(one.person_id, (one.day - MONDAY).days): one for one in Shift.objects.published()}

    def ask(person, colleague, day):
        facts = {"kind": ChangeKind.SUBSTITUTE, "shift_id": shifts[person.pk, day].pk, "colleague": colleague}
        return changes.ask_change(actor=person, person=person, now=desk.now, **facts)

    before, asked, agreed = ask(leaver, third, 1), ask(leaver, third, 2), ask(stays, leaver, 4)
    changes.accept_change(actor=leaver, change_id=agreed.pk, now=desk.now)
    end(desk, leaver, MONDAY + 2 * DAY)
    for change, state in (
        (before, ChangeState.ASKED),
        (asked, ChangeState.WITHDRAWN),
        (agreed, ChangeState.WITHDRAWN),
    ):
        change.refresh_from_db()
        assert change.state == state
    assert heard_off("change_off") == ["1101", stays.work_number, third.work_number]
    ends = Entry.objects.filter(action="change.withdrawn").values_list("object_id", flat=True)
    assert set(ends) == {str(asked.pk), str(agreed.pk)}
    employ(desk, leaver, until=MONDAY + DAY)
    before.refresh_from_db()
    assert before.state == ChangeState.WITHDRAWN


def test_rules_end_with_the_last_day_and_who_was_asked_to_decide_a_later_one_hears(desk, rosters):
    leaver, lead = desk.agents[0], desk.house.lead
    facts = {"actor": leaver, "person": leaver, "now": desk.now}
    agreed = wishes.ask_wish(**facts, rule=Rule(WishKind.DAY_OFF, weekday=4), since=MONDAY)
    wishes.agree_wish(actor=lead, wish_id=agreed.pk, now=desk.now)
    wishes.ask_wish(**facts, rule=Rule(WishKind.DAY_OFF, weekday=5), since=MONDAY + 7 * DAY)
    end(desk, leaver, MONDAY + 2 * DAY)
    [kept] = Wish.objects.all()
    assert (kept.pk, kept.state, kept.period.upper) == (agreed.pk, WishState.AGREED, MONDAY + 2 * DAY)
    assert heard_off("wish_off") == [lead.work_number]
    assert Entry.objects.filter(action="wish.ended").count() == 2
    text = render(Message.objects.get(template="shifts/notify/wish_off", channel="email")).text
    assert "There is nothing to do." in text


def test_an_end_that_comes_nearer_takes_what_lies_between(desk, rosters):
    leaver = desk.agents[0]
    end(desk, leaver, MONDAY + 2 * DAY)
    employ(desk, leaver, until=MONDAY + DAY)
    assert (of(leaver), of(leaver, "published_person")) == ([0], [0])


def test_a_shift_that_was_given_away_or_taken_over_in_the_draft_ends_with_whoever_stays(desk, rosters):
    leaver, stays = desk.agents[:2]
    given, taken = (Shift.objects.get(person=one, day=MONDAY + 2 * DAY) for one in (leaver, stays))
    moves = [Move(given.pk, desk.agents[2].pk, given.day), Move(taken.pk, leaver.pk, taken.day)]
    planning.move_shifts(actor=desk.planner, roster_id=rosters[0].pk, moves=moves, now=desk.now)
    end(desk, leaver, MONDAY + 2 * DAY)
    given.refresh_from_db()
    taken.refresh_from_db()
    assert (given.person, given.published_person) == (desk.agents[2], None)
    assert (taken.person, taken.published_person) == (None, stays)


def test_what_has_begun_stays_as_it_happened(desk, rosters):
    leaver = desk.agents[0]
    desk.now = Shift.objects.get(person=leaver, day=MONDAY + DAY).starts_at + timedelta(hours=1)
    end(desk, leaver, MONDAY)
    assert of(leaver, "published_person") == [0, 1]


def test_planning_at_the_same_time_leaves_nothing_after_the_last_day(committed_desk):
    desk = committed_desk
    roster, leaver = desk.roster(), desk.agents[0]
    for agent in desk.agents:
        employ(desk, agent)
    given = {"actor": desk.planner, "roster_id": roster.pk, "now": desk.now, "pattern": desk.patterns["D"]}
    days = [MONDAY + offset * DAY for offset in range(1, 6)]
    acts = [
        lambda day=day: planning.assign_many(people=[agent.pk for agent in desk.agents], days=[day], **given)
        for day in days
    ]
    publish = [lambda: desk.publish(roster)] * 2
    found = at_once([*acts[:2], publish[0], lambda: end(desk, leaver, MONDAY + DAY), *acts[2:], publish[1]])
    assert found[3] is None
    assert of(leaver) == of(leaver, "published_person") == []
    assert not Occupancy.objects.filter(person=leaver).exists()
