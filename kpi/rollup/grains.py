"""The tables of roll-ups, and the statements that make their rows what was counted or merged.

Whoever runs them first sees to it that sets are joined as sets (`PLANS`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from kpi.rollup.columns import COUNTED, FROM_CALLS, READY, kept


@dataclass(frozen=True, slots=True)
class Grain:
    """A table of roll-ups: its keys, which of its numbers are counted, and whether its times are half hours or days."""

    table: str
    keys: tuple[str, ...]
    numbers: tuple[str, ...] = tuple(FROM_CALLS)
    of_days: bool = False


HALF_HOURS: Final = Grain("kpi_halfhour", ("at", "line", "team"))
LINE_HALF_HOURS: Final = Grain("kpi_linehalfhour", ("at", "line"))
TEAM_HALF_HOURS: Final = Grain("kpi_teamhalfhour", ("at", "site", "team"), (*COUNTED, *READY))
AGENT_DAYS: Final = Grain("kpi_agentday", ("at", "line", "team", "agent", "agent_name"), of_days=True)
TEAM_DAYS: Final = Grain("kpi_teamday", ("at", "line", "team"), of_days=True)
TEAM_MONTHS: Final = Grain("kpi_teammonth", ("at", "line", "team"), of_days=True)
TEAM_TIMES: Final = Grain("kpi_teamtimeofday", ("at", "site", "team"), (*COUNTED, *READY))
OF_CALLS: Final = (HALF_HOURS, LINE_HALF_HOURS, TEAM_HALF_HOURS, AGENT_DAYS, TEAM_DAYS)
"""The grains that are counted from calls; months are merged."""

# Of a stage, and of a table that was just filled, the planner has no statistics: it takes either for one row and reads the
# other side again for each row of it, which takes minutes where a hash takes milliseconds.
# What is merged and ordered takes some megabytes; with the server's rule of 4 MB it would go by way of the disk.
PLANS: Final = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'"


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


def replace(cursor: Any, grain: Grain, fresh: str, condition: str, given: dict[str, Any]) -> None:
    """Make the rows of a grain under `condition` (of t) those of the statement `fresh`; what is the same is not written."""
    keys, numbers = ", ".join(grain.keys), ", ".join(grain.numbers)
    held = f"FROM {grain.table} t WHERE t.site = %(site)s AND {condition}"
    cursor.execute(f"SELECT EXISTS (SELECT {held})", given)
    [known] = cursor.fetchone()
    gone, conflict = "", ""
    if known:
        same = " AND ".join(f"f.{key} = t.{key}" for key in grain.keys)
        gone = f", gone AS (DELETE {held} AND NOT EXISTS (SELECT FROM fresh f WHERE {same}))"
        new = ", ".join(f"excluded.{name}" for name in grain.numbers)
        old = ", ".join(f"{grain.table}.{name}" for name in grain.numbers)
        conflict = f"ON CONFLICT ({keys}) DO UPDATE SET ({numbers}) = ROW({new}) WHERE ({old}) IS DISTINCT FROM ({new})"
    site, of_site = ("", "") if "site" in grain.keys else ("site, ", "%(site)s, ")
    columns = ", ".join(f"x.{name}" for name in (*grain.keys, *grain.numbers))
    cursor.execute(
        f"WITH fresh AS ({fresh}){gone} INSERT INTO {grain.table} ({site}{keys}, {numbers}) "  # noqa: S608
        f"SELECT {of_site}{columns} FROM fresh x {conflict}",
        given,
    )
