"""A run of the auto-roster from its start to the draft: the engine really searches."""

import time as stopwatch
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from agents.models import PersonSkill, Skill
from callcenter.access import Role
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.jobs.enums import State
from callcenter.jobs.models import Job
from callcenter.jobs.run import Run
from callcenter.jobs.services import cancel_job
from callcenter.jobs.work import work
from shifts.enums import Origin, WishKind, WishState
from shifts.models import AutoRun, Requirement, Shift, Wish
from shifts.selectors.cover import planned
from shifts.services import auto, planning
from shifts.work import auto_roster
from tests.shifts.conftest import MONDAY

SHANGHAI = ZoneInfo("Asia/Shanghai")


def need(desk, day, since, until, heads, skill=None):
    at = datetime.combine(day, time(since), SHANGHAI).astimezone(UTC)
    end = datetime.combine(day, time(until), SHANGHAI).astimezone(UTC)
    while at < end:
        Requirement.objects.create(
            site=desk.site, skill=skill, starts_at=at, heads=heads, origin=Origin.ENTERED
        )
        at += timedelta(minutes=30)


@pytest.fixture
def roster(desk):
    """A week that needs two by day and, on weekdays, one late."""
    made = desk.roster(days=7)
    for day in range(7):
        need(desk, MONDAY + timedelta(days=day), 9, 13, 2)
        need(desk, MONDAY + timedelta(days=day), 13, 20, 1)
    return made


def start(desk, roster, **more):
    facts = {"seconds": 5, "keep": False, "now": desk.now, **more}
    return auto.start_run(actor=desk.planner, roster_id=roster.pk, **facts)


def finished(run):
    auto_roster(Run(run.job))
    run.refresh_from_db()
    return run


def test_run_fills_the_roster_and_is_taken_into_the_draft(desk, roster):
    run = finished(start(desk, roster))
    assert (run.short, run.bound, run.gap) == (0, 0, 0)
    assert not Shift.objects.exists()
    filled = auto.take_run(actor=desk.planner, run_id=run.pk, now=desk.now)
    assert filled.written == len(run.shifts) == Shift.objects.planned().count()
    assert not any(cell.short for cell in planned(roster))
    with pytest.raises(Conflict):
        auto.take_run(actor=desk.planner, run_id=run.pk, now=desk.now)


def test_locked_shift_stays_and_counts(desk, roster):
    locked = desk.shift(desk.agents[0], MONDAY, "N")
    planning.lock_shifts(
        actor=desk.planner, roster_id=roster.pk, shift_ids=[locked.pk], locked=True, now=desk.now
    )
    loose = desk.shift(desk.agents[1], MONDAY, "N")
    roster.refresh_from_db()
    run = finished(start(desk, roster))
    auto.take_run(actor=desk.planner, run_id=run.pk, now=desk.now)
    left = set(Shift.objects.planned().filter(pattern=desk.patterns["N"]).values_list("pk", flat=True))
    assert locked.pk in left
    assert loose.pk not in left
    assert not [row for row in run.shifts if row[0] == desk.agents[0].pk and row[1] == MONDAY.isoformat()]


def test_run_that_keeps_what_is_there_only_adds(desk, roster):
    there = desk.shift(desk.agents[1], MONDAY, "D")
    run = finished(start(desk, roster, keep=True))
    auto.take_run(actor=desk.planner, run_id=run.pk, now=desk.now)
    assert Shift.objects.planned().filter(pk=there.pk, person=desk.agents[1]).exists()
    assert not any(cell.short for cell in planned(roster))


def test_wish_that_cover_allows_is_honoured_and_one_that_it_does_not_is_explained(desk, roster):
    everybody = [desk.house.agent, desk.house.colleague, *desk.agents]
    for person in everybody:
        Wish.objects.create(
            person=person,
            kind=WishKind.DAY_OFF,
            weekday=1,
            priority=1 if person == everybody[0] else 3,
            state=WishState.AGREED,
            decided_by=desk.house.lead,
            period=DateRange(MONDAY, None),
        )
    run = finished(start(desk, roster))
    assert run.short == 0
    broken = run.report["wishes"]
    assert broken
    assert everybody[0].pk not in [person for _key, person, _day, _cells in broken]
    assert all(cells for _key, _person, _day, cells in broken)


def test_requirement_that_nobody_can_meet_is_named_with_what_is_possible(desk, roster):
    need(desk, MONDAY, 3, 4, 50)
    need(desk, MONDAY, 10, 11, 1, skill=desk.skill)
    run = finished(start(desk, roster))
    impossible = [
        (at, skill, need, possible)
        for at, skill, need, _there, possible in run.report["short"]
        if possible < need
    ]
    assert len(impossible) == 4
    assert {need for _at, _skill, need, _possible in impossible} == {50, 1}
    assert run.short == run.bound


def test_roster_that_changed_since_is_not_overwritten(desk, roster):
    run = finished(start(desk, roster))
    desk.shift(desk.agents[0], MONDAY)
    with pytest.raises(Conflict) as refused:
        auto.take_run(actor=desk.planner, run_id=run.pk, now=desk.now)
    assert refused.value.code == "stale"


@pytest.fixture
def long_search(committed_desk):
    """Return a run whose worker has a first roster soon, and would look for a better one for a minute."""
    desk = committed_desk
    skills = [desk.skill, Skill.objects.create(code="repair", name="Repair")]
    people = [
        desk.house.person(str(number), Role.AGENT, team=desk.house.team) for number in range(20501, 20511)
    ]
    for place, person in enumerate([*desk.agents, *people]):
        PersonSkill.objects.create(
            person=person, skill=skills[place % 2], level=3, period=DateRange(MONDAY, None)
        )
        for weekday in (2, 4, 6):
            Wish.objects.create(
                person=person,
                kind=WishKind.DAY_OFF,
                weekday=weekday,
                state=WishState.AGREED,
                decided_by=desk.house.lead,
                period=DateRange(MONDAY, None),
            )
    roster = desk.roster(days=14)
    for day in range(14):
        for place, skill in enumerate(skills):
            for since, until, heads in ((7, 10, 1), (10, 15, 3), (15, 21, 1)):
                need(desk, MONDAY + timedelta(days=day), since, until, heads + place, skill=skill)
    return start(desk, roster, seconds=60)


def test_run_that_a_person_stops_keeps_the_best_so_far_and_says_so(committed_desk, long_search, sign_in):
    desk, job, given_up = committed_desk, long_search.job, stopwatch.monotonic() + 40
    with ThreadPoolExecutor(1) as worker:
        at_work = worker.submit(lambda: (work(job.pk), connection.close()))
        while "short" not in Job.objects.get(pk=job.pk).note and stopwatch.monotonic() < given_up:
            stopwatch.sleep(0.2)
        cancel_job(actor=desk.planner, job=job, now=desk.now)
        at_work.result(timeout=40)
    run = AutoRun.objects.get()
    assert Job.objects.get(pk=job.pk).state == State.CANCELLED
    assert (run.report["stopped"], run.gap is not None, bool(run.shifts)) == (True, True, True)
    assert run.seconds < run.limit_seconds
    page = sign_in(desk.planner).get(run.get_absolute_url()).text
    assert "stopped early" in page
    assert auto.take_run(actor=desk.planner, run_id=run.pk, now=desk.now).written == len(run.shifts)


def test_one_run_of_a_roster_at_a_time_and_only_by_who_plans(desk, roster):
    with pytest.raises(NotAllowed):
        auto.start_run(actor=desk.house.agent, roster_id=roster.pk, seconds=5, keep=False, now=desk.now)
    with pytest.raises(DomainError):
        start(desk, roster, seconds=1)
    run = start(desk, roster)
    with pytest.raises(Conflict):
        start(desk, roster)
    with pytest.raises(Conflict):
        auto.drop_run(actor=desk.planner, run_id=run.pk, now=desk.now)
    finished(run)
    auto.drop_run(actor=desk.planner, run_id=run.pk, now=desk.now)
    assert not AutoRun.objects.exists()
