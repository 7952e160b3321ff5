"""Groups as bars: a band from one call in ten to nine in ten, or one bar from zero. Drawn as SVG in per cent of its width."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from callcenter.templatetags.ui import percent
from kpi import words
from kpi.board import Board, Row
from kpi.measures import Metric
from kpi.words import FEW

MOST_BARS: Final = 15
ROOM: Final = 88.0
"""Per cent of the width that bars may take; the rest is for the figure at their end."""
INSIDE: Final = 13.0
"""A bar that is narrower has no room for a figure."""
STEPS: Final = (5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
MOST_TICKS: Final = 6
LEAST: Final = 5
"""Fewer days (or weeks, or months) have no spread."""
TENTH: Final = 10
OVER: Final = {
    "day": _("The line over a bar runs from the lowest tenth of its days to the highest."),
    "week": _("The line over a bar runs from the lowest tenth of its weeks to the highest."),
    "month": _("The line over a bar runs from the lowest tenth of its months to the highest."),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One group: where its parts begin and how wide they are, and what stands at them. `off` is off target."""

    name: str
    key: str
    end: str
    at: float
    width: float
    off: bool
    few: bool
    aim_at: float | None = None
    thin_at: float = 0
    thin_width: float = 0
    median: str = ""
    title: str = ""
    spread: tuple[float, float] | None = None

    @property
    def ends_inside(self) -> bool:
        """Whether the figure stands inside the bar: beyond its end the target's line could cross it."""
        return not self.spread and not self.off and self.width >= 2 * INSIDE

    @property
    def begins_inside(self) -> bool:
        """Whether the figure stands at the bar's begin, since a line of its spread runs over the end."""
        return self.spread is not None and self.width >= INSIDE

    @property
    def end_at(self) -> float:
        """Where the bar ends, and what is drawn over it."""
        return max(self.at + self.width, self.spread[1] if self.spread else 0)


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a board, the marks of the axis, and the target."""

    bars: list[Bar]
    ticks: list[tuple[float, str]]
    target_at: float | None
    target: str
    more: int
    spread_over: str


def bars(board: Board) -> Bars:
    """Return the worst groups of a board as bars."""
    metric = board.indicator.metric
    rows = board.compared
    target = board.target(metric.key)
    top = _top(board, rows[:MOST_BARS])
    scale = ROOM / top
    draw = _band if board.indicator.band else _bar
    drawn = [draw(row, board, scale) for row in rows[:MOST_BARS]]
    return Bars(
        bars=drawn,
        ticks=[(round(value * scale, 2), _mark(metric, value)) for value in _ticks(top, metric.unit)],
        target_at=round(target.value * scale, 2) if target else None,
        target=words.target(target),
        more=max(0, len(rows) - MOST_BARS),
        spread_over=str(OVER[board.grain]) if any(bar.spread for bar in drawn) else "",
    )


def _top(board: Board, rows: Sequence[Row]) -> float:
    key, unit = board.indicator.metric.key, board.indicator.metric.unit
    if unit in {"share", "rating"}:
        return {"share": 1.0, "rating": 5.0}[unit]
    wanted = [board.target(key), *(board.target(key, row["group"]) for row in rows)]
    return (
        max([*(row[key] for row in rows), *(target.value for target in wanted if target)], default=0) or 1.0
    )


def _ticks(top: float, unit: str) -> list[float]:
    if unit == "share":
        return [0, 0.25, 0.5, 0.75, 1]
    if unit == "rating":
        return [0, 1, 2, 3, 4, 5]
    step = next((step for step in STEPS if top / step <= MOST_TICKS), STEPS[-1])
    return [float(value) for value in range(0, int(top) + 1, step)]


def _mark(metric: Metric, value: float) -> str:
    if metric.unit == "share":
        return percent(value, 0)
    return f"{value:.0f}" if metric.unit == "rating" else words.shown(metric.key, value)


def _common(row: Row, board: Board, scale: float) -> dict[str, Any]:
    metric = board.indicator.metric
    target = board.target(metric.key, row["group"])
    return {
        "name": words.name(row),
        "key": row["group"],
        "end": words.shown(metric.key, row[metric.key]),
        "off": board.met(metric.key, row) is False,
        "few": row["offered"] < FEW,
        "aim_at": round(target.value * scale, 2) if target else None,
    }


def _band(row: Row, board: Board, scale: float) -> Bar:
    low, half, high = (row[key] * scale for key in board.indicator.band)
    texts = [words.shown(key, row[key]) for key in board.indicator.band]
    return Bar(
        **_common(row, board, scale),
        at=round(half, 2),
        width=round(high - half, 2),
        thin_at=round(low, 2),
        thin_width=round(half - low, 2),
        median=texts[1] if high - half >= INSIDE else "",
        title=" – ".join(texts),
    )


def _spread(row: Row, board: Board) -> tuple[float, float] | None:
    """Return between which values eight in ten of a group's days (or weeks, or months) lie, by nearest rank."""
    key = board.indicator.figure
    own = (day for day in board.lasting if board.followed and day["group"] == row["group"])
    values = sorted(day[key] for day in own if day[key] is not None)
    if len(values) < LEAST:
        return None
    beyond = (len(values) - 1) // TENTH
    return values[beyond], values[-1 - beyond]


def _bar(row: Row, board: Board, scale: float) -> Bar:
    spread, key = _spread(row, board), board.indicator.figure
    parts = (spread[0], row[key], spread[1]) if spread else ()
    return Bar(
        **_common(row, board, scale),
        at=0,
        width=round(row[key] * scale, 2),
        spread=spread and (round(spread[0] * scale, 2), round(spread[1] * scale, 2)),
        title=" – ".join(words.shown(key, value) for value in parts),
    )
