"""Leave on the clock: half-hour steps, and how much working time lies on each local day. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shifts.enums import STEP_MINUTES

Span = tuple[datetime, datetime]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """The working time of a local day within a leave, in minutes; `by_roster` where a published roster says so."""

    day: date
    minutes: int
    by_roster: bool


def on_step(instant: datetime) -> bool:
    """Say whether an instant lies on a half hour of the clock."""
    return instant.minute % STEP_MINUTES == 0 and not instant.second and not instant.microsecond


def step_before(instant: datetime) -> datetime:
    """Return the half hour at or before an instant."""
    return instant.replace(minute=instant.minute // STEP_MINUTES * STEP_MINUTES, second=0, microsecond=0)


def days_of(since: datetime, until: datetime, zone: ZoneInfo) -> list[date]:
    """Return the local days that a span of time touches, both ends included; it is half-open."""
    first = since.astimezone(zone).date()
    last = (until - timedelta(microseconds=1)).astimezone(zone).date()
    return [first + DAY * number for number in range((last - first).days + 1)]


def on_day(day: date, zone: ZoneInfo) -> Span:
    """Return from when until when a local day lasts."""
    return datetime.combine(day, time(), zone), datetime.combine(day + DAY, time(), zone)


def by_day(spans: Iterable[Span], zone: ZoneInfo) -> Counter[date]:
    """Return how many minutes of these spans, which do not overlap, lie on each local day."""
    found: Counter[date] = Counter()
    for since, until in spans:
        for day in days_of(since, until, zone):
            opens, closes = on_day(day, zone)
            found[day] += minutes_of((max(since, opens), min(until, closes)))
    return found


def minutes_of(span: Span) -> int:
    """Return how long a span is, in whole minutes; clocks that are put forward or back change nothing."""
    since, until = span
    return round((until.timestamp() - since.timestamp()) / 60)


def by_year(days: Iterable[Counted]) -> dict[int, int]:
    """Return the minutes of each calendar year that has any: a balance is a year's."""
    found: Counter[int] = Counter()
    for one in days:
        found[one.day.year] += one.minutes
    return {year: minutes for year, minutes in sorted(found.items()) if minutes}


def cut_out(whole: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """Yield what of `whole` no span of `taken` covers."""
    at, end = whole
    for since, until in sorted(taken):
        if since > at:
            yield at, min(since, end)
        at = max(at, until)
        if at >= end:
            return
    if at < end:
        yield at, end
