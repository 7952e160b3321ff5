"""Whoever leaves the house leaves the roster: what becomes of their shifts, who hears of it, and planning at the same time."""

from datetime import timedelta

import pytest

from agents.services import terms
from callcenter.access import SYSTEM
from callcenter.audit.models import Entry
from callcenter.outbox import delivery
from callcenter.outbox.models import Message
from shifts.models import Occupancy, Shift
from shifts.selectors.offers import askable
from shifts.services import planning
from shifts.services.departing import leave_rosters
from shifts.services.planning import Move
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
