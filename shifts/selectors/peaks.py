"""Which peak periods a site has, and how many heads they ask for."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange

from agents.models import Site
from callcenter.worktime import calendars
from callcenter.worktime.clock import WorkHours
from shifts.cover import Key, half_hours
from shifts.models import Peak

SATURDAY = 5


def peaks_between(site_id: int, since: date, until: date) -> list[Peak]:
    """Return the peak periods of the site that touch the days from `since` until before `until`, the earliest first."""
    return list(Peak.objects.filter(site_id=site_id, period__overlap=DateRange(since, until)))


def heads_in_peaks(site: Site, since: datetime, until: datetime) -> dict[Key, int]:
    """Return the least heads that peak periods ask of the site, by half hour.

    Over lunch on every working day, and in the site's usual hours on Saturdays and Sundays.
    """
    zone = ZoneInfo(site.calendar.time_zone)
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    peaks = peaks_between(site.pk, first, last + timedelta(days=1))
    if not peaks:
        return {}
    clock = calendars.load(site.calendar_id)
    least: dict[Key, int] = {}
    for peak in peaks:
        for day in _days(max(first, peak.period.lower), min(last, peak.last_day or last)):
            for opens, closes, heads in _minimums(peak, day, clock):
                for at in half_hours(_local(day, opens, zone), _local(day, closes, zone)):
                    if since <= at < until:
                        least[at, None] = max(least.get((at, None), 0), heads)
    return least


def _minimums(peak: Peak, day: date, clock: WorkHours) -> Iterator[tuple[time, time, int]]:
    if day.weekday() >= SATURDAY:
        opens, closes = usual_hours(clock)
        yield opens, closes, peak.weekend_heads
    midnight = datetime.combine(day, time(), clock.spec.zone)
    if clock.working_dates(midnight - timedelta(seconds=1), 1) == [day]:
        yield peak.lunch_from, peak.lunch_to, peak.lunch_heads


def usual_hours(clock: WorkHours) -> tuple[time, time]:
    """Return when the site opens at the earliest and closes at the latest in a week without exceptions."""
    spans = [span for day in clock.spec.week() for span in day]
    if not spans:
        return time(), time()
    return _wall(min(span[0] for span in spans)), _wall(max(span[1] for span in spans))


def _wall(seconds: int) -> time:
    minutes = min(seconds // 60, 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)


def _local(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)
