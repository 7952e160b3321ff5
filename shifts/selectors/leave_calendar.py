"""Who of a team is on leave in a month, day by day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from agents.models import Membership, Team, User
from shifts.leave_time import days_of
from shifts.models import Leave, Peak
from shifts.selectors.peaks import peaks_between

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month: whether it is a rest day of the week or lies in a peak period, and how many are away or may be."""

    on: date
    is_weekend: bool
    peak: Peak | None
    away: int


@dataclass(frozen=True, slots=True)
class Line:
    """A person, and their leave on each day of the month, None where they have none."""

    person: User
    days: list[Leave | None]


def month(team: Team, first: date, *, user: Any) -> tuple[list[Day], list[Line]]:
    """Return the days of the month that begins on `first`, and a line for each member of the team in it, with the leave that `user` sees; three queries."""
    end = month_after(first)
    zone = ZoneInfo(team.site.calendar.time_zone)
    since, until = (datetime.combine(day, time(), zone) for day in (first, end))
    days = [first + timedelta(days=number) for number in range((end - first).days)]
    members = _members(team, first, end)
    rows = Leave.objects.visible_to(user).live().within(since, until).filter(person__in=members)
    found: dict[tuple[int, date], Leave] = {}
    for leave in rows.select_related("type").order_by("starts_at"):
        for day in days_of(max(leave.starts_at, since), min(leave.ends_at, until), zone):
            found.setdefault((leave.person_id, day), leave)
    away = Counter(day for _person, day in found)
    peaks = peaks_between(team.site_id, first, end)
    heads = [
        Day(
            day, day.weekday() >= SATURDAY, next((one for one in peaks if day in one.period), None), away[day]
        )
        for day in days
    ]
    return heads, [Line(person, [found.get((person.pk, day)) for day in days]) for person in members]


def _members(team: Team, first: date, end: date) -> QuerySet[User]:
    in_team = Membership.objects.filter(team=team, period__overlap=DateRange(first, end))
    people: QuerySet[User] = User.objects.filter(pk__in=in_team.values("person"), is_active=True)
    return people.order_by("name", "work_number")


def month_after(first: date) -> date:
    """Return the first day of the next month."""
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date) -> date:
    """Return the first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)
