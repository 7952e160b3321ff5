"""Publications, leave, swaps and planning at the same time on real connections: nobody is ever in two places."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from datetime import timedelta

import pytest
from django.db import DatabaseError, InterfaceError, connection, transaction

from callcenter.audit.models import Entry
from callcenter.errors import DomainError
from callcenter.outbox.models import Message
from shifts.enums import RosterState
from shifts.models import Leave, LeaveType, Occupancy, Shift
from shifts.services import occupying, planning, publishing
from shifts.services.planning import Altered, Move
from tests.shifts.conftest import MONDAY

pytestmark = pytest.mark.timeout(180)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAYS = 4
CLASH = """
SELECT count(*) FROM shifts_occupancy one JOIN shifts_occupancy other
    ON one.person_id = other.person_id AND one.id < other.id AND one.period && other.period
"""
# Work and breaks of a person and leave in its place make up exactly what was published.
LOST = """
SELECT count(*) FROM shifts_shift s
 WHERE s.published_person_id IS NOT NULL
   AND tstzmultirange(tstzrange(s.published_starts_at, s.published_ends_at)) <> coalesce(
       (SELECT range_agg(o.period * tstzrange(s.published_starts_at, s.published_ends_at)) FROM shifts_occupancy o
         WHERE o.person_id = s.published_person_id AND (o.shift_id = s.id OR o.kind = 'leave')), '{}')
"""


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Do all at the same time, four connections wide; return results and refusals."""

    def run(act: Callable[[], object]) -> object:
        try:
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(run, acts))


def count(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


class Storm:
    """Random acts on one roster, each as a service does it."""

    def __init__(self, desk, roster, seed: int) -> None:
        self.desk, self.roster, self.dice = desk, roster, random.Random(seed)
        self.kind = LeaveType.objects.create(code="annual", name="Annual", is_limited=False)

    def acts(self, number: int) -> list[Callable[[], object]]:
        """Return acts of every sort, mixed."""
        sorts = [self.publish, self.move, self.cut, self.give_back, self.swap]
        return [self.dice.choice(sorts)() for _ in range(number)]

    def publish(self) -> Callable[[], object]:
        return lambda: self.desk.publish(self.roster)

    def move(self) -> Callable[[], object]:
        to, day, pick = (
            self.dice.choice(self.desk.agents),
            MONDAY + self.dice.randrange(DAYS) * DAY,
            self.dice.random(),
        )

        def act() -> object:
            shifts = list(Shift.objects.planned().values_list("pk", flat=True))
            moves = [Move(shifts[int(pick * len(shifts))], to.pk, day)]
            given = {"actor": self.desk.planner, "roster_id": self.roster.pk, "now": self.desk.now}
            return planning.move_shifts(moves=moves, **given)

        return act

    def cut(self) -> Callable[[], object]:
        person = self.dice.choice(self.desk.agents)
        begin = (
            self.desk.now.replace(hour=0)
            + (5 + self.dice.randrange(DAYS)) * DAY
            + self.dice.randrange(20) * HOUR
        )
        length = self.dice.randrange(1, 9) * HOUR

        @transaction.atomic
        def act() -> object:
            occupying.lock_people([person.pk])
            asked = {"requested_by": person, "requested_at": self.desk.now}
            leave = Leave.objects.create(
                person=person, type=self.kind, starts_at=begin, ends_at=begin + length, minutes=0, **asked
            )
            return occupying.enter_leave(leave)

        return act

    def give_back(self) -> Callable[[], object]:
        pick = self.dice.random()

        @transaction.atomic
        def act() -> object:
            there = list(Leave.objects.filter(occupancy__isnull=False))
            if not there:
                return None
            leave = there[int(pick * len(there))]
            occupying.lock_people([leave.person_id])
            return occupying.remove_leave(leave)

        return act

    def swap(self) -> Callable[[], object]:
        picks = self.dice.random(), self.dice.random()

        @transaction.atomic
        def act() -> object:
            told = list(Shift.objects.filter(published_person__isnull=False).order_by("pk"))
            if len(told) < 2:
                return None
            one, other = (told[int(pick * len(told))] for pick in picks)
            if one.pk == other.pk:
                return None
            changes = [Altered(one, other.published_person), Altered(other, one.published_person)]
            return planning.apply_changes(changes, now=self.desk.now)

        return act


@pytest.mark.parametrize("seed", range(3))
def test_nobody_is_in_two_places_and_no_published_time_is_lost(committed_desk, seed):
    desk = committed_desk
    roster = desk.roster(days=DAYS)
    people = [agent.pk for agent in desk.agents]
    days = [MONDAY + offset * DAY for offset in range(2)]
    given = {"actor": desk.planner, "roster_id": roster.pk, "now": desk.now}
    planning.assign_many(people=people, days=days, pattern=desk.patterns["D"], **given)
    desk.publish(roster)
    results = at_once(Storm(desk, roster, seed).acts(40))
    assert count(CLASH) == 0
    assert count(LOST) == 0
    done = [result for result in results if not isinstance(result, Exception)]
    assert len(done) > 10
    assert Occupancy.objects.exists()


def test_of_two_who_publish_what_they_saw_one_does(committed_desk):
    desk = committed_desk
    roster = desk.roster(days=DAYS)
    desk.shift(desk.agents[0], MONDAY)
    roster.refresh_from_db()

    def act() -> publishing.Published:
        given = {"roster_id": roster.pk, "revision": roster.revision, "now": desk.now}
        return publishing.publish(actor=desk.planner, **given)

    results = at_once([act, act, act])
    assert sum(isinstance(result, publishing.Published) for result in results) == 1


def killed_after(statements: int) -> AbstractContextManager[None]:
    """Let the server end this connection's process as soon as it has done so many statements more."""
    left = [statements]

    def execute(do, *statement) -> object:
        done = do(*statement)
        left[0] -= 1
        if left[0] == 0:
            killer = connection.copy()
            with closing(killer), killer.cursor() as cursor:
                pid = connection.connection.info.backend_pid
                cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
                assert cursor.fetchone() == (True,)
        return done

    return connection.execute_wrapper(execute)


def test_a_publication_that_is_killed_anywhere_leaves_nothing_half_and_is_done_again_once(committed_desk):
    """After each of its statements in turn, the last one before the commit too."""
    desk = committed_desk
    roster = desk.roster(days=DAYS)
    for agent in desk.agents[:3]:
        desk.shift(agent, MONDAY)
    roster.refresh_from_db()
    told = Message.objects.filter(topic=f"roster:{roster.pk}")
    published = Entry.objects.filter(action="roster.published")
    killed, done = 0, None
    while done is None:
        try:
            with killed_after(killed + 1):
                done = desk.publish(roster)
        except (DatabaseError, InterfaceError):
            connection.close()
            killed += 1
            assert not Occupancy.objects.exists()
            assert not Shift.objects.published().exists()
            assert not told.exists()
            assert not published.exists()
            before = roster.revision
            roster.refresh_from_db()
            assert (roster.state, roster.revision) == (RosterState.DRAFT, before)
    assert killed > 10
    assert done == publishing.Published(people=3, shifts=3)
    assert desk.publish(roster) == publishing.Published(people=0, shifts=0)
    heard = told.values_list("recipient", "channel")
    assert sorted(heard) == sorted((one.pk, way) for one in desk.agents[:3] for way in ("in_app", "email"))
    assert Occupancy.objects.filter(kind="work").count() == 2 * 3
    assert count(LOST) == 0
