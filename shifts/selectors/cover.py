"""Heads required and present: as published, as planned, and after a change. Counted by the database, group by group.

Who is present: published working time (breaks and leave are cut out of it), or what the plan has of it. A head counts
for the skill of the shift, else for the strongest skill that the person has on that day.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from agents.models import Site
from shifts.cover import (
    STEP,
    Cell,
    Effect,
    Key,
    Piece,
    Stretch,
    cells,
    half_hour,
    heads,
    seconds_by_half_hour,
)
from shifts.models import Requirement, Roster
from shifts.selectors.peaks import heads_in_peaks

__all__ = ["Cell", "Effect", "Piece", "draft", "effect", "live", "planned", "required", "worked"]

Window = tuple[datetime, datetime]

SKILL = """COALESCE({skill}, (
    SELECT k.skill_id FROM agents_personskill k
    WHERE k.person_id = {person} AND k.period @> ({at} AT TIME ZONE %(zone)s)::date
    ORDER BY k.level DESC, k.skill_id LIMIT 1))"""
"""For which skill somebody counts: that of the shift, else the person's strongest on that day."""

LIVE = f"""
SELECT {SKILL.format(skill="o.skill_id", person="o.person_id", at="lower(o.period)")} AS skill,
    lower(o.period), upper(o.period), count(*)
FROM shifts_occupancy o
WHERE o.site_id = %(site)s AND o.kind = 'work' AND o.period && %(time)s::tstzmultirange
GROUP BY 1, 2, 3"""  # noqa: S608 (made of constants)

PLANNED = f"""
WITH plan AS MATERIALIZED (
    SELECT s.id, s.person_id, tstzrange(s.starts_at, s.ends_at) AS period,
        {SKILL.format(skill="s.skill_id", person="s.person_id", at="s.starts_at")} AS skill
    FROM shifts_shift s JOIN shifts_roster r ON r.id = s.roster_id
    WHERE r.site_id = %(site)s AND s.person_id IS NOT NULL AND NOT s.is_removed
        AND s.day BETWEEN %(first)s AND %(last)s
        AND tstzrange(s.starts_at, s.ends_at) && %(time)s::tstzmultirange
), away AS MATERIALIZED (
    SELECT plan.id, plan.skill, plan.period * o.period AS period
    FROM plan JOIN shifts_occupancy o ON o.person_id = plan.person_id AND o.period && plan.period
    WHERE o.kind = 'leave'
), signed AS (
    SELECT skill, period, 1 AS heads FROM plan
    UNION ALL
    SELECT plan.skill, plan.period * tstzrange(b.starts_at, b.ends_at), -1
    FROM plan JOIN shifts_shiftbreak b ON b.shift_id = plan.id
    UNION ALL
    SELECT skill, period, -1 FROM away
    UNION ALL
    SELECT away.skill, away.period * tstzrange(b.starts_at, b.ends_at), 1
    FROM away JOIN shifts_shiftbreak b ON b.shift_id = away.id
)
SELECT skill, lower(period), upper(period), sum(heads) FROM signed
WHERE NOT isempty(period) GROUP BY 1, 2, 3"""  # noqa: S608

WORKED = """
SELECT o.site_id, o.person_id, o.skill_id, lower(o.period * w.span), upper(o.period * w.span)
FROM shifts_occupancy o JOIN unnest(%(time)s::tstzmultirange) w(span) ON o.period && w.span
WHERE o.person_id = ANY(%(people)s) AND o.kind = 'work' ORDER BY 2, 4"""

STRONGEST = f"""
SELECT DISTINCT p.person, p.at, {SKILL.format(skill="NULL", person="p.person", at="p.at")}
FROM unnest(%(people)s::bigint[], %(times)s::timestamptz[]) p(person, at)"""  # noqa: S608


def live(site: Site, since: datetime, until: datetime) -> list[Cell]:
    """Return the cover that is published, by half hour and skill, for the half hours from `since` until `until`."""
    windows = [_whole(since, until)]
    return cells(_required(site, windows), _inside(_stretches(LIVE, site, windows), windows))


def planned(roster: Roster, since: datetime | None = None, until: datetime | None = None) -> list[Cell]:
    """Return the cover of the plan as it stands now, for the roster's days or the part of them that is asked for."""
    first, last = days_of(roster)
    return draft(roster.site, max(since or first, first), min(until or last, last))


def draft(site: Site, since: datetime, until: datetime) -> list[Cell]:
    """Return the cover of the site's plan as it stands now, published or not, from `since` until `until`."""
    windows = [_whole(since, until)]
    return cells(_required(site, windows), _inside(_stretches(PLANNED, site, windows), windows))


def required(site: Site, since: datetime, until: datetime) -> dict[Key, int]:
    """Return the heads required in every half hour that asks for any: for each skill, and (None) of everybody at the site."""
    return _required(site, [_whole(since, until)])


def effect(site: Site, *, gone: Sequence[Piece], come: Sequence[Piece]) -> list[Effect]:
    """Return what it does to the published cover of the site if working time goes and comes; only where heads change."""
    changes = [*_signed(site, gone, -1), *_signed(site, come, 1)]
    windows = _merged(_whole(change.starts_at, change.ends_at) for change in changes)
    if not windows:
        return []
    before = seconds_by_half_hour(_stretches(LIVE, site, windows))
    change = seconds_by_half_hour(changes)
    need = _required(site, windows)
    found = [
        Effect(
            at,
            skill,
            need.get((at, skill), 0),
            heads(before.get((at, skill), 0)),
            heads(before.get((at, skill), 0) + more),
        )
        for (at, skill), more in change.items()
    ]
    return sorted(
        (row for row in found if row.before != row.after), key=lambda row: (row.starts_at, row.skill_id or 0)
    )


def worked(people: Collection[int], since: datetime, until: datetime) -> list[Piece]:
    """Return the published working time of people from `since` until `until`, breaks and leave cut out: what leave or a swap takes away."""
    with connection.cursor() as cursor:
        cursor.execute(WORKED, {"people": list(people), "time": _multirange([(since, until)])})
        return [Piece(*row) for row in cursor.fetchall()]


def days_of(roster: Roster) -> Window:
    """Return the instants at which the roster's first day begins and its last ends, at its site."""
    zone = ZoneInfo(roster.site.calendar.time_zone)
    first, last = roster.period.lower, roster.period.upper
    return datetime.combine(first, time(), zone), datetime.combine(last, time(), zone)


def _required(site: Site, windows: Sequence[Window]) -> dict[Key, int]:
    need: dict[Key, int] = {}
    for since, until in windows:
        rows = Requirement.objects.filter(site=site, starts_at__gte=since, starts_at__lt=until, heads__gt=0)
        need |= {
            (at, skill): count for at, skill, count in rows.values_list("starts_at", "skill_id", "heads")
        }
        for key, least in heads_in_peaks(site, since, until).items():
            need[key] = max(need.get(key, 0), least)
    return need


def _stretches(query: str, site: Site, windows: Sequence[Window]) -> list[Stretch]:
    zone = ZoneInfo(site.calendar.time_zone)
    first = min(since for since, _until in windows).astimezone(zone).date()
    last = max(until for _since, until in windows).astimezone(zone).date()
    values: dict[str, Any] = {
        "site": site.pk,
        "zone": site.calendar.time_zone,
        "time": _multirange(windows),
        # A shift belongs to the day on which it begins, and may end on the next.
        "first": first - timedelta(days=1),
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [Stretch(*row) for row in cursor.fetchall()]


def _signed(site: Site, pieces: Sequence[Piece], heads_each: int) -> list[Stretch]:
    here = [piece for piece in pieces if piece.site_id == site.pk]
    strongest = _strongest(site, [piece for piece in here if piece.skill_id is None])
    return [
        Stretch(
            piece.skill_id or strongest.get((piece.person_id, piece.starts_at)),
            piece.starts_at,
            piece.ends_at,
            heads_each,
        )
        for piece in here
    ]


def _strongest(site: Site, pieces: Sequence[Piece]) -> dict[tuple[int, datetime], int]:
    if not pieces:
        return {}
    values: dict[str, Any] = {
        "people": [piece.person_id for piece in pieces],
        "times": [piece.starts_at for piece in pieces],
        "zone": site.calendar.time_zone,
    }
    with connection.cursor() as cursor:
        cursor.execute(STRONGEST, values)
        return {(person, at): skill for person, at, skill in cursor.fetchall()}


def _inside(stretches: Iterable[Stretch], windows: Sequence[Window]) -> dict[Key, float]:
    found = seconds_by_half_hour(stretches)
    return {
        key: seconds
        for key, seconds in found.items()
        if any(since <= key[0] < until for since, until in windows)
    }


def _whole(since: datetime, until: datetime) -> Window:
    """Widen to whole half hours."""
    end = half_hour(until)
    return half_hour(since), end if end == until else end + STEP


def _merged(windows: Iterable[Window]) -> list[Window]:
    whole: list[Window] = []
    for since, until in sorted(windows):
        if whole and since <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], until))
        else:
            whole.append((since, until))
    return whole


def _multirange(windows: Sequence[Window]) -> str:
    return "{" + ",".join(f"[{since.isoformat()},{until.isoformat()})" for since, until in windows) + "}"
