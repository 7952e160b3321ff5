"""Months merged from finer roll-ups: of each line and team as one row, and of each team by time of day."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import connection
from psycopg2.extras import execute_values

from kpi.rollup import bags, ready
from kpi.rollup.columns import BAGS
from kpi.rollup.grains import HALF_HOURS, PLANS, TEAM_DAYS, TEAM_MONTHS, TEAM_TIMES, merging, replace

OF_MONTH: Final = "c.at >= %(month)s AND c.at < %(next)s"
# The half hour of the day, put on the first day of the month.
TIME_OF_DAY: Final = "%(month)s::timestamp + c.at::time"
STAGE: Final = f"""
DROP TABLE IF EXISTS pg_temp.kpi_staged;
CREATE TEMPORARY TABLE kpi_staged (line integer, team integer, {", ".join(f"{name} bytea" for name in BAGS)}) ON COMMIT DROP
"""


def merge(site: int, month: date) -> None:
    """Merge a month of a site anew, `month` its first day. It must not be merged by anybody else meanwhile."""
    following = (month + timedelta(days=31)).replace(day=1)
    given: dict[str, Any] = {"site": site, "month": month, "next": following}
    with connection.cursor() as cursor:
        cursor.execute(PLANS)
        _stage_small_bags(cursor, given)
        days = merging(TEAM_MONTHS, TEAM_DAYS.table, "%(month)s::date", OF_MONTH, staged=BAGS)
        replace(cursor, TEAM_MONTHS, days, "t.at = %(month)s", given)
        ready.rank(cursor, HALF_HOURS.table, TIME_OF_DAY, OF_MONTH, given)
        times = merging(TEAM_TIMES, HALF_HOURS.table, TIME_OF_DAY, OF_MONTH)
        replace(cursor, TEAM_TIMES, times, "t.at >= %(month)s AND t.at < %(month)s + 1", given)


def _stage_small_bags(cursor: Any, given: dict[str, Any]) -> None:
    """Fill the stage of bags: of thousands of calls, the lengths are far fewer, and a bag that counts them is small."""
    cursor.execute(STAGE)
    merged = ", ".join(f"string_agg(c.{name}, '')" for name in BAGS)
    cursor.execute(
        f"SELECT c.line, c.team, {merged} FROM {TEAM_DAYS.table} c WHERE c.site = %(site)s AND {OF_MONTH} GROUP BY 1, 2",  # noqa: S608 (names of columns)
        given,
    )
    rows = [
        (line, team, *(bags.bag_of(bags.counts_of(bag)) if bag else None for bag in found))
        for line, team, *found in cursor.fetchall()
    ]
    if rows:
        insert = f"INSERT INTO pg_temp.kpi_staged (line, team, {', '.join(BAGS)}) VALUES %s"  # noqa: S608 (as above)
        execute_values(cursor, insert, rows)
