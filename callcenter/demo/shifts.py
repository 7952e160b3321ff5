"""The rosters of the demo: patterns, last week and this as agents know them, a draft of the next one, and what agents ask for."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from agents.models import Site, User
from callcenter.access import SYSTEM, Role
from shifts.enums import BreakKind, Origin
from shifts.models import Pattern, Roster, Rotation
from shifts.services import balances, leave, leave_types, patterns, planning, publishing, requirements
from shifts.services.times import zone_of

WEEK = timedelta(days=7)
FRIDAY = 4
SPARED = 2
"""Agents with a day less in the draft."""
HALF_HOUR = timedelta(minutes=30)
LUNCH = {"kind": BreakKind.LUNCH, "earliest": 180, "latest": 240, "minutes": 60, "is_paid": False}
REST = {"kind": BreakKind.REST, "earliest": 375, "latest": 405, "minutes": 15, "is_paid": True}
PATTERNS = (
    ("E", "早班 Early", time(7, 30), 540, 1),
    ("D", "白班 Day", time(8, 30), 540, 3),
    ("L", "晚班 Late", time(13), 540, 2),
    ("N", "夜班 Night", time(21), 600, 4),
)
TURNS = {"harbour": ("E E E E E - -", "D D D D D - -"), "nightline": ("N N N N - -",)}
NEED = {"harbour": (8, 18, 4), "nightline": (21, 24, 2)}
"""From which hour to which how many heads."""
LEAVE = (
    {"code": "annual", "name": "年假 Annual leave", "is_limited": True, "yearly_minutes": 80 * 60},
    {"code": "sick", "name": "病假 Sick leave", "is_limited": False, "yearly_minutes": 0},
)


def seed(*, now: datetime) -> None:
    """Plan and publish through the ordinary door: last week and this one some days ahead, the next one as a draft with a gap."""
    monday = timezone.localdate(now) - timedelta(days=timezone.localdate(now).weekday())
    for site in Site.objects.filter(code__in=TURNS).select_related("calendar"):
        made = {one[0]: _pattern(site, *one, now=now) for one in PATTERNS}
        rotations = [
            patterns.make_rotation(actor=SYSTEM, site=site, name=turn, days=turn.split(), now=now)
            for turn in TURNS[site.code]
        ]
        for days, week in ((12, monday - WEEK), (5, monday)):
            _week(site, week, rotations, now=now - timedelta(days=days), publish=True)
        _week(site, monday + WEEK, rotations, now=now, publish=False)
        _open_shift(site, monday + WEEK, made["D" if site.code == "harbour" else "N"], now)
        _require(site, monday, now)
    _leave(monday, now)


def _pattern(
    site: Site, code: str, name: str, begins: time, minutes: int, colour: int, *, now: datetime
) -> Pattern:
    return patterns.make_pattern(
        actor=SYSTEM,
        site=site,
        code=code,
        name=name,
        begins=begins,
        minutes=minutes,
        colour=colour,
        breaks=[LUNCH, REST],
        now=now,
    )


def _week(site: Site, monday: date, rotations: list[Rotation], *, now: datetime, publish: bool) -> None:
    """Let the agents of a site share its rotations."""
    roster = planning.make_roster(actor=SYSTEM, site=site, since=monday, until=monday + WEEK, now=now)
    agents = User.objects.filter(site=site, role_grants__role=Role.AGENT).order_by("work_number")
    people = list(agents.values_list("pk", flat=True))
    given: dict[str, Any] = {"actor": SYSTEM, "roster_id": roster.pk, "since": monday, "now": now}
    for turn, rotation in enumerate(rotations):
        step = 0 if len(rotations) > 1 else 2
        planning.rotate(people=people[turn :: len(rotations)], rotation=rotation, step=step, **given)
    if publish:
        publishing.publish(actor=SYSTEM, roster_id=roster.pk, now=now)


def _open_shift(site: Site, monday: date, pattern: Pattern, now: datetime) -> None:
    """Leave Saturday's shift open, and two agents with a day less, who may pick it up."""
    roster = Roster.objects.on(monday).get(site=site)
    friday = roster.shifts.filter(day=monday + timedelta(days=FRIDAY), person__isnull=False)
    spared = list(friday.order_by("-person__work_number").values_list("pk", flat=True)[:SPARED])
    given: dict[str, Any] = {"actor": SYSTEM, "roster_id": roster.pk, "now": now}
    planning.remove_shifts(shift_ids=spared, **given)
    saturday = monday + timedelta(days=FRIDAY + 1)
    planning.put_shift(person=None, day=saturday, pattern=pattern, **given)


def _require(site: Site, monday: date, now: datetime) -> None:
    opens, closes, heads = NEED[site.code]
    zone, days = zone_of(site), 14 if site.code == "nightline" else 12
    needed: dict[tuple[datetime, int | None], int | None] = {}
    for offset in range(days):
        day = monday + timedelta(days=offset)
        if site.code == "harbour" and day.weekday() > FRIDAY:
            continue
        begin = datetime.combine(day, time(opens), zone)
        needed |= {(begin + half * HALF_HOUR, None): heads for half in range((closes - opens) * 2)}
    put: dict[str, Any] = {"actor": SYSTEM, "site": site, "origin": Origin.ENTERED, "now": now}
    requirements.put_requirements(heads=needed, **put)


def _leave(monday: date, now: datetime) -> None:
    """Ask for one leave on the Wednesday and one for the afternoon of the Friday of next week."""
    common: dict[str, Any] = {"carry_minutes": 40 * 60, "carry_until_month": 3, "is_active": True}
    annual, _sick = (
        leave_types.save_leave_type(actor=SYSTEM, facts={**common, **facts}, now=now) for facts in LEAVE
    )
    balances.tend(now=now)
    people = {one.work_number: one for one in User.objects.select_related("site__calendar")}
    for number, offset, hour, hours in (("20402", 9, 8.5, 9), ("20405", 11, 13, 4.5)):
        person = people[number]
        begin = datetime.combine(monday + timedelta(days=offset), time(), zone_of(person.site))
        begin += timedelta(hours=hour)
        leave.request_leave(
            actor=person,
            person=person,
            type=annual,
            starts_at=begin,
            ends_at=begin + timedelta(hours=hours),
            reason="家中有事 Family matters",
            now=now,
        )
