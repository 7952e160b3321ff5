"""The pieces of published shifts and leave: cut, given back, and never two at once."""

from datetime import UTC, datetime, timedelta

import pytest

from callcenter.errors import Conflict
from shifts.models import Leave, LeaveType, Occupancy, Shift
from shifts.services import occupying
from tests.shifts.conftest import MONDAY

LUNCH = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def pieces(person) -> list[tuple[str, int, int]]:
    """Return kind, first and last hour in UTC of the person's pieces."""
    rows = Occupancy.objects.filter(person=person).order_by("period")
    return [(row.kind, row.period.lower.hour, row.period.upper.hour) for row in rows]


def leave(person, starts_at, hours) -> Leave:
    """Return an approved leave of some hours."""
    kind, _made = LeaveType.objects.get_or_create(code="annual", defaults={"name": "Annual"})
    return Leave.objects.create(
        person=person,
        type=kind,
        starts_at=starts_at,
        ends_at=starts_at + hours * HOUR,
        minutes=hours * 60,
        requested_by=person,
        requested_at=starts_at,
    )


@pytest.fixture
def shift(desk):
    """Return a published day shift of the first agent, 01:00 to 09:00 UTC, lunch from 04:00."""
    roster = desk.roster()
    shift = desk.shift(desk.agents[0], MONDAY)
    desk.publish(roster)
    return shift


def test_a_published_shift_takes_time_around_its_break(desk, shift):
    assert pieces(desk.agents[0]) == [("work", 1, 4), ("break", 4, 5), ("work", 5, 9)]


def test_leave_cuts_the_shift_and_gives_it_back(desk, shift):
    away = leave(desk.agents[0], LUNCH - HOUR, 3)
    assert occupying.enter_leave(away) == [shift.pk]
    assert pieces(desk.agents[0]) == [("work", 1, 3), ("leave", 3, 6), ("work", 6, 9)]
    occupying.redraw([shift.pk])
    assert pieces(desk.agents[0]) == [("work", 1, 3), ("leave", 3, 6), ("work", 6, 9)]
    occupying.remove_leave(away)
    assert pieces(desk.agents[0]) == [("work", 1, 4), ("break", 4, 5), ("work", 5, 9)]


def test_leave_over_leave_is_refused_by_name(desk, shift):
    first, second = leave(desk.agents[0], LUNCH, 2), leave(desk.agents[0], LUNCH + HOUR, 2)
    occupying.enter_leave(first)
    with pytest.raises(Conflict, match=str(first)):
        occupying.enter_leave(second)


def test_two_published_shifts_at_once_are_refused_with_name_and_day(desk, shift):
    other = desk.shift(desk.agents[1], MONDAY, "L")
    desk.publish(other.roster)
    Shift.objects.filter(pk=other.pk).update(published_person=desk.agents[0])
    with pytest.raises(Conflict, match=r"Person 20411 20411 .* 2026-11-23"):
        occupying.redraw([other.pk])
