"""How the auto-roster's numbers read: minutes, half hours and days of a roster; where breaks may lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise, product
from zoneinfo import ZoneInfo

from shifts.engine.problem import STEP
from shifts.models import PatternBreak, Roster
from shifts.selectors.cover import days_of

HALF, QUARTER = 30, 15
MOST_PLACINGS = 12
NIGHT_ENDS = 5
Span = tuple[int, int]


@dataclass(frozen=True)
class Frame:
    """How the engine's numbers read: minutes from the roster's first midnight, days from its first one."""

    roster: Roster

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the zone of the site."""
        return ZoneInfo(self.roster.site.calendar.time_zone)

    @cached_property
    def first(self) -> date:
        """Return the first day."""
        day: date = self.roster.period.lower
        return day

    @cached_property
    def days(self) -> int:
        """Return the number of days."""
        until: date = self.roster.period.upper
        return (until - self.first).days

    @cached_property
    def origin(self) -> datetime:
        """Return the instant from which minutes are counted."""
        return days_of(self.roster)[0].astimezone(UTC)

    @cached_property
    def half_hours(self) -> range:
        """Return the half hours of the roster's days."""
        return range(self.minute(days_of(self.roster)[1]) // STEP)

    def minute(self, at: datetime) -> int:
        """Return the minute of an instant."""
        return int((at - self.origin).total_seconds()) // 60

    def instant(self, minute: int) -> datetime:
        """Return the instant of a minute."""
        return self.origin + timedelta(minutes=minute)

    def index(self, day: date) -> int:
        """Return the number of a day."""
        return (day - self.first).days

    def day(self, index: int) -> date:
        """Return the day of a number."""
        return self.first + timedelta(days=index)

    def midnight(self, day: date) -> int:
        """Return the minute at which a day begins at the site."""
        return self.minute(datetime.combine(day, time(), self.zone))

    def staffed(self, at_work: Sequence[Span]) -> tuple[int, ...]:
        """Return the half hours of the roster that lie wholly within one of these times."""
        return tuple(
            half_hour
            for begin, end in at_work
            for half_hour in range(-(-begin // STEP), end // STEP)
            if half_hour in self.half_hours
        )

    def is_night(self, start: int, end: int) -> bool:
        """Say whether a shift works between midnight and five in the morning at the site."""
        begin = self.instant(start).astimezone(self.zone)
        last = self.instant(end - 1).astimezone(self.zone)
        return begin.hour < NIGHT_ENDS or last.date() > begin.date()


def placings(breaks: Sequence[PatternBreak], length: int) -> list[tuple[int, ...]]:
    """Return the ways of placing breaks within a shift, as minutes after its begin; at most a dozen, spread evenly."""
    windows = [
        range(one.earliest, one.latest + 1, HALF if one.minutes >= HALF else QUARTER) for one in breaks
    ]
    whole = [begins for begins in product(*windows) if _fit(breaks, begins, length)] or [()]
    step = -(-len(whole) // MOST_PLACINGS)
    return whole[::step]


def _fit(breaks: Sequence[PatternBreak], begins: Sequence[int], length: int) -> bool:
    spans = sorted((begin, begin + one.minutes) for begin, one in zip(begins, breaks, strict=True))
    return all(first[1] <= second[0] for first, second in pairwise(spans)) and all(
        end <= length for _begin, end in spans
    )


def around(span: Span, breaks: Sequence[Span]) -> list[Span]:
    """Return what is left of a time without the breaks in it."""
    begins = [span[0], *(end for _begin, end in sorted(breaks))]
    ends = [*(begin for begin, _end in sorted(breaks)), span[1]]
    return list(zip(begins, ends, strict=True))
