"""Months merged from finer roll-ups: of each line and team as one row, and of each team by time of day."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from kpi.rollup import ready
from kpi.rollup.fill import HALF_HOURS, TEAM_DAYS, TEAM_MONTHS, TEAM_TIMES, merging, replace

OF_MONTH: Final = "c.at >= %(month)s AND c.at < %(next)s"
# The half hour of the day, put on the first day of the month.
TIME_OF_DAY: Final = "%(month)s::timestamp + c.at::time"


def merge(site: int, month: date) -> None:
    """Merge a month of a site anew, `month` its first day. It must not be merged by anybody else meanwhile."""
    following = (month + timedelta(days=31)).replace(day=1)
    given: dict[str, Any] = {"site": site, "month": month, "next": following}
    with connection.cursor() as cursor:
        days = merging(TEAM_MONTHS, TEAM_DAYS.table, "%(month)s::date", OF_MONTH)
        replace(cursor, TEAM_MONTHS, days, "t.at = %(month)s", given)
        ready.rank(cursor, HALF_HOURS.table, TIME_OF_DAY, OF_MONTH, given)
        times = merging(TEAM_TIMES, HALF_HOURS.table, TIME_OF_DAY, OF_MONTH)
        replace(cursor, TEAM_TIMES, times, "t.at >= %(month)s AND t.at < %(month)s + 1", given)
