"""A site of 500 agents with four weeks of published shifts: what its board, its cover and the heads it needs cost."""

import statistics
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from functools import partial
from itertools import cycle
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from agents import services
from agents.models import Membership, PersonSkill, RoleGrant, Site, Skill, Team, User
from benchmarks.runner import Bench
from callcenter.access import SYSTEM, Role
from callcenter.worktime.models import Calendar
from shifts.enums import BreakKind, Origin, RosterState
from shifts.erlang import erlang_b, heads_needed
from shifts.models import Pattern, PatternBreak, Requirement, Roster, Shift, ShiftBreak
from shifts.selectors import cover
from shifts.services import occupying

MONDAY, DAYS = date(2026, 11, 30), 28
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 9, tzinfo=ZONE)
SINCE = DateRange(date(2024, 1, 1), None)
TEAM, WORKED = 20, 5
HOURS = (7, 9, 11, 13)
LUNCH_AFTER = (180, 210, 240)
BOARD_GOAL_MS, COVER_GOAL_MS = 300.0, 50.0
HEADS_A_SECOND = 10_000.0
CALLS = range(20, 420)
"""Calls of the half hours for which heads are asked: 3 to 70 erlangs at five minutes a call."""
P95 = 18
"""The 19th of 20 parts."""


def measure(bench: Bench) -> None:
    """Measure the heads needed, then a board and its cover."""
    _heads(bench)
    bench.database()
    roster = make(bench.size("agents", 500))
    _board(bench, roster)
    _cover(bench, roster)


def make(agents: int) -> Roster:
    """Return the published roster of a new site: five days of each week for everybody, three skills, need by half hour."""
    site = Site.objects.create(code="grown", name="Grown", calendar=Calendar.objects.get(code="CN"))
    skills = [Skill.objects.create(code=f"s{number}", name=f"Skill {number}") for number in range(3)]
    people = _people(site, agents, skills)
    patterns = [_pattern(site, hour) for hour in HOURS]
    roster = Roster.objects.create(
        site=site,
        period=DateRange(MONDAY, MONDAY + timedelta(days=DAYS)),
        state=RosterState.PUBLISHED,
        made_at=NOW,
        published_at=NOW,
    )
    shifts = [
        _shift(roster, person, skills[number % 3], patterns[number % len(HOURS)], day)
        for number, person in enumerate(people)
        for day in range(DAYS)
        if (day + number) % 7 < WORKED
    ]
    Shift.objects.bulk_create(shifts, batch_size=2000)
    lunches = cycle(LUNCH_AFTER)
    ShiftBreak.objects.bulk_create(
        (_lunch(shift, timedelta(minutes=next(lunches))) for shift in shifts), batch_size=2000
    )
    with transaction.atomic():
        occupying.redraw([shift.pk for shift in shifts])
    _need(site, skills, agents)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Roster.objects.select_related("site__calendar").get(pk=roster.pk)


def _people(site: Site, count: int, skills: list[Skill]) -> list[User]:
    people: list[User] = User.objects.bulk_create(
        User(work_number=f"R{number:04}", name=f"Agent {number}", password="!", site=site)  # noqa: S106 (no password)
        for number in range(count)
    )
    teams = [Team.objects.create(site=site, name=f"Team {number}") for number in range(count // TEAM + 1)]
    Membership.objects.bulk_create(
        Membership(person=person, team=teams[number // TEAM], period=SINCE)
        for number, person in enumerate(people)
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(person=person, role=Role.AGENT, period=SINCE) for person in people
    )
    PersonSkill.objects.bulk_create(
        PersonSkill(person=person, skill=skills[number % 3], period=SINCE)
        for number, person in enumerate(people)
    )
    return people


def _pattern(site: Site, hour: int) -> Pattern:
    made = Pattern.objects.create(
        site=site, code=f"P{hour}", name=f"From {hour}", begins=clock_time(hour), minutes=540
    )
    PatternBreak.objects.create(pattern=made, kind=BreakKind.LUNCH, earliest=180, latest=240, minutes=60)
    return made


def _shift(roster: Roster, person: User, skill: Skill, pattern: Pattern, number: int) -> Shift:
    day = MONDAY + timedelta(days=number)
    begin = datetime.combine(day, pattern.begins, ZONE)
    end = begin + timedelta(minutes=pattern.minutes)
    return Shift(
        roster=roster,
        person=person,
        day=day,
        pattern=pattern,
        skill=skill,
        starts_at=begin,
        ends_at=end,
        published_person=person,
        published_starts_at=begin,
        published_ends_at=end,
        published_at=NOW,
    )


def _lunch(shift: Shift, after: timedelta) -> ShiftBreak:
    begin = shift.starts_at + after
    return ShiftBreak(shift=shift, kind=BreakKind.LUNCH, starts_at=begin, ends_at=begin + timedelta(hours=1))


def _need(site: Site, skills: list[Skill], agents: int) -> None:
    midnight = datetime.combine(MONDAY, clock_time(), ZONE)
    Requirement.objects.bulk_create(
        Requirement(
            site=site,
            skill=skill,
            starts_at=midnight + timedelta(days=day, minutes=30 * half_hour),
            heads=agents // 12,
            origin=Origin.COMPUTED,
        )
        for day in range(DAYS)
        for half_hour in range(14, 44)
        for skill in skills
    )


def _heads(bench: Bench) -> None:
    asked = [(calls, 300 * calls / 1800) for calls in CALLS]
    found = [(heads_needed(calls, 300, 0.8, 20, 0.85), load) for calls, load in asked]
    figure = bench.compare(
        "erlang_c_heads",
        product=lambda: [heads_needed(calls, 300, 0.8, 20, 0.85) for calls, _load in asked],
        limit=lambda: [erlang_b(heads, load) for heads, load in found],
        unit="µs",
        goal=2.0,
        per=len(asked),
    )
    bench.report("erlang_c_heads_a_second", 1e6 / figure.value, "/s", HEADS_A_SECOND)
    taken = _milliseconds(lambda: [heads_needed(calls, 300, 0.8, 20, 0.85, 180) for calls, _ in asked], 3)
    bench.report("erlang_a_heads_a_second", len(asked) * 1000 / statistics.median(taken), "/s")


def _board(bench: Bench, roster: Roster) -> None:
    planner = services.create_person(
        actor=SYSTEM, work_number="R9999", name="Planner", site=roster.site, now=NOW
    )
    services.grant_role(
        actor=SYSTEM,
        person=planner,
        role=Role.SUPERVISOR,
        scope=roster.site,
        since=SINCE.lower,
        now=NOW,
    )
    client = Client()
    client.force_login(planner)
    for name, goal in (("board_data", BOARD_GOAL_MS), ("board_heads", None)):
        address = reverse(f"shifts:{name}", args=[roster.pk])
        answer = client.get(address)
        if answer.status_code != 200:  # noqa: PLR2004
            message = f"{address} answered {answer.status_code}"
            raise RuntimeError(message)
        bench.report(f"{name}_p95", _p95(partial(client.get, address)), "ms", goal)
        bench.report(f"{name}_size", len(answer.content) / 1024, "kB")


def _cover(bench: Bench, roster: Roster) -> None:
    site = roster.site
    shift = Shift.objects.filter(roster=roster, day=MONDAY + timedelta(days=9)).first()
    if shift is None or shift.person_id is None:
        message = "the roster has no shift to change"
        raise RuntimeError(message)
    since, until = shift.starts_at, shift.ends_at
    gone = cover.worked([shift.person_id], since, until)
    first, last = cover.days_of(roster)
    works: dict[str, tuple[Callable[[], object], float | None]] = {
        "cover_live_after_one_change": (lambda: cover.live(site, since, until), COVER_GOAL_MS),
        "cover_planned_after_one_change": (lambda: cover.planned(roster, since, until), COVER_GOAL_MS),
        "cover_effect_of_one_change": (lambda: cover.effect(site, gone=gone, come=[]), COVER_GOAL_MS),
        "cover_live_whole": (lambda: cover.live(site, first, last), None),
        "cover_planned_whole": (lambda: cover.planned(roster), None),
    }
    for name, (work, goal) in works.items():
        bench.report(f"{name}_p95", _p95(work), "ms", goal)


def _p95(work: Callable[[], object], times: int = 25) -> float:
    return statistics.quantiles(_milliseconds(work, times), n=20)[P95]


def _milliseconds(work: Callable[[], object], times: int) -> list[float]:
    work()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return taken
