"""Attendance as it follows from published shifts, punches and logged states: drawn by one statement, as often as one likes.

Whoever draws has locked the people (`lock_people`), so that nothing is drawn from what another is about to change.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from shifts.enums import AT_WORK, AgentState
from shifts.selectors.clocking import GRACE
from shifts.services.occupying import lock_people

LONGEST_STATE: Final = timedelta(hours=16)
"""A state whose end nobody logged holds no longer."""
DAY: Final = timedelta(days=1)
BACK: Final = timedelta(days=3)
"""So far back the sweep looks; what comes in later for an older day is drawn when it comes."""

# A person's shifts as leave left them, with the time in which a punch belongs to each. Neighbours lie within a day.
EXPECTED: Final = """
span AS MATERIALIZED (
    SELECT o.shift_id, o.person_id, min(o.site_id) AS site_id, min(lower(o.period)) AS begins, max(upper(o.period)) AS ends
      FROM shifts_occupancy o
     WHERE o.shift_id IS NOT NULL AND o.person_id IN (SELECT person_id FROM wanted)
       AND o.period && tstzrange(%(since)s, %(until)s)
     GROUP BY o.shift_id, o.person_id
), fenced AS (
    SELECT span.*, greatest(begins - %(grace)s, lag(ends) OVER next + (begins - lag(ends) OVER next) / 2) AS opens,
           least(ends + %(grace)s, ends + (lead(begins) OVER next - ends) / 2) AS closes
      FROM span WINDOW next AS (PARTITION BY person_id ORDER BY begins)
), expected AS (
    SELECT fenced.*, coalesce(a.late_after, r.late_minutes, 1) AS late_after,
           coalesce(a.early_before, r.early_minutes, 1) AS early_before,
           coalesce(a.absent_after, r.absent_minutes, 120) AS absent_after,
           came.at AS came, CASE WHEN gone.kind = 'out' THEN gone.at END AS gone,
           coalesce(came.at, gone.at) IS NOT NULL AS was_here
      FROM fenced
      JOIN wanted USING (shift_id)
      LEFT JOIN shifts_siterules r ON r.site_id = fenced.site_id
      LEFT JOIN shifts_attendance a ON a.shift_id = fenced.shift_id AND a.person_id = fenced.person_id
      LEFT JOIN LATERAL (
           SELECT p.at FROM shifts_punch p
            WHERE p.person_id = fenced.person_id AND p.kind = 'in' AND p.at >= opens AND p.at < closes
            ORDER BY p.correction_id DESC NULLS LAST, p.at LIMIT 1) came ON true
      LEFT JOIN LATERAL (
           SELECT p.at, p.kind FROM shifts_punch p
            WHERE p.person_id = fenced.person_id AND p.at >= opens AND p.at < closes
              AND (p.kind = 'out' OR p.correction_id IS NULL)
            ORDER BY (p.kind = 'out' AND p.correction_id IS NOT NULL) DESC, p.correction_id DESC NULLS LAST, p.at DESC
            LIMIT 1) gone ON true
), judged AS (
    SELECT expected.*, floor(extract(epoch FROM came - begins) / 60)::int AS late,
           CASE WHEN ends <= %(now)s THEN floor(extract(epoch FROM ends - gone) / 60)::int END AS early
      FROM expected
     WHERE was_here OR least(begins + make_interval(mins => absent_after), ends) <= %(now)s
), counted AS (
    SELECT shift_id, person_id, begins, ends, came, gone, late_after, early_before, absent_after,
           CASE WHEN late > 0 AND late >= late_after THEN late ELSE 0 END AS late,
           CASE WHEN early > 0 AND early >= early_before THEN early ELSE 0 END AS early, was_here
      FROM judged
), kept AS (
    SELECT counted.*,
           CASE WHEN NOT was_here THEN 'absent' WHEN late > 0 AND early > 0 THEN 'late_and_early'
                WHEN late > 0 THEN 'late' WHEN early > 0 THEN 'left_early' ELSE 'present' END AS result
      FROM counted
)
"""
# Seconds planned, logged and right of each shift that is over; an open state ends with the next one or by LONGEST_STATE.
ADHERED: Final = """
adhered AS (
    SELECT kept.shift_id, sum(planned)::int AS scheduled, coalesce(sum(logged), 0)::int AS logged,
           coalesce(sum(fitting), 0)::int AS fitting
      FROM kept
      JOIN LATERAL (
           SELECT o.kind, o.period, extract(epoch FROM upper(o.period) - lower(o.period)) AS planned
             FROM shifts_occupancy o WHERE o.shift_id = kept.shift_id) piece ON true
      LEFT JOIN LATERAL (
           SELECT sum(extract(epoch FROM upper(met) - lower(met))) AS logged,
                  sum(extract(epoch FROM upper(met) - lower(met))) FILTER (
                      WHERE CASE piece.kind WHEN 'work' THEN state = ANY(%(at_work)s) ELSE state = ANY(%(on_break)s) END
                  ) AS fitting
             FROM shifts_statespan s
            CROSS JOIN LATERAL (
                  SELECT piece.period * tstzrange(
                      lower(s.period), coalesce(upper(s.period), lower(s.period) + %(longest)s)) AS met) met
            WHERE s.person_id = kept.person_id AND s.period && piece.period AND NOT isempty(met)) found ON true
     WHERE kept.ends <= %(now)s
     GROUP BY kept.shift_id
)
"""
COLUMNS: Final = {
    "shift_id": "kept.shift_id",
    "person_id": "kept.person_id",
    "day": "shift.day",
    "begins_at": "kept.begins",
    "ends_at": "kept.ends",
    "came_at": "kept.came",
    "left_at": "kept.gone",
    "late_minutes": "kept.late",
    "early_minutes": "kept.early",
    "result": "kept.result",
    "late_after": "kept.late_after",
    "early_before": "kept.early_before",
    "absent_after": "kept.absent_after",
    "scheduled_seconds": "adhered.scheduled",
    "logged_seconds": "adhered.logged",
    "right_seconds": "adhered.fitting",
}
DRAWN: Final = f"""
SELECT {", ".join(f"{value} AS {name}" for name, value in COLUMNS.items())}
  FROM kept JOIN shifts_shift shift ON shift.id = kept.shift_id LEFT JOIN adhered ON adhered.shift_id = kept.shift_id
"""  # noqa: S608 (made of constants)
FACTS: Final = [name for name in COLUMNS if name != "shift_id"]
THE_WANTED: Final = """
WITH wanted AS MATERIALIZED (
    SELECT DISTINCT shift_id, person_id FROM shifts_occupancy WHERE shift_id = ANY(%(shifts)s)
)"""
DRAW: Final = f"""
{THE_WANTED}, {EXPECTED}, {ADHERED}, old AS (
    SELECT shift_id, result FROM shifts_attendance WHERE shift_id = ANY(%(shifts)s)
), written AS (
    INSERT INTO shifts_attendance AS mine ({", ".join(COLUMNS)}) {DRAWN}
    ON CONFLICT (shift_id) DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in FACTS)}
     WHERE ({", ".join(f"mine.{name}" for name in FACTS)})
           IS DISTINCT FROM ({", ".join(f"EXCLUDED.{name}" for name in FACTS)})
    RETURNING id, shift_id, person_id, result
), gone AS (
    DELETE FROM shifts_attendance WHERE shift_id = ANY(%(shifts)s) AND shift_id NOT IN (SELECT shift_id FROM kept)
)
SELECT written.id, written.person_id
  FROM written LEFT JOIN old USING (shift_id)
 WHERE written.result = 'absent' AND old.result IS DISTINCT FROM 'absent'
"""  # noqa: S608 (made of constants)
# What the sweep finds to draw: shifts of the last days whose row is missing or not as it would be drawn now.
STALE: Final = f"""
WITH wanted AS MATERIALIZED (
    SELECT DISTINCT shift_id, person_id FROM shifts_occupancy
     WHERE shift_id IS NOT NULL AND period && tstzrange(%(back)s, %(now)s)
), {EXPECTED}, {ADHERED}, drawn AS ({DRAWN})
SELECT drawn.shift_id, drawn.person_id
  FROM drawn LEFT JOIN shifts_attendance mine USING (shift_id)
 WHERE mine.id IS NULL
    OR ({", ".join(f"mine.{name}" for name in FACTS)}) IS DISTINCT FROM ({", ".join(f"drawn.{name}" for name in FACTS)})
 UNION
SELECT shift_id, person_id FROM shifts_attendance mine
 WHERE begins_at >= %(back)s AND begins_at < %(now)s
   AND NOT EXISTS (SELECT FROM drawn WHERE drawn.shift_id = mine.shift_id)
"""  # noqa: S608 (made of constants)
SPAN: Final = """
SELECT min(lower(period)), max(upper(period)) FROM shifts_occupancy WHERE shift_id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Missing:
    """An attendance that has just become an absence, and whose."""

    attendance: int
    person: int


def draw(shifts: Collection[int], *, now: datetime) -> list[Missing]:
    """Draw the attendance of these shifts anew in the caller's transaction; return which have just become absences."""
    if not shifts:
        return []
    keys = list(shifts)
    with connection.cursor() as cursor:
        cursor.execute(SPAN, [keys])
        since, until = cursor.fetchone()
        around = {"since": (since or now) - DAY, "until": (until or now) + DAY}
        cursor.execute(DRAW, {**_facts(now), **around, "shifts": keys})
        return [Missing(*row) for row in cursor.fetchall()]


def draw_stale(*, now: datetime) -> list[Missing]:
    """Draw what is not as it should be, of the last days; return which have just become absences."""
    with connection.cursor() as cursor:
        around = {"back": now - BACK, "since": now - BACK - DAY, "until": now + DAY}
        cursor.execute(STALE, {**_facts(now), **around})
        found = cursor.fetchall()
    lock_people({person for _shift, person in found})
    return draw({shift for shift, _person in found}, now=now)


def _facts(now: datetime) -> dict[str, Any]:
    return {
        "now": now,
        "grace": GRACE,
        "longest": LONGEST_STATE,
        "at_work": [state.value for state in AT_WORK],
        "on_break": [AgentState.PAUSE.value, AgentState.OFFLINE.value],
    }
