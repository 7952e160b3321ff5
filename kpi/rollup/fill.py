"""The statements that count the calls of a site anew: for some half hours, and for the days that these lie in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection
from psycopg2.extensions import AsIs

from kpi.rollup import ready
from kpi.rollup.columns import COUNTED, FROM_CALLS, READY, kept, listed

# A week's cells are grouped in memory; spilled to disk it takes several times as long.
ROOM: Final = "SET LOCAL work_mem = '256MB'"
HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)
# Where clocks are put back, a wall-clock time occurs twice: an hour apart, and nowhere more.
TWICE: Final = timedelta(hours=1)
LINE: Final = ("source", "queue_id", "queue_name", "project", "channel")
LOCAL: Final = "timezone(%(zone)s, c.entered_at)"
HALF: Final = f"date_bin('30 minutes', {LOCAL}, timestamp '2000-01-01')"
OF_LINE: Final = (
    "c.source, c.queue_id, CASE WHEN c.queue_id IS NULL THEN c.queue_name ELSE '' END AS queue_name, "
    "c.project, c.channel"
)
TEAM: Final = "coalesce(c.team_id, 0)::integer AS team"
AGENT: Final = (
    "coalesce(c.agent_id, 0)::integer AS agent, "
    "CASE WHEN c.agent_id IS NULL THEN c.agent_name ELSE '' END AS agent_name"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is counted anew: half hours by the site's wall clock, all of whose calls lie in [first, last)."""

    site: int
    zone: ZoneInfo
    slots: tuple[datetime, ...]

    @classmethod
    def touched(cls, site: int, zone: ZoneInfo, marks: Iterable[datetime]) -> "Stretch":
        """Return the stretch of the half hours that begin with these instants; odd zones cut across two."""
        locals_ = (
            (mark + part).astimezone(zone).replace(tzinfo=None)
            for mark in marks
            for part in (timedelta(), HALF_HOUR - timedelta(seconds=1))
        )
        slots = {local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0) for local in locals_}
        return cls(site, zone, tuple(sorted(slots)))

    @property
    def days(self) -> list[date]:
        """The local days that its half hours lie in."""
        return sorted({slot.date() for slot in self.slots})

    @property
    def whole(self) -> bool:
        """Whether it is all half hours from its first to its last, under one and the same clock."""
        length = self.slots[-1] + HALF_HOUR - self.slots[0]
        return self.steady and length == len(self.slots) * HALF_HOUR

    @property
    def steady(self) -> bool:
        """Whether clocks are neither put forward nor back on its days, nor beside them."""
        edges = (self.days[0] - DAY, *self.days, self.days[-1] + DAY, self.days[-1] + 2 * DAY)
        return len({self.instant(datetime.combine(day, time())).utcoffset() for day in edges}) == 1

    def given(self) -> dict[str, Any]:
        """Return the parameters of the statements."""
        first_day, last_day = self.days[0], self.days[-1] + DAY
        beside = timedelta() if self.steady else TWICE
        return {
            "site": self.site,
            "zone": self._difference() if self.steady else self.zone.key,
            "slots": list(self.slots),
            "days": self.days,
            "first": self.instant(self.slots[0]) - beside,
            "last": self.instant(self.slots[-1] + HALF_HOUR) + beside,
            "first_of_day": self.instant(datetime.combine(first_day, time())) - beside,
            "last_of_day": self.instant(datetime.combine(last_day, time())) + beside,
        }

    def _difference(self) -> Any:
        """Return the difference from UTC: quicker to reckon with than a zone and its history."""
        difference = self.instant(self.slots[0]).utcoffset() or timedelta()
        # West of UTC the driver would write a day less and some hours, which the database takes for no difference.
        return AsIs(f"interval '{difference.total_seconds():.0f} seconds'")

    def instant(self, local: datetime) -> datetime:
        """Return the instant of a wall-clock time at the site."""
        return local.replace(tzinfo=self.zone)


@dataclass(frozen=True, slots=True)
class Grain:
    """A table of roll-ups: its keys, and which of its numbers are counted."""

    table: str
    keys: tuple[str, ...]
    numbers: tuple[str, ...] = tuple(FROM_CALLS)


HALF_HOURS: Final = Grain("kpi_halfhour", ("at", "line", "team"))
LINE_HALF_HOURS: Final = Grain("kpi_linehalfhour", ("at", "line"))
TEAM_HALF_HOURS: Final = Grain("kpi_teamhalfhour", ("at", "site", "team"), (*COUNTED, *READY))
AGENT_DAYS: Final = Grain("kpi_agentday", ("at", "line", "team", "agent", "agent_name"))
TEAM_DAYS: Final = Grain("kpi_teamday", ("at", "line", "team"))
TEAM_MONTHS: Final = Grain("kpi_teammonth", ("at", "line", "team"))
TEAM_TIMES: Final = Grain("kpi_teamtimeofday", ("at", "site", "team"), (*COUNTED, *READY))

ONLY_SLOTS: Final = f"{HALF} = ANY(%(slots)s::timestamp[])"
COUNT_HALF_HOURS: Final = f"""
SELECT {OF_LINE}, {TEAM}, {HALF} AS at, {listed(FROM_CALLS)}
FROM calls_call c
WHERE c.site_id = %(site)s AND c.entered_at >= %(first)s AND c.entered_at < %(last)s
    AND {ONLY_SLOTS}
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""  # noqa: S608 (names of columns, nothing from outside; so all statements here)
COUNT_AGENT_DAYS: Final = f"""
SELECT {OF_LINE}, {TEAM}, {AGENT}, {LOCAL}::date AS at, {listed(FROM_CALLS)}
FROM calls_call c
WHERE c.site_id = %(site)s AND c.entered_at >= %(first_of_day)s AND c.entered_at < %(last_of_day)s
    AND {LOCAL}::date = ANY(%(days)s::date[])
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""  # noqa: S608
CUT: Final = """
SELECT EXISTS (SELECT FROM kpi_linehalfhour WHERE site = %(site)s AND at >= %(at)s AND at < %(until)s)
    AND NOT EXISTS (SELECT FROM calls_call WHERE site_id = %(site)s AND entered_at >= %(begin)s AND entered_at < %(month)s)
"""
NEW_LINES: Final = f"""
INSERT INTO kpi_line (site_id, {", ".join(LINE)})
SELECT DISTINCT %(site)s, {", ".join(LINE)} FROM pg_temp.kpi_fresh f
WHERE NOT EXISTS (SELECT FROM kpi_line l WHERE {{same}})
ORDER BY {", ".join(str(2 + place) for place in range(len(LINE)))}
ON CONFLICT DO NOTHING
"""  # noqa: S608
SAME_LINE: Final = (
    "l.site_id = %(site)s AND l.source = f.source AND coalesce(l.queue_id, 0) = coalesce(f.queue_id, 0) "
    "AND l.queue_name = f.queue_name AND l.project = f.project AND l.channel = f.channel"
)


def fill(stretch: Stretch) -> None:
    """Count the stretch anew at every grain but the months. It must not be counted by anybody else meanwhile."""
    given = stretch.given()
    with connection.cursor() as cursor:
        cursor.execute(ROOM)
        # Every call in between is of one of the half hours then, and need not be asked.
        count = COUNT_HALF_HOURS.replace(ONLY_SLOTS, "TRUE") if stretch.whole else COUNT_HALF_HOURS
        _from_calls(cursor, HALF_HOURS, count, "slots", given)
        _merge(cursor, LINE_HALF_HOURS, HALF_HOURS, "slots", given)
        given["days"] = [day for day in stretch.days if not _is_cut(cursor, stretch, day)]
        _from_calls(cursor, AGENT_DAYS, COUNT_AGENT_DAYS, "days", given)
        _merge(cursor, TEAM_DAYS, AGENT_DAYS, "days", given)
        ready.rank(cursor, HALF_HOURS.table, "c.at", "c.at = ANY(%(slots)s::timestamp[])", given)
        _merge(cursor, TEAM_HALF_HOURS, HALF_HOURS, "slots", given)


def _is_cut(cursor: Any, stretch: Stretch, day: date) -> bool:
    """Say whether the calls of the first hours of a day are no longer kept: its figures stay then as they are.

    Calls are dropped by the month of UTC, which can end within a day of the site; half hours remember them.
    """
    begin = stretch.instant(datetime.combine(day, time())).astimezone(UTC)
    month = stretch.instant(datetime.combine(day + DAY, time())).astimezone(UTC)
    month = month.replace(day=1, hour=0, minute=0, second=0)
    if not begin < month:
        return False
    given = {"site": stretch.site, "begin": begin, "month": month}
    given |= {
        "at": datetime.combine(day, time()),
        "until": month.astimezone(stretch.zone).replace(tzinfo=None),
    }
    cursor.execute(CUT, given)
    return bool(cursor.fetchone()[0])


def _from_calls(cursor: Any, grain: Grain, count: str, scope: str, given: dict[str, Any]) -> None:
    """Count calls into a stage, name their lines, and bring the rows that differ into the grain."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.kpi_fresh")
    cursor.execute(f"CREATE TEMPORARY TABLE kpi_fresh ON COMMIT DROP AS {count}", given)
    cursor.execute("ANALYZE pg_temp.kpi_fresh")
    cursor.execute(NEW_LINES.format(same=SAME_LINE), given)
    own = ("f." + key for key in grain.keys if key not in ("at", "line"))
    keys = ", ".join(("f.at", "l.id AS line", *own))
    fresh = f"SELECT {keys}, {', '.join(f'f.{name}' for name in grain.numbers)} FROM pg_temp.kpi_fresh f JOIN kpi_line l ON {SAME_LINE}"  # noqa: S608
    _replace(cursor, grain, fresh, scope, given)


def _merge(cursor: Any, grain: Grain, finer: Grain, scope: str, given: dict[str, Any]) -> None:
    """Merge the rows of a finer grain, with their ready percentiles if the grain has them."""
    kind = "timestamp" if scope == "slots" else "date"
    fresh = merging(grain, finer.table, "c.at", f"c.at = ANY(%({scope})s::{kind}[])")
    _replace(cursor, grain, fresh, scope, given)


def merging(grain: Grain, finer: str, at: str, condition: str, staged: Collection[str] = READY) -> str:
    """Return the statement that merges rows of a finer table into those of a grain, at the time `at`.

    Numbers that are `staged` come from the stage instead.
    """
    keys = ", ".join(f"{at} AS at" if key == "at" else f"c.{key}" for key in grain.keys)
    numbers = ", ".join(
        f"any_value(k.{name}) AS {name}" if name in staged else f"{kept(name)} AS {name}"
        for name in grain.numbers
    )
    stage = ""
    if not set(staged).isdisjoint(grain.numbers):
        same = f"k.at = {at}" if "line" not in grain.keys else "k.line = c.line"
        stage = f"LEFT JOIN pg_temp.kpi_staged k ON k.team = c.team AND {same}"
    return f"""
        SELECT {keys}, {numbers} FROM {finer} c {stage}
        WHERE c.site = %(site)s AND {condition}
        GROUP BY {", ".join(str(1 + place) for place in range(len(grain.keys)))}"""  # noqa: S608


def _replace(cursor: Any, grain: Grain, fresh: str, scope: str, given: dict[str, Any]) -> None:
    """Make a grain hold what is fresh."""
    kind = "timestamp" if scope == "slots" else "date"
    replace(cursor, grain, fresh, f"t.at = ANY(%({scope})s::{kind}[])", given)


def replace(cursor: Any, grain: Grain, fresh: str, condition: str, given: dict[str, Any]) -> None:
    """Make the rows of a grain under `condition` (of t) those of the statement `fresh`; what is the same is not written."""
    keys, numbers = ", ".join(grain.keys), ", ".join(grain.numbers)
    held = f"FROM {grain.table} t WHERE t.site = %(site)s AND {condition}"
    cursor.execute(f"SELECT EXISTS (SELECT {held})", given)
    [known] = cursor.fetchone()
    conflict = ""
    if known:
        same = " AND ".join(f"f.{key} = t.{key}" for key in grain.keys)
        cursor.execute(f"DELETE {held} AND NOT EXISTS (SELECT FROM ({fresh}) f WHERE {same})", given)
        new = ", ".join(f"excluded.{name}" for name in grain.numbers)
        old = ", ".join(f"{grain.table}.{name}" for name in grain.numbers)
        conflict = f"ON CONFLICT ({keys}) DO UPDATE SET ({numbers}) = ROW({new}) WHERE ({old}) IS DISTINCT FROM ({new})"
    site, of_site = ("", "") if "site" in grain.keys else ("site, ", "%(site)s, ")
    columns = ", ".join(f"x.{name}" for name in (*grain.keys, *grain.numbers))
    cursor.execute(
        f"INSERT INTO {grain.table} ({site}{keys}, {numbers}) SELECT {of_site}{columns} FROM ({fresh}) x {conflict}",  # noqa: S608
        given,
    )
