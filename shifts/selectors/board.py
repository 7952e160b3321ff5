"""What a board shows, as plain rows that a browser draws: few statements, no object for a cell."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import formats

from agents.models import Membership, PersonSkill, RoleGrant, Skill, Team, User
from callcenter.access import Role
from callcenter.worktime import calendars
from shifts.cover import sums
from shifts.models import Pattern, Roster, Shift
from shifts.selectors import cover
from shifts.selectors.peaks import peaks_between

LOCKED, UNTOLD = 1, 2
"""Bits of a shift on the board: it is locked; the plan differs from what agents were told."""

# Minutes count from the midnight with which the roster's first day begins on the clocks of its site.
SHIFTS = """
SELECT s.id, coalesce(s.person_id, 0), s.day - %(first)s::date, coalesce(s.pattern_id, 0), coalesce(s.skill_id, 0),
       (extract(epoch FROM (s.starts_at AT TIME ZONE %(zone)s) - %(first)s::timestamp) / 60)::int,
       (extract(epoch FROM s.ends_at - s.starts_at) / 60)::int,
       s.is_locked::int + 2 * (s.published_at IS NULL OR s.starts_at <> s.published_starts_at
           OR s.ends_at <> s.published_ends_at OR s.person_id IS DISTINCT FROM s.published_person_id)::int
  FROM shifts_shift s
 WHERE s.roster_id = %(roster)s AND NOT s.is_removed AND (%(keys)s::bigint[] IS NULL OR s.id = ANY(%(keys)s))
   AND (%(day)s::date IS NULL OR s.day BETWEEN %(day)s::date - 1 AND %(day)s::date)
 ORDER BY s.day, s.starts_at, s.id
"""
BREAKS = """
SELECT b.shift_id, (extract(epoch FROM (b.starts_at AT TIME ZONE %(zone)s) - %(first)s::timestamp) / 60)::int,
       (extract(epoch FROM b.ends_at - b.starts_at) / 60)::int
  FROM shifts_shiftbreak b JOIN shifts_shift s ON s.id = b.shift_id
 WHERE s.roster_id = %(roster)s AND NOT s.is_removed AND s.day BETWEEN %(day)s::date - 1 AND %(day)s::date
 ORDER BY b.starts_at
"""
AWAY = """
SELECT o.person_id, (extract(epoch FROM (lower(o.period) AT TIME ZONE %(zone)s) - %(first)s::timestamp) / 60)::int,
       (extract(epoch FROM (upper(o.period) AT TIME ZONE %(zone)s) - %(first)s::timestamp) / 60)::int
  FROM shifts_occupancy o
 WHERE o.site_id = %(site)s AND o.kind = 'leave'
   AND o.period && tstzrange(%(first)s::timestamp AT TIME ZONE %(zone)s, %(until)s::timestamp AT TIME ZONE %(zone)s)
"""


def board(roster: Roster, *, day: date | None = None) -> dict[str, Any]:
    """Return a board; with a day only the shifts that touch it, and their breaks."""
    shown = {
        "revision": roster.revision,
        "days": days_of(roster),
        "people": _people(roster),
        "patterns": _patterns(roster),
        "skills": list(Skill.objects.filter(is_active=True).values_list("pk", "code", "name")),
        "teams": list(Team.objects.filter(site=roster.site_id).order_by("name").values_list("pk", "name")),
        "shifts": shifts_of(roster, day=day),
        "away": _rows(AWAY, roster),
    }
    if day is not None:
        breaks: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for shift, start, minutes in _rows(BREAKS, roster, day=day):
            breaks[shift].append((start, minutes))
        shown["breaks"] = breaks
    return shown


def shifts_of(
    roster: Roster, *, day: date | None = None, keys: list[int] | None = None
) -> list[tuple[Any, ...]]:
    """Return shifts of the plan as the board draws them; with keys, only these."""
    return _rows(SHIFTS, roster, day=day, keys=keys)


def heads(roster: Roster, days: list[date] | None = None) -> list[list[tuple[int, int, int, int]]]:
    """Return for each of these days (else all of the roster) its half hours: minute of the day, required, present, short."""
    zone = cover.days_of(roster)[0].tzinfo
    wanted = days if days is not None else all_days(roster)
    found: dict[date, list[tuple[int, int, int, int]]] = {day: [] for day in wanted}
    if not found:
        return []
    first, last = cover.days_of(roster)
    since = first + (min(wanted) - roster.period.lower)
    until = min(first + (max(wanted) - roster.period.lower) + timedelta(days=1), last)
    for one in sums(cover.planned(roster, since, until)):
        local = one.starts_at.astimezone(zone)
        if local.date() in found:
            minute = local.hour * 60 + local.minute
            found[local.date()].append((minute, one.required, one.present, one.short))
    return list(found.values())


def all_days(roster: Roster) -> list[date]:
    """Return the roster's days."""
    length = (roster.period.upper - roster.period.lower).days
    return [roster.period.lower + timedelta(days=offset) for offset in range(length)]


def days_of(roster: Roster) -> list[tuple[str, str, str, bool, bool]]:
    """Return each day: ISO date, weekday and date in the reader's words, whether it is worked, whether it is in a peak period."""
    days = all_days(roster)
    before = cover.days_of(roster)[0] - timedelta(seconds=1)
    worked = set(calendars.load(roster.site.calendar_id).working_dates(before, len(days)))
    peaks = peaks_between(roster.site_id, roster.period.lower, roster.period.upper)
    return [
        (
            day.isoformat(),
            formats.date_format(day, "D"),
            formats.date_format(day, "MONTH_DAY_FORMAT"),
            day in worked,
            any(day in peak.period for peak in peaks),
        )
        for day in days
    ]


def people_of(roster: Roster) -> Any:
    """Return the agents of the site at the roster's time, and whoever else has a shift in it."""
    agents = RoleGrant.objects.filter(person=OuterRef("pk"), role=Role.AGENT, period__overlap=roster.period)
    planned = Shift.objects.planned().filter(person=OuterRef("pk"), roster=roster)
    here = Q(Exists(agents), site=roster.site_id, is_active=True)
    return User.objects.filter(here | Q(Exists(planned))).order_by("work_number")


def _people(roster: Roster) -> list[tuple[Any, ...]]:
    """Return key, work number, name, team on the roster's first day (or the first one after), skills."""
    teams: dict[int, int] = {}
    rows = Membership.objects.filter(period__overlap=roster.period, person__site=roster.site_id)
    for person, team in rows.order_by(Lower("period")).values_list("person", "team"):
        teams.setdefault(person, team)
    skills: dict[int, list[int]] = defaultdict(list)
    held = PersonSkill.objects.filter(period__overlap=roster.period, person__site=roster.site_id)
    for person, skill in held.values_list("person", "skill"):
        skills[person].append(skill)
    people = people_of(roster).values_list("pk", "work_number", "name")
    return [(*person, teams.get(person[0], 0), skills[person[0]]) for person in people]


def _patterns(roster: Roster) -> list[tuple[Any, ...]]:
    """Return key, code, name, colour, begin (minute of the day), minutes, whether it is in use."""
    rows = Pattern.objects.filter(site=roster.site_id)
    return [
        (
            one.pk,
            one.code,
            one.name,
            one.colour,
            one.begins.hour * 60 + one.begins.minute,
            one.minutes,
            one.is_active,
        )
        for one in rows
    ]


def _rows(statement: str, roster: Roster, **more: Any) -> list[tuple[Any, ...]]:
    values = {
        "roster": roster.pk,
        "site": roster.site_id,
        "zone": roster.site.calendar.time_zone,
        "first": roster.period.lower,
        "until": roster.period.upper,
        "day": None,
        "keys": None,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values | more)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
