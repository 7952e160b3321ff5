"""What somebody looks at before a roster is published: gaps of its cover, and limits of working time that it breaks."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from agents.models import Contract, User
from shifts.cover import STEP, Sum, sums
from shifts.limits import MINUTE, Broken, Limits, Span, broken
from shifts.models import Roster, Shift
from shifts.selectors import cover
from shifts.selectors.working import rules_of, window

UNPAID = """
SELECT shift_id, (extract(epoch FROM sum(ends_at - starts_at)) / 60)::int
  FROM shifts_shiftbreak WHERE NOT is_paid AND shift_id = ANY(%s) GROUP BY shift_id
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which the plan has fewer heads than required; `short` is the most that are missing at once."""

    starts_at: datetime
    ends_at: datetime
    short: int


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit of working time that the plan of a person breaks."""

    person: Any
    broken: Broken


def gaps(roster: Roster) -> list[Gap]:
    """Return the gaps of the plan's cover, half hours that follow each other as one."""
    found: list[Gap] = []
    for one in _short(roster):
        last = found[-1] if found else None
        if last and last.ends_at == one.starts_at and last.short == one.short:
            found[-1] = Gap(last.starts_at, one.starts_at + STEP, one.short)
        else:
            found.append(Gap(one.starts_at, one.starts_at + STEP, one.short))
    return found


def _short(roster: Roster) -> Iterator[Sum]:
    return (one for one in sums(cover.planned(roster)) if one.short)


def breaches(roster: Roster) -> list[Breach]:
    """Return what the plan breaks within the roster, by person; what lies around it counts for rest, rows and weeks."""
    spans = _spans(roster)
    rules, zone = rules_of(roster.site), ZoneInfo(roster.site.calendar.time_zone)
    weekly = dict(Contract.objects.on(roster.period.lower).values_list("person", "weekly_minutes"))
    names = User.objects.in_bulk(spans)
    first = roster.period.lower - timedelta(days=roster.period.lower.weekday())
    found = []
    for person, of_person in spans.items():
        minutes = max(weekly.get(person, 0), rules.weekly_minutes)
        limits = Limits(rules.rest_minutes, rules.days_in_row, minutes)
        here = (one for one in broken(of_person, limits, zone) if first <= one.day < roster.period.upper)
        found += [Breach(names[person], one) for one in here]
    return sorted(found, key=lambda one: (one.person.work_number, one.broken.day))


def _spans(roster: Roster) -> dict[int, list[Span]]:
    """Return the plan of the roster's people in it and around it."""
    people = set(
        Shift.objects.planned().filter(roster=roster, person__isnull=False).values_list("person", flat=True)
    )
    since, until = window([roster.period.lower, roster.last_day])
    around = Shift.objects.planned().filter(person__in=people, day__gte=since, day__lt=until)
    rows = list(around.values_list("pk", "person", "starts_at", "ends_at", "day"))
    unpaid = _unpaid([row[0] for row in rows])
    spans: dict[int, list[Span]] = defaultdict(list)
    for pk, person, starts_at, ends_at, day in rows:
        minutes = int((ends_at - starts_at) / MINUTE) - unpaid.get(pk, 0)
        spans[person].append(Span(starts_at, ends_at, day, minutes))
    return spans


def _unpaid(shifts: list[int]) -> dict[int, int]:
    """Return the minutes of unpaid breaks of each shift that has any."""
    with connection.cursor() as cursor:
        cursor.execute(UNPAID, [shifts])
        return dict(cursor.fetchall())
