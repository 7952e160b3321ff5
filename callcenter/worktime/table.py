"""Ready intervals: a calendar's working time over a range of years, as arrays that a bisect can search.

Instants are whole UTC epoch seconds. A wall time that does not exist on its date (clocks go forward) is read with the
offset before the change, so an hour later on the clock; one that occurs twice (clocks go back) is its first
occurrence (PEP 495, fold=0). Pieces that this makes overlap are counted once, pieces that it empties are dropped.
"""

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta, tzinfo

from callcenter.worktime.spec import DAY, Spans, Spec

EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
ZERO, ONE_DAY = timedelta(), timedelta(days=1)
_from_timestamp = datetime.fromtimestamp


class Table:
    """Working time from the first local midnight of `first_year` to the last one of `last_year`.

    Interval i runs from `opens[i]` to `closes[i]`; `before[i]` and `after[i]` are the business seconds of the table up
    to its ends, and `shift[i]` is what turns an instant inside it into business seconds. Interval 0 is empty and
    stands at `since`, so that every instant of the range has an interval at or before it.
    Working date k is `dates[k]`: its local day runs from `midnights[k]` to `ends[k]`, and it opens and closes at
    `openings[k]` and `closings[k]`, in epoch seconds `day_opens[k]` and `day_closes[k]`.
    """

    __slots__ = (
        "after",
        "before",
        "closes",
        "closings",
        "dates",
        "day_closes",
        "day_opens",
        "ends",
        "midnights",
        "openings",
        "opens",
        "shift",
        "since",
        "until",
        "years",
    )

    def __init__(self, spec: Spec, first_year: int, last_year: int) -> None:
        self.years = (first_year, last_year)
        first = date(first_year, 1, 1).toordinal()
        last = date(last_year, 12, 31).toordinal()
        midnights = _midnights(spec.zone, first, last + 1)
        self.since, self.until = midnights[0], midnights[-1]
        self.opens, self.closes = [self.since], [self.since]
        self.dates: list[date] = []
        self.midnights: list[int] = []
        self.ends: list[int] = []
        self.day_opens: list[int] = []
        self.day_closes: list[int] = []
        week, exceptions = spec.week(), spec.exceptions(first_year, last_year)
        for ordinal in range(first, last + 1):
            spans = exceptions[ordinal] if ordinal in exceptions else week[(ordinal - 1) % 7]
            if spans:
                midnight, end = midnights[ordinal - first], midnights[ordinal - first + 1]
                self._add(ordinal, midnight, end, _instants(spec.zone, ordinal, midnight, end, spans))
        self.openings = [_from_timestamp(at, UTC) for at in self.day_opens]
        self.closings = [_from_timestamp(at, UTC) for at in self.day_closes]
        self._add_up()

    def position(self, at: float) -> float:
        """Return the business seconds from `since` to `at`, an epoch second within the range."""
        i = bisect_right(self.opens, at) - 1
        return self.shift[i] + min(at, self.closes[i])

    def _add(self, ordinal: int, midnight: int, end: int, spans: Spans) -> None:
        """Append the working time of one date, and the date unless nothing is left of it."""
        opens, closes = self.opens, self.closes
        first = None
        for start, to in spans:
            at = max(start, closes[-1])
            if to <= at:
                continue
            if at == closes[-1] and len(opens) > 1:
                closes[-1] = to
            else:
                opens.append(at)
                closes.append(to)
            if first is None:
                first = at
        if first is not None:
            self.dates.append(date.fromordinal(ordinal))
            self.midnights.append(midnight)
            self.ends.append(end)
            self.day_opens.append(first)
            self.day_closes.append(closes[-1])

    def _add_up(self) -> None:
        done = 0
        self.before, self.after, self.shift = [], [], []
        for at, to in zip(self.opens, self.closes, strict=True):
            self.before.append(done)
            self.shift.append(done - at)
            done += to - at
            self.after.append(done)


# A time zone reads the fields of a naive datetime as its own wall time, much faster than once it is attached to it.
def _midnights(zone: tzinfo, first: int, last: int) -> list[int]:
    """Return the epoch second at which each local date from `first` to `last` begins."""
    midnights = []
    local, epoch = datetime.fromordinal(first), (first - EPOCH_ORDINAL) * DAY
    for _ordinal in range(first, last + 1):
        offset = zone.utcoffset(local) or ZERO
        midnights.append(epoch - offset.days * DAY - offset.seconds)
        local += ONE_DAY
        epoch += DAY
    return midnights


def _instants(zone: tzinfo, ordinal: int, midnight: int, end: int, spans: Spans) -> Spans:
    """Return the pieces of one local date, which runs from `midnight` to `end`, as epoch seconds."""
    if end - midnight == DAY:
        return tuple([(midnight + opens, midnight + closes) for opens, closes in spans])
    return tuple(
        [(_instant(zone, ordinal, opens), _instant(zone, ordinal, closes)) for opens, closes in spans]
    )


def _instant(zone: tzinfo, ordinal: int, wall: int) -> int:
    """Return the epoch second of a wall time, `wall` seconds into the local date `ordinal`."""
    offset = zone.utcoffset(datetime.fromordinal(ordinal) + timedelta(seconds=wall)) or ZERO
    return (ordinal - EPOCH_ORDINAL) * DAY + wall - offset.days * DAY - offset.seconds
