"""Where the breaks of a shift lie: staggered, so that as few as possible are away at once."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from shifts.models import Pattern, PatternBreak, Roster, Shift, ShiftBreak

QUARTER = 15 * 60
DAY = timedelta(days=1)


class Breaks:
    """Places the breaks of a roster's shifts, one shift after the other; it knows who is on a break when."""

    def __init__(self, roster: Roster, days: Iterable[date], *, beside: Iterable[int] = ()) -> None:
        """Count the breaks around `days`, but for those of the shifts `beside`, which are placed anew."""
        first, last = min(days), max(days)
        taken = ShiftBreak.objects.filter(
            shift__roster=roster, shift__is_removed=False, shift__day__range=(first - DAY, last + DAY)
        )
        self._away: Counter[int] = Counter()
        for begin, end in taken.exclude(shift__in=list(beside)).values_list("starts_at", "ends_at"):
            self._away.update(_quarters(begin, end))
        of_patterns = PatternBreak.objects.filter(pattern__site=roster.site_id)
        self._of: dict[int, list[PatternBreak]] = {}
        for one in of_patterns.order_by("earliest", "pk"):
            self._of.setdefault(one.pattern_id, []).append(one)

    def place(self, shift: Shift) -> list[ShiftBreak]:
        """Return the unsaved breaks of a shift by its pattern, each at the time of its window when fewest are away."""
        placed = []
        for wanted in self._of.get(shift.pattern_id or 0, []):
            begin = min(self._times(shift, wanted), key=lambda begin: self._crowd(begin, wanted))
            end = begin + timedelta(minutes=wanted.minutes)
            if end > shift.ends_at:
                continue
            self._away.update(_quarters(begin, end))
            placed.append(
                ShiftBreak(
                    shift=shift, kind=wanted.kind, starts_at=begin, ends_at=end, is_paid=wanted.is_paid
                )
            )
        return placed

    def _times(self, shift: Shift, wanted: PatternBreak) -> list[datetime]:
        step = 30 if wanted.minutes >= 30 else 15  # noqa: PLR2004 (minutes; short breaks fit between half hours)
        offsets = range(wanted.earliest, wanted.latest + 1, step)
        return [shift.starts_at + timedelta(minutes=offset) for offset in offsets]

    def _crowd(self, begin: datetime, wanted: PatternBreak) -> tuple[int, datetime]:
        quarters = _quarters(begin, begin + timedelta(minutes=wanted.minutes))
        return max(self._away[quarter] for quarter in quarters), begin


def copied(pairs: Collection[tuple[Shift, Shift]]) -> list[ShiftBreak]:
    """Return unsaved breaks for the first of each pair, as far after its begin as those of the second are after theirs."""
    there: dict[int, list[ShiftBreak]] = defaultdict(list)
    for one in ShiftBreak.objects.filter(shift__in={source.pk for _shift, source in pairs}):
        there[one.shift_id].append(one)
    return [
        ShiftBreak(
            shift=shift,
            kind=one.kind,
            starts_at=one.starts_at + (shift.starts_at - source.starts_at),
            ends_at=one.ends_at + (shift.starts_at - source.starts_at),
            is_paid=one.is_paid,
        )
        for shift, source in pairs
        for one in there[source.pk]
    ]


def _quarters(begin: datetime, end: datetime) -> range:
    first, last = int(begin.timestamp()) // QUARTER, -int(-end.timestamp() // QUARTER)
    return range(first, max(last, first + 1))


def paid_minutes(pattern: Pattern) -> int:
    """Return the working minutes of a shift by the pattern: its length less unpaid breaks."""
    return pattern.minutes - sum(one.minutes for one in pattern.breaks.all() if not one.is_paid)
