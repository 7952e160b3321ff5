"""Business time: when an amount is over, how much has passed, which dates work. Pure: no database, no “now”.

Rules (domain §2): intervals are half-open, so the closing instant is not working time, but an amount that ends exactly
at closing is due at that instant. Day amounts do not count the local date of the start. Durations are seconds, kept to
the microsecond. Every datetime given must be aware, every one returned is UTC.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final, NoReturn

from django.utils.translation import gettext_lazy as _

from callcenter.errors import DomainError
from callcenter.worktime.spec import Spec
from callcenter.worktime.table import Table

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2099
EARLIEST: Final = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp()
LATEST: Final = datetime(LAST_YEAR, 12, 31, tzinfo=UTC).timestamp()
# Epoch seconds are floats here, exact to a quarter of a microsecond: closer than half of one is the same instant.
HALF: Final = 5e-7

Pause = tuple[datetime, datetime]
_from_timestamp = datetime.fromtimestamp


class OutOfRange(DomainError):
    """The answer lies outside the years that the clock covers, or the calendar has too little working time."""

    code = "out_of_range"

    def __init__(self) -> None:
        super().__init__(
            _("The calendar has no such working time in the years 1970 to 2099."),
            mend=_("Check the date, the amount and the hours of the calendar."),
        )


class WorkHours:
    """One working calendar, ready for look-ups of about a microsecond.

    What it says never changes; its table of ready intervals grows to the years that are asked for.
    """

    __slots__ = ("_table", "spec")

    def __init__(self, spec: Spec, years: tuple[int, int] | None = None) -> None:
        self.spec = spec
        self._table = Table(spec, *years) if years else None

    def with_hours(self, opens: int, closes: int) -> "WorkHours":
        """Return the same working dates, each open only from `opens` to `closes` (seconds after local midnight)."""
        return WorkHours(replace(self.spec, window=((opens, closes),)))

    def due(self, start: datetime, working_seconds: float, pauses: Sequence[Pause] = ()) -> datetime:
        """Return when `working_seconds` of business time after `start` are over; negative goes back.

        Zero outside business time gives the next opening. `pauses` (in any order, overlapping or not) move the
        deadline by the business time they cover; one that begins at or after the deadline does not count.
        """
        if pauses:
            working_seconds = self._with_pauses(start, working_seconds, pauses)
        at = start.timestamp() if start.tzinfo is not None else _refuse_naive()
        table = self._table
        if table is None or not table.since <= at < table.until:
            table = self._cover(at)
        i = bisect_right(table.opens, at) - 1
        closes = table.closes[i]
        done = table.shift[i] + (at if at < closes else closes) + working_seconds  # noqa: FURB136 (a call is slower)
        if working_seconds > 0:
            j = bisect_left(table.after, done - HALF)
            if j < len(table.after):
                return _from_timestamp(done - table.shift[j], UTC)
        elif working_seconds:
            j = bisect_right(table.before, done + HALF) - 1
            if j >= 0:
                return _from_timestamp(done - table.shift[j], UTC)
        else:
            return self.next_opening(start)
        self._grow(table, later=working_seconds > 0)
        return self.due(start, working_seconds)

    def due_in_days(self, start: datetime, days: int) -> datetime:
        """Return the close of business of the `days`-th working day after the local date of `start`.

        Negative: the opening of the `-days`-th working day before that date. Zero, “the same day”: the first close of
        business after `start`, so on a rest day or after hours that of the next working day.
        """
        at = start.timestamp() if start.tzinfo is not None else _refuse_naive()
        table = self._table
        if table is None or not table.since <= at < table.until:
            table = self._cover(at)
        if days > 0:
            k = bisect_right(table.midnights, at) + days - 1
            if k < len(table.closings):
                return table.closings[k]
        elif days < 0:
            k = bisect_right(table.ends, at) + days
            if k >= 0:
                return table.openings[k]
        else:
            return self.next_close(start)
        self._grow(table, later=days > 0)
        return self.due_in_days(start, days)

    def elapsed(self, start: datetime, end: datetime, pauses: Sequence[Pause] = ()) -> float:
        """Return the business seconds from `start` to `end`, less what `pauses` cover; negative if `end` is before."""
        table, at, to = self._stretch(start, end)
        seconds = table.position(to) - table.position(at)
        if pauses:
            first, last = min(start, end), max(start, end)
            clipped = [(max(since, first), min(until, last)) for since, until in merged(pauses)]
            covered = sum(self.elapsed(since, until) for since, until in clipped if since < until)
            seconds -= covered if start <= end else -covered
        return round(seconds, 6)

    def table(self, start: datetime, end: datetime) -> Table:
        """Return ready intervals that hold both instants, for a database to count as `elapsed` does."""
        return self._stretch(start, end)[0]

    def is_working(self, at: datetime) -> bool:
        """Say whether `at` lies in business time: true at the opening instant, false at the closing one."""
        table, stamp = self._place(at)
        return stamp < table.closes[bisect_right(table.opens, stamp) - 1]

    def next_opening(self, at: datetime) -> datetime:
        """Return `at` itself in business time, else the next opening."""
        table, stamp = self._place(at)
        i = bisect_right(table.opens, stamp)
        if stamp < table.closes[i - 1]:
            return at.astimezone(UTC)
        if i == len(table.opens):
            self._grow(table, later=True)
            return self.next_opening(at)
        return _from_timestamp(table.opens[i], UTC)

    def next_close(self, after: datetime) -> datetime:
        """Return the first close of business strictly after `after`: the last closing of that working day."""
        table, at = self._place(after)
        k = bisect_right(table.day_closes, at)
        if k == len(table.closings):
            self._grow(table, later=True)
            return self.next_close(after)
        return table.closings[k]

    def working_dates(self, start: datetime, count: int) -> list[date]:
        """Return the next `count` working dates after the local date of `start`; negative: before it, nearest first."""
        table, at = self._place(start)
        if count >= 0:
            first = bisect_right(table.midnights, at)
            last = first + count
        else:
            last = bisect_right(table.ends, at)
            first = last + count
        if first < 0 or last > len(table.dates):
            self._grow(table, later=count > 0)
            return self.working_dates(start, count)
        return table.dates[first:last] if count >= 0 else table.dates[first:last][::-1]

    def provisional(self, *instants: datetime) -> bool:
        """Say whether a year from the first to the last of `instants` has holidays that are not published yet."""
        if self.spec.public is None:
            return False
        years = [at.astimezone(self.spec.zone).year for at in instants]
        return not all(self.spec.published(year) for year in range(min(years), max(years) + 1))

    def _with_pauses(self, start: datetime, amount: float, pauses: Sequence[Pause]) -> float:
        """Return the amount with the business time of every pause that begins before it is over, on either side."""
        spans = merged(pauses)
        if amount < 0:
            spans = [(until, since) for since, until in reversed(spans)]
        clip = max if amount > 0 else min
        for near, far in spans:
            begins = self.elapsed(start, clip(near, start))
            if abs(begins) > abs(amount) - HALF:
                break
            amount += self.elapsed(start, clip(far, start)) - begins
        return amount

    def _stretch(self, start: datetime, end: datetime) -> tuple[Table, float, float]:
        """Return one table that holds both instants, and their epoch seconds."""
        at = _timestamp(start)
        table, to = self._place(end)
        while not table.since <= at < table.until:
            self._cover(at)
            table, to = self._place(end)
        return table, at, to

    def _place(self, instant: datetime) -> tuple[Table, float]:
        at = _timestamp(instant)
        table = self._table
        if table is None or not table.since <= at < table.until:
            table = self._cover(at)
        return table, at

    def _cover(self, at: float) -> Table:
        """Widen the table so that it holds `at` and the year on either side."""
        if not EARLIEST <= at < LATEST:
            raise OutOfRange
        year = _from_timestamp(at, UTC).year
        first, last = self._table.years if self._table else (year, year)
        return self._build(min(first, year - 1), max(last, year + 1), at)

    def _grow(self, table: Table, *, later: bool) -> None:
        """Double the years of a table that has too little working time for an amount."""
        first, last = table.years
        width = last - first + 1
        if (last >= LAST_YEAR) if later else (first <= FIRST_YEAR):
            raise OutOfRange
        self._build(first if later else first - width, last + width if later else last, table.since)

    def _build(self, first: int, last: int, at: float) -> Table:
        table = Table(self.spec, max(first, FIRST_YEAR), min(last, LAST_YEAR))
        if not table.since <= at < table.until:
            raise OutOfRange
        self._table = table
        return table


def _timestamp(instant: datetime) -> float:
    return instant.timestamp() if instant.tzinfo is not None else _refuse_naive()


def _refuse_naive() -> NoReturn:
    # Python would read it as the machine's own local time.
    message = "a naive datetime is no instant"
    raise ValueError(message)


def merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Return the same time as sorted pauses that neither overlap nor touch."""
    whole: list[Pause] = []
    for since, until in sorted(pauses):
        if whole and since <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], until))
        else:
            whole.append((since, until))
    return whole
