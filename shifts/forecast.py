"""What comes in a half hour of a day to come, from what came on days like it. Pure.

Days are alike by weekday; public holidays are a kind of their own, and so are working days at a weekend. The level of a
kind of day follows its last weeks, its shape over the day a longer time, so that a busy month does not blur when within
a day people call. Peak periods lift days of every kind by one factor.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

SLOTS = 48
"""Half hours of a local day."""
LEVEL_HALF_LIFE, SHAPE_HALF_LIFE = 21, 84
"""Days after which a past day counts half."""
FEWEST_PEAK_DAYS = 5
SURE_CALLS = 50
"""So many calls of a half hour weigh as much as the handle time of all the day."""

Figures = NDArray[np.float64]


class Kind(IntEnum):
    """Kinds of days beside the seven weekdays (0 is Monday)."""

    HOLIDAY = 7
    MAKE_UP = 8


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is special about days: public holidays, working days at a weekend, peak periods."""

    holidays: Collection[date] = frozenset()
    make_ups: Collection[date] = frozenset()
    peaks: Collection[date] = frozenset()

    def kind(self, day: date) -> int:
        """Return what the day is like."""
        if day in self.holidays:
            return Kind.HOLIDAY
        return Kind.MAKE_UP if day in self.make_ups else day.weekday()


@dataclass(frozen=True, slots=True)
class Past:
    """What came on one day: calls of each half hour, how many of them were handled, and in how many seconds."""

    calls: Figures
    handled: Figures = field(default_factory=lambda: np.zeros(SLOTS))
    seconds: Figures = field(default_factory=lambda: np.zeros(SLOTS))


@dataclass(frozen=True, slots=True)
class Error:
    """How far a forecast was from what came, in shares of what came.

    `wape` adds the misses of all half hours up, whatever their sign; `wape_days` those of whole days; `bias` is above
    zero where too much was expected. `wape_naive` is the miss of the plainest forecast: as a week before.
    """

    first: date
    days: int
    came: float
    expected: float
    wape: float
    wape_days: float
    bias: float
    wape_naive: float


@dataclass(frozen=True, slots=True)
class Day:
    """What is expected on a day: calls of each half hour, and the seconds that one is handled."""

    day: date
    calls: Figures
    handle_seconds: Figures


def forecast(history: Mapping[date, Past], days: Iterable[date], calendar: Calendar) -> list[Day]:
    """Return what is expected on `days` after the `history`, in which days without calls stand as zeros."""
    if not history:
        return [Day(day, np.zeros(SLOTS), np.zeros(SLOTS)) for day in days]
    lift = _lift(history, calendar)
    handle = _handle_seconds(history)
    shapes = _Shapes(history, calendar, lift)
    return [
        Day(day, shapes.of(calendar.kind(day)) * (lift if day in calendar.peaks else 1.0), handle)
        for day in days
    ]


def held_back(history: Mapping[date, Past], calendar: Calendar, days: int = 28) -> Error | None:
    """Forecast the last `days` of the history from what came before, and return the error; None if that is less than four weeks."""
    last = sorted(history)[-days:]
    before = {day: past for day, past in history.items() if day < last[0]} if last else {}
    if len(before) < days:
        return None
    expected = np.array([day.calls for day in forecast(before, last, calendar)])
    came = np.array([history[day].calls for day in last])
    naive = np.array([_week_before(before, day) for day in last])
    total = came.sum()
    if not total:
        return None
    return Error(
        first=last[0],
        days=len(last),
        came=float(total),
        expected=float(expected.sum()),
        wape=float(np.abs(came - expected).sum() / total),
        wape_days=float(np.abs((came - expected).sum(axis=1)).sum() / total),
        bias=float((expected - came).sum() / total),
        wape_naive=float(np.abs(came - naive).sum() / total),
    )


class _Shapes:
    """What each kind of day is like, at the end of the history, outside of peak periods."""

    def __init__(self, history: Mapping[date, Past], calendar: Calendar, lift: float) -> None:
        self.last = max(history)
        self.days: dict[int, list[tuple[int, Figures]]] = defaultdict(list)
        for day, past in history.items():
            calls = past.calls / (lift if day in calendar.peaks else 1.0)
            self.days[calendar.kind(day)].append(((self.last - day).days, calls))

    def of(self, kind: int) -> Figures:
        """Return the calls of a day of this kind; what was never seen is like what comes nearest to it."""
        alike = self.days.get(kind) or self._nearest(kind)
        if not alike:
            return np.zeros(SLOTS)
        ages = np.array([age for age, _calls in alike])
        calls = np.array([calls for _age, calls in alike])
        level = np.average(calls.sum(axis=1), weights=0.5 ** (ages / LEVEL_HALF_LIFE))
        shape = np.average(calls, axis=0, weights=0.5 ** (ages / SHAPE_HALF_LIFE))
        whole = shape.sum()
        return shape * (level / whole) if whole else shape

    def _nearest(self, kind: int) -> list[tuple[int, Figures]]:
        """Return Sundays for a holiday, else ordinary working days, else all."""
        nearest = (6,) if kind == Kind.HOLIDAY else (0, 1, 2, 3, 4)
        found = [one for near in nearest for one in self.days.get(near, ())]
        return found or [one for days in self.days.values() for one in days]


def _lift(history: Mapping[date, Past], calendar: Calendar) -> float:
    """Return how many times as much comes in peak periods as on other days of the same kind; 1 where too few are known."""
    inside, outside = defaultdict[int, list[float]](list), defaultdict[int, list[float]](list)
    for day, past in history.items():
        side = inside if day in calendar.peaks else outside
        side[calendar.kind(day)].append(float(past.calls.sum()))
    both = [kind for kind in inside if outside.get(kind)]
    if sum(len(inside[kind]) for kind in both) < FEWEST_PEAK_DAYS:
        return 1.0
    usual = sum(len(inside[kind]) * sum(outside[kind]) / len(outside[kind]) for kind in both)
    return sum(sum(inside[kind]) for kind in both) / usual if usual else 1.0


def _handle_seconds(history: Mapping[date, Past]) -> Figures:
    """Return the mean handle time of each half hour, drawn to that of all where few calls were handled."""
    handled = np.sum([past.handled for past in history.values()], axis=0)
    seconds = np.sum([past.seconds for past in history.values()], axis=0)
    if not handled.sum():
        return np.zeros(SLOTS)
    usual = seconds.sum() / handled.sum()
    mean: Figures = (seconds + usual * SURE_CALLS) / (handled + SURE_CALLS)
    return mean


def _week_before(before: Mapping[date, Past], day: date) -> Figures:
    """Return what came on the last known day with this weekday."""
    while day not in before:
        day -= timedelta(days=7)
        if day < min(before):
            return np.zeros(SLOTS)
    return before[day].calls
