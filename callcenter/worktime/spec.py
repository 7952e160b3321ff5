"""What a working calendar says, before any arithmetic: weekly hours, exceptions by date, a time zone.

Precedence on one date (domain §2): a holiday closes the whole day; else an override, else a make-up day, else the
weekly hours; breaks are cut from what is left. A date in `worked` is taken out of the holidays.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import NamedTuple

Spans = tuple[tuple[int, int], ...]
"""Sorted, disjoint, half-open pieces of one local day, in seconds of wall time since its midnight."""

DAY = 24 * 3600


class YearDays(NamedTuple):
    """The public holidays of one year, its make-up working days, and whether the state has published them."""

    holidays: frozenset[date]
    makeups: frozenset[date]
    published: bool


@dataclass(frozen=True, slots=True)
class Spec:
    """One working calendar. `weekly` holds seven entries, Monday first."""

    zone: tzinfo
    weekly: tuple[Spans, ...]
    breaks: Mapping[date, Spans] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    overrides: Mapping[date, Spans] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()
    public: Callable[[int], YearDays] | None = None
    window: Spans | None = None
    """With a window, every working date has these hours instead of its own."""

    def published(self, year: int) -> bool:
        """Say whether the holidays of `year` are known for certain."""
        return self.public is None or self.public(year).published

    def week(self) -> tuple[Spans, ...]:
        """Return the hours of the seven weekdays where no exception applies."""
        return tuple(self._windowed(spans) for spans in self.weekly)

    def exceptions(self, first_year: int, last_year: int) -> dict[int, Spans]:
        """Return the hours of every date that may differ from its weekday's, by `date.toordinal()`."""
        holidays, makeups = set(self.holidays), set[date]()
        if self.public is not None:
            for year in range(first_year, last_year + 1):
                days = self.public(year)
                holidays |= days.holidays
                makeups |= days.makeups
        holidays -= self.worked
        return {
            day.toordinal(): self._hours_on(day, holiday=day in holidays, makeup=day in makeups)
            for day in {*holidays, *makeups, *self.overrides, *self.breaks}
        }

    def _hours_on(self, day: date, *, holiday: bool, makeup: bool) -> Spans:
        if holiday:
            return ()
        spans = self.weekly[day.weekday()]
        if day in self.overrides:
            spans = self.overrides[day]
        elif makeup:
            spans = self._makeup_hours()
        return self._windowed(cut(spans, self.breaks.get(day, ())))

    def _makeup_hours(self) -> Spans:
        """Return the hours of a make-up day: those of the first weekday that works, as it stands in for one."""
        return next((spans for spans in self.weekly if spans), ())

    def _windowed(self, spans: Spans) -> Spans:
        return self.window if spans and self.window is not None else spans


def union(spans: Iterator[tuple[int, int]] | Spans) -> Spans:
    """Return the same time sorted, with overlapping and adjoining pieces made one."""
    whole: list[tuple[int, int]] = []
    for opens, closes in sorted(spans):
        if whole and opens <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], closes))
        else:
            whole.append((opens, closes))
    return tuple(whole)


def cut(spans: Spans, breaks: Spans) -> Spans:
    """Return `spans` without `breaks`."""
    for pause_from, pause_to in breaks:
        pieces = [
            piece
            for opens, closes in spans
            for piece in ((opens, min(closes, pause_from)), (max(opens, pause_to), closes))
            if piece[0] < piece[1]
        ]
        spans = tuple(pieces)
    return spans
