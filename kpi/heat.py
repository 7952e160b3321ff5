"""The hours of the week as a table whose cells darken with what is lost. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kpi import words
from kpi.board import Row
from kpi.indicators import Indicator
from kpi.models import Target
from kpi.selectors.series import WEEKDAYS
from kpi.words import FEW_IN_HOUR

STEPS: Final = 4
"""How many shades there are beyond the one for “as it should be”."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of one weekday: its figure as short as it stays clear, how dark it is, and exactly, of how many calls."""

    text: str
    step: int
    title: str


@dataclass(frozen=True, slots=True)
class Heat:
    """The table: its heads, its rows by weekday, and what stands out."""

    hours: list[str]
    days: list[tuple[str, list[Cell | None]]]
    say: str

    @property
    def is_empty(self) -> bool:
        """Whether no hour has calls enough for the figure."""
        return not any(cell for _day, cells in self.days for cell in cells)


def heat(
    rows: Sequence[Row], indicator: Indicator, total: float | None, target: Target | None = None
) -> Heat:
    """Return the table of rows by the hour of the week. Shades begin at the target, without one at the figure in all."""
    found = {tuple(row["interval"].split()): row for row in rows}
    hours = sorted({hour for _day, hour in found})
    shade = _shades(rows, indicator, target.value if target else total)
    days = [
        (words.weekday(day), [_cell(found.get((day, hour)), indicator, shade) for hour in hours])
        for day in WEEKDAYS
        if any(key[0] == day for key in found)
    ]
    return Heat(hours, days, words.when(rows, indicator, total, target))


class _Shades:
    """Even steps from where shades begin to the worst figure."""

    def __init__(self, begin: float, worst: float) -> None:
        self.begin, self.wide = begin, (worst - begin) / STEPS

    def __call__(self, value: float) -> int:
        """Return 0 for what is as it should be, 4 for the worst."""
        if not self.wide or (value - self.begin) / self.wide <= 0:
            return 0
        return min(STEPS, int((value - self.begin) / self.wide) + 1)


def _shades(rows: Sequence[Row], indicator: Indicator, begin: float | None) -> _Shades:
    metric = indicator.metric
    known = [row[metric.key] for row in rows if _counts(row, indicator)]
    if not known or begin is None:
        return _Shades(0, 0)
    worst = min(known) if indicator.low_is_bad else max(known)
    is_bad = worst < begin if indicator.low_is_bad else worst > begin
    return _Shades(begin, worst if is_bad else begin)


def _counts(row: Row, indicator: Indicator) -> bool:
    return row["offered"] >= FEW_IN_HOUR and row[indicator.figure] is not None


def _cell(row: Row | None, indicator: Indicator, shade: _Shades) -> Cell | None:
    if row is None or row[indicator.figure] is None:
        return None
    metric, value = indicator.metric, row[indicator.figure]
    title = f"{words.shown(metric.key, value)} · {words.calls(row['offered'])}"
    text = str(round(value * 100)) if metric.unit == "share" else words.shown(metric.key, value)
    return Cell(text, shade(value) if _counts(row, indicator) else 0, title)
