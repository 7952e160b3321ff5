"""Counting calls into roll-ups: marked in the transaction that changes calls, counted anew right after it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from celery import current_app
from django.db import connection, transaction

from agents.models import Site
from kpi.models.rollups import SiteClock, StaleMonth, StaleSlot
from kpi.rollup import months
from kpi.rollup.clock import forget
from kpi.rollup.fill import fill
from kpi.rollup.stretch import Stretch
from kpi.services import changes

BATCH: Final = 2000
DAY: Final = timedelta(days=1)
PROCESSES: Final = 2
"""That share the days of a file that is in: so many a worker has (docs/running.md)."""
# Everything about a day, or a month, of a site is counted by one worker at a time.
LOCK: Final = "SELECT pg_try_advisory_xact_lock(hashtextextended('kpi ' || %s || ' ' || %s, 0))"
LATER: Final = "SELECT pg_advisory_xact_lock(hashtextextended('kpi ' || %s || ' ' || %s, 0))"
QUIET, LONGEST = timedelta(seconds=3), timedelta(seconds=10)
"""How long a day has not changed when it is counted, and how long a mark of one that goes on changing waits at most."""
CLAIM: Final = """
DELETE FROM kpi_staleslot WHERE id IN (
    SELECT id FROM kpi_staleslot WHERE site = %(site)s AND timezone(%(zone)s, at)::date = %(day)s
        AND at >= %(since)s AND at < %(until)s FOR UPDATE SKIP LOCKED
) RETURNING at
"""
CLAIM_MONTH: Final = "DELETE FROM kpi_stalemonth WHERE id IN (SELECT id FROM kpi_stalemonth WHERE site = %s AND at = %s FOR UPDATE SKIP LOCKED)"
# A day is counted as a whole, so that one which calls still come into would be counted once for each of their batches.
DAYS: Final = """
SELECT s.site, timezone(c.time_zone, s.at)::date AS day, c.time_zone
FROM kpi_staleslot s JOIN kpi_siteclock c USING (site) GROUP BY 1, 2, 3
HAVING %(quiet)s::interval IS NULL OR max(s.marked_at) <= statement_timestamp() - %(quiet)s::interval
    OR min(s.marked_at) <= statement_timestamp() - %(longest)s::interval
ORDER BY max(s.at) DESC LIMIT %(limit)s
"""
NEW_CLOCKS: Final = """
INSERT INTO kpi_siteclock (site, time_zone)
SELECT t.id, w.time_zone FROM agents_site t JOIN worktime_calendar w ON w.id = t.calendar_id
WHERE NOT EXISTS (SELECT FROM kpi_siteclock c WHERE c.site = t.id)
    AND EXISTS (SELECT FROM kpi_staleslot s WHERE s.site = t.id)
ON CONFLICT DO NOTHING
"""
OTHER_CLOCKS: Final = """
SELECT c.site FROM kpi_siteclock c JOIN agents_site t ON t.id = c.site JOIN worktime_calendar w ON w.id = t.calendar_id
WHERE c.time_zone <> w.time_zone ORDER BY 1
"""
# Nobody changes the clock of a site while its calls are counted by it.
BY_CLOCK: Final = "SELECT FROM kpi_siteclock WHERE site = %s AND time_zone = %s FOR SHARE"


def mark(site: int, slots: Iterable[datetime]) -> None:
    """Note that calls of a site changed in these half hours (aware instants). In the transaction of the change.

    A worker counts them once their day is quiet after its commit; what that one misses, the next sweep finds.
    """
    StaleSlot.objects.bulk_create((StaleSlot(site=site, at=at) for at in slots), batch_size=BATCH)
    later = {"countdown": QUIET.total_seconds()}
    transaction.on_commit(partial(current_app.send_task, "kpi.refresh", **later), robust=True)


def count_at_once() -> None:
    """Have everything that is marked counted right after the commit: whoever brought calls in has no more for now."""
    asked = {"kwargs": {"at_once": True}}
    for _process in range(PROCESSES):
        transaction.on_commit(partial(current_app.send_task, "kpi.refresh", **asked), robust=True)


def refresh(*, limit: int = 100, at_once: bool = True) -> int:
    """Count what is marked anew, the latest first, up to `limit` days of sites; return how many half hours that were.

    If not `at_once`, a day that goes on changing waits until it is quiet, some seconds at most. Safe with several workers:
    who counts a day of a site holds its lock, and others pass by. What fails, or is killed, stays marked. A site whose
    calendar has another time zone than before is counted anew by that.
    """
    _follow_clocks()
    given: dict[str, Any] = {"limit": limit, "quiet": None if at_once else QUIET, "longest": LONGEST}
    return sum(_refresh_day(site, day, ZoneInfo(zone)) for site, day, zone in _days(given))


def _days(given: dict[str, Any]) -> list[tuple[int, date, str]]:
    with connection.cursor() as cursor:
        cursor.execute(DAYS, given)
        found: list[tuple[int, date, str]] = cursor.fetchall()
    return found


@transaction.atomic
def _refresh_day(site: int, day: date, zone: ZoneInfo) -> int:
    midnight = datetime.combine(day, time(), UTC)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [site, day])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(BY_CLOCK, [site, zone.key])
        if not cursor.rowcount:
            return 0
        # No clock is further from that of UTC than a day.
        claimed: dict[str, Any] = {"since": midnight - DAY, "until": midnight + 2 * DAY}
        cursor.execute(CLAIM, claimed | {"site": site, "zone": zone.key, "day": day})
        marks = {at for (at,) in cursor.fetchall()}
        if not marks:
            return 0
        stretch = Stretch.touched(site, zone, marks)
        # In a zone at a quarter to the hour, the last half hour reaches into the next day.
        for reached in stretch.days[1:]:
            cursor.execute(LATER, [site, reached])
    fill(stretch)
    touched = {day.replace(day=1) for day in stretch.days}
    StaleMonth.objects.bulk_create(StaleMonth(site=site, at=month) for month in touched)
    changes.note(site, stretch.slots)
    return len(marks)


def _follow_clocks() -> None:
    with connection.cursor() as cursor:
        cursor.execute(NEW_CLOCKS)
        cursor.execute(OTHER_CLOCKS)
        moved = [site for (site,) in cursor.fetchall()]
    for site in moved:
        _put_clock_right(site)


@transaction.atomic
def _put_clock_right(site: int) -> None:
    """Forget what was counted by the old clock of a site, and mark all its calls. Until they are counted, figures are missing."""
    clock = SiteClock.objects.select_for_update().get(pk=site)
    at = Site.objects.select_related("calendar").get(pk=site)
    if clock.time_zone == at.calendar.time_zone:
        return
    with connection.cursor() as cursor:
        forgotten = forget(cursor, site, ZoneInfo(clock.time_zone))
    clock.time_zone = at.calendar.time_zone
    clock.save(update_fields=["time_zone"])
    rebuild(site=at)
    changes.note(site, forgotten)


def merge_months(*, limit: int = 100) -> int:
    """Merge up to `limit` months of sites that have changed, the oldest first; return how many. Until then days answer."""
    stale = StaleMonth.objects.values_list("site", "at").distinct().order_by("at", "site")[:limit]
    return sum(_merge_month(site, month) for site, month in list(stale))


@transaction.atomic
def _merge_month(site: int, month: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [site, f"{month:%Y-%m}"])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(CLAIM_MONTH, [site, month])
    months.merge(site, month)
    return 1


def refresh_all() -> int:
    """Count everything that is marked anew, months too; return how many half hours that were."""
    done = 0
    while found := refresh():
        done += found
    while merge_months():
        pass
    return done


def rebuild(*, site: Site | None = None) -> int:
    """Mark every half hour that has raw calls, of one site or of all; return how many.

    Half hours whose raw calls are no longer kept stay as they are.
    """
    statement = """
        INSERT INTO kpi_staleslot (site, at)
        SELECT DISTINCT site_id, date_bin('30 minutes', entered_at, timestamptz '2000-01-01 00:00Z') FROM calls_call
        WHERE %(site)s::bigint IS NULL OR site_id = %(site)s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"site": site.pk if site else None})
        return int(cursor.rowcount)
