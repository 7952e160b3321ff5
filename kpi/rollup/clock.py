"""Rows that were counted by a clock that a site no longer goes by."""

from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from kpi.rollup.grains import OF_CALLS
from kpi.rollup.stretch import DAY

FIRST: Final = "SELECT min(entered_at) FROM calls_call WHERE site_id = %(site)s"
SLOTS: Final = "SELECT DISTINCT at FROM kpi_linehalfhour WHERE site = %(site)s AND at >= %(at)s"
MARK_MONTHS: Final = """
INSERT INTO kpi_stalemonth (site, at)
SELECT %(site)s, at FROM kpi_teammonth WHERE site = %(site)s AND at >= %(month)s
UNION SELECT %(site)s, date_trunc('month', at)::date FROM kpi_teamtimeofday WHERE site = %(site)s AND at >= %(month)s
"""
BEFORE: Final = (
    "SELECT EXISTS (SELECT FROM kpi_linehalfhour WHERE site = %(site)s AND at >= %(day)s AND at < %(at)s)"
)


def forget(cursor: Any, site: int, zone: ZoneInfo) -> list[datetime]:
    """Delete the rows of a site that were counted by the clock of `zone`; return the half hours that they told of.

    What raw calls are no longer kept of stays as it is, with the day within which they begin. Months stay until they are
    merged: their marks are set. The site must not be counted by anybody else meanwhile.
    """
    given: dict[str, Any] = {"site": site}
    cursor.execute(FIRST, given)
    [first] = cursor.fetchone()
    if first is None:
        return []
    local = first.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    given["at"] = local.replace(minute=local.minute // 30 * 30)
    given["day"] = datetime.combine(local, time())
    cursor.execute(BEFORE, given)
    [is_cut] = cursor.fetchone()
    given["day"] += DAY * is_cut
    given["month"] = given["at"].replace(day=1, hour=0, minute=0)
    cursor.execute(SLOTS, given)
    slots = [at for (at,) in cursor.fetchall()]
    cursor.execute(MARK_MONTHS, given)
    for grain in OF_CALLS:
        begin = "day" if grain.of_days else "at"
        cursor.execute(f"DELETE FROM {grain.table} WHERE site = %(site)s AND at >= %({begin})s", given)  # noqa: S608 (names of tables)
    return slots
