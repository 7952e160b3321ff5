"""Several people who do something about one person's time at the same moment, on real PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from threading import Barrier

from django.db import connection

from callcenter.errors import DomainError
from shifts.enums import LeaveState, OccupancyKind
from shifts.models import Leave, LeaveEntry, Occupancy
from shifts.selectors.balances import left
from shifts.services import balances, publishing
from shifts.services import leave as services
from tests.shifts.conftest import MONDAY, Desk
from tests.shifts.leave.conftest import HOUR, at


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all at the same time, each in a connection of its own; return results and refusals."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait()
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refused(results: list[object]) -> int:
    return sum(isinstance(one, DomainError) for one in results)


def test_the_last_hours_of_a_balance_are_given_once(committed_office):
    office = committed_office
    office.annual.yearly_minutes = 9 * HOUR
    office.annual.save()
    days = [MONDAY + timedelta(days=number) for number in range(4)]
    results = at_once(*[lambda day=day: office.ask(at(day), at(day, 24)) for day in days])
    assert refused(results) == 3
    assert left(office.agent, office.annual, 2026, now=office.now) == 0


def test_one_time_is_asked_for_once(committed_office):
    office = committed_office
    results = at_once(*[lambda: office.ask(at(MONDAY, 9), at(MONDAY, 10))] * 4)
    assert (refused(results), Leave.objects.count()) == (3, 1)


def test_two_leads_decide_one_leave_once(committed_office):
    office = committed_office
    leave = office.ask(at(MONDAY, 9), at(MONDAY, 10))
    results = at_once(
        lambda: office.approve(leave),
        lambda: office.approve(leave, actor=office.house.supervisor),
        lambda: services.refuse_leave(
            actor=office.house.regional, leave_id=leave.pk, decision="No.", now=office.now
        ),
        lambda: services.withdraw_leave(actor=office.agent, leave_id=leave.pk, now=office.now),
    )
    leave.refresh_from_db()
    taken = Occupancy.objects.filter(kind=OccupancyKind.LEAVE).count()
    assert taken == (leave.state == LeaveState.APPROVED)
    held = -sum(LeaveEntry.objects.filter(leave=leave).values_list("minutes", flat=True))
    assert held == (HOUR if leave.state == LeaveState.APPROVED else 0)
    assert refused(results) >= 2


def test_leave_approved_while_the_roster_is_published_never_lies_on_a_shift(committed_office, now):
    office = committed_office
    desk = Desk(office.house, now)
    for number in range(4):
        day = MONDAY + timedelta(days=number)
        leave = office.ask(at(day, 9), at(day, 12))
        roster = desk.roster(day, 1)
        desk.shift(office.agent, day)
        at_once(lambda leave=leave: office.approve(leave), lambda roster=roster: publish(desk, roster))
        pieces = Occupancy.objects.filter(person=office.agent).within(at(day), at(day, 24))
        spans = sorted((piece.period.lower, piece.period.upper) for piece in pieces)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert sum(piece.kind == OccupancyKind.LEAVE for piece in pieces) == 1


def publish(desk: Desk, roster) -> None:
    """Publish through the service."""
    publishing.publish(actor=desk.planner, roster_id=roster.pk, revision=roster.revision, now=desk.now)


def test_two_sweeps_at_once_write_every_grant_once(committed_office):
    office = committed_office
    at_once(*[lambda: balances.tend(now=office.now)] * 3)
    grants = LeaveEntry.objects.values_list("person", "type", "year")
    assert len(grants) == len(set(grants)) > 0
