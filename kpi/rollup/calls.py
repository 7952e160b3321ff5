"""The calls of a day as columns of numbers: how roll-ups read them, many times faster than row by row."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Calls = dict[str, Column]
"""What is known of calls, a column each. Lengths are whole seconds, marks 0 or 1, -1 where not known; `at` is in microseconds of the
site's clock since 2000, as the database writes it. 0 is nobody, no team, no name."""

BEGIN: Final = np.datetime64("2000-01-01", "us")
MICROSECOND: Final = timedelta(microseconds=1)
HALF_HOUR: Final = timedelta(minutes=30) // MICROSECOND
QUARTER: Final = HALF_HOUR // 2
"""Between the moments at which a clock can change."""
ANSWERED, ABANDONED, FLOWED_OUT = 1, 2, 3
MARKS: Final = {"outcome": 4, "resolved": 4, "transferred": 4, "rated": 8}
"""What is read as one number, each from 0 to below this: the fewer columns, the faster they come."""
COLUMNS: Final = {
    "at": ("c.entered_at", "i8"),
    "line": ("coalesce(l.id, 0)", "i4"),
    "team": ("coalesce(c.team_id, 0)::integer", "i4"),
    "who": ("coalesce(c.agent_id, -n.id, 0)::integer", "i4"),
    "marks": (
        (
            f"(CASE c.outcome WHEN 'answered' THEN {ANSWERED} WHEN 'abandoned' THEN {ABANDONED} "
            f"WHEN 'flowed_out' THEN {FLOWED_OUT} ELSE 0 END + (coalesce(c.resolved::integer, -1) + 1) * 4 "
            "+ (coalesce(c.transferred::integer, -1) + 1) * 16 + coalesce(c.satisfaction, 0) * 64)::smallint"
        ),
        "i2",
    ),
    "wait": ("coalesce(c.wait_seconds, -1)", "i4"),
    "talk": ("coalesce(c.talk_seconds, -1)", "i4"),
    "hold": ("coalesce(c.hold_seconds, -1)", "i4"),
    "wrap": ("coalesce(c.wrap_seconds, -1)", "i4"),
}
# In the binary form of COPY a row begins with how many columns it has, and each column with how long it is.
HEAD, TAIL = 19, 2
ROW: Final = np.dtype(
    [
        ("columns", ">i2"),
        *(
            part
            for name, (_sql, kind) in COLUMNS.items()
            for part in ((f"size_{name}", ">i4"), (name, f">{kind}"))
        ),
    ]
)
OF_DAY: Final = "c.site_id = %(site)s AND c.entered_at >= %(since)s AND c.entered_at < %(until)s"
NAMES: Final = f"""
SELECT DISTINCT agent_name FROM calls_call c WHERE {OF_DAY} AND c.agent_id IS NULL AND c.agent_name <> '' ORDER BY 1
"""  # noqa: S608 (names of columns, nothing from outside; so all statements here)
LINE: Final = ("source", "queue_id", "queue_name", "project", "channel")
OF_LINE: Final = (
    "c.source, c.queue_id, CASE WHEN c.queue_id IS NULL THEN c.queue_name ELSE '' END, c.project, c.channel"
)
SAME_LINE: Final = (
    "l.site_id = c.site_id AND l.source = c.source AND coalesce(l.queue_id, 0) = coalesce(c.queue_id, 0) "
    "AND l.queue_name = CASE WHEN c.queue_id IS NULL THEN c.queue_name ELSE '' END "
    "AND l.project = c.project AND l.channel = c.channel"
)
NEW_LINES: Final = f"""
INSERT INTO kpi_line (site_id, {", ".join(LINE)})
SELECT DISTINCT c.site_id, {OF_LINE} FROM calls_call c LEFT JOIN kpi_line l ON {SAME_LINE} WHERE {OF_DAY} AND l.id IS NULL
ORDER BY {", ".join(str(2 + place) for place in range(len(LINE)))}
ON CONFLICT DO NOTHING
"""  # noqa: S608
READ: Final = f"""
COPY (
    SELECT {", ".join(sql for sql, _kind in COLUMNS.values())} FROM calls_call c LEFT JOIN kpi_line l ON {SAME_LINE}
    LEFT JOIN unnest(%(names)s::text[]) WITH ORDINALITY n (name, id) ON c.agent_id IS NULL AND n.name = c.agent_name
    WHERE {OF_DAY}
) TO STDOUT (FORMAT binary)
"""  # noqa: S608
# Two processors read a day of many calls in little more than half the time; the planner thinks their talking too dear.
TOGETHER: Final = "SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0"


def read(cursor: Any, given: dict[str, Any]) -> tuple[Calls, dict[int, str]]:
    """Return the calls of a `site` from `since` to before `until` by the clock of `zone`, and the names by their numbers.

    Lines that are met for the first time are put down.
    """
    cursor.execute(NAMES, given)
    names = [name for (name,) in cursor.fetchall()]
    cursor.execute(TOGETHER)
    calls = _columns(cursor, given | {"names": names})
    if not calls["line"].all():
        cursor.execute(NEW_LINES, given)
        calls = _columns(cursor, given | {"names": names})
    return calls, dict(enumerate(names, 1))


def microseconds(local: datetime) -> int:
    """Return a time of the site's clock as `at` is written."""
    return (local - datetime(2000, 1, 1)) // MICROSECOND  # noqa: DTZ001 (a wall clock has no zone)


def _columns(cursor: Any, given: dict[str, Any]) -> Calls:
    written = io.BytesIO()
    cursor.copy_expert(cursor.mogrify(READ, given).decode(), written)
    rows = np.frombuffer(written.getbuffer()[HEAD:-TAIL], ROW)
    calls = {name: rows[name].astype(kind) for name, (_sql, kind) in COLUMNS.items()}
    calls["at"] = _local(calls["at"], given["zone"])
    who, marks = calls.pop("who"), calls.pop("marks")
    calls["agent"], calls["name"] = np.maximum(who, 0), np.maximum(-who, 0)
    for name, kinds in MARKS.items():
        calls[name] = marks % kinds
        marks = marks // kinds
    for name in ("resolved", "transferred"):
        calls[name] -= 1
    return calls


def _local(instants: Column, zone: ZoneInfo) -> Column:
    """Return instants, in microseconds since 2000 in UTC, as the clock of a zone shows them."""
    if not instants.size:
        return instants
    quarters = instants // QUARTER
    first = int(quarters.min())
    offsets = [_offset(quarter * QUARTER, zone) for quarter in range(first, int(quarters.max()) + 1)]
    local: Column = instants + np.array(offsets)[quarters - first]
    return local


def _offset(instant: int, zone: ZoneInfo) -> int:
    at = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)
    return (at.astimezone(zone).utcoffset() or timedelta()) // MICROSECOND
