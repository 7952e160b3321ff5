"""Whether roll-ups say what the raw calls say: days of sites, drawn by chance or all, counted once more."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import connection

from kpi.models.rollups import StaleSlot
from kpi.rollup.check import Difference, differences

# Where the oldest calls are no longer kept, the day that the rest begins in is only half there.
DAYS = """
WITH kept AS (SELECT min(entered_at) AS since FROM calls_call)
SELECT DISTINCT d.site, w.time_zone, d.at FROM (
    SELECT site_id AS site, timezone(z.time_zone, entered_at)::date AS at
    FROM calls_call c JOIN agents_site s ON s.id = c.site_id JOIN worktime_calendar z ON z.id = s.calendar_id
    GROUP BY 1, 2 UNION SELECT site, at FROM kpi_agentday GROUP BY 1, 2
) d JOIN agents_site s ON s.id = d.site JOIN worktime_calendar w ON w.id = s.calendar_id, kept
WHERE d.at BETWEEN %(since)s AND %(until)s AND (
    timezone(w.time_zone, d.at::timestamp) >= kept.since
    OR kept.since IS NULL OR NOT EXISTS (SELECT FROM kpi_agentday o WHERE o.at < timezone(w.time_zone, kept.since)::date)
)
ORDER BY 1, 3
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many days were counted once more, how many have changed and wait for their turn, and what differs."""

    days: int
    waiting: int
    differences: list[Difference]


def verify(*, since: date, until: date, sample: int | None = None, seed: int | None = None) -> Verdict:
    """Count days of sites once more, `sample` of them drawn by chance or all. Days that wait to be counted are passed by.

    Of days whose raw calls are no longer kept nothing can be said; they are passed by too.
    """
    with connection.cursor() as cursor:
        cursor.execute(DAYS, {"since": since, "until": until})
        days = cursor.fetchall()
    if sample is not None and sample < len(days):
        days = random.Random(seed).sample(days, sample)  # noqa: S311 (a sample, no secret)
    stale = _stale_days(days)
    checked = [day for day in days if (day[0], day[2]) not in stale]
    found = [difference for day in checked for difference in _of_day(*day)]
    return Verdict(len(checked), len(days) - len(checked), found)


def _stale_days(days: list[tuple[int, str, date]]) -> set[tuple[int, date]]:
    zones = {site: ZoneInfo(zone) for site, zone, _day in days}
    marks = StaleSlot.objects.filter(site__in=zones).values_list("site", "at").distinct()
    return {(site, at.astimezone(zones[site]).date()) for site, at in marks}


def _of_day(site: int, zone: str, day: date) -> Iterator[Difference]:
    return differences(site, ZoneInfo(zone), datetime.combine(day, time()))
