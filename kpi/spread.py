"""How calls spread, as columns drawn in per cent of the room they have. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from callcenter.templatetags.ui import percent, seconds
from kpi import words
from kpi.board import Board
from kpi.steps import Step

TICKS: Final = 4
"""Every so many columns the axis names a length of time."""
APART: Final = 6
"""Marks that are nearer (in per cent of the width) share one line."""


@dataclass(frozen=True, slots=True)
class Column:
    """One step: where it stands, how high it is, and what it says."""

    name: str
    calls: str
    share: str
    at: float
    height: float

    @property
    def top(self) -> float:
        """Where it ends, from above."""
        return round(100 - self.height, 1)


@dataclass(frozen=True, slots=True)
class Spread:
    """The columns, each `width` wide, what stands out, where half and nine in ten end and should end."""

    columns: list[Column]
    width: float
    say: str
    ticks: list[tuple[float, str]]
    marks: list[tuple[float, str]]


def spread(board: Board) -> Spread | None:
    """Return the steps of a board as columns; None where no call is in them."""
    known = board.steps.calls
    if not known:
        return None
    found = board.steps.steps
    highest, width = max(step.calls for step in found), 100 / len(found)
    columns = [
        Column(
            step.name,
            words.calls(step.calls),
            percent(step.calls / known),
            round(at * width, 1),
            round(step.calls / highest * 100, 1),
        )
        for at, step in enumerate(found)
    ]
    return Spread(
        columns, round(width, 2), _say(board), _ticks(found, columns, width), _marks(board, columns)
    )


def _say(board: Board) -> str:
    known = words.calls(board.steps.calls)
    if board.steps.half is None:
        return known
    told = {"calls": known, "half": seconds(board.steps.half), "most": seconds(board.steps.most)}
    return _("%(calls)s: half take at most %(half)s, nine in ten at most %(most)s.") % told


def _ticks(steps: Sequence[Step], columns: Sequence[Column], width: float) -> list[tuple[float, str]]:
    """Return the names along the axis: lengths of time where columns begin, ratings below the middle of theirs."""
    if steps[-1].last is not None:
        return [(column.at + width / 2, column.name) for column in columns]
    return [
        (column.at, seconds(max(step.first - 1, 0))) for step, column in zip(steps, columns, strict=True)
    ][::TICKS]


def _marks(board: Board, columns: Sequence[Column]) -> list[tuple[float, str]]:
    """Return where half of the calls and nine in ten end on the axis; none for ratings."""
    if board.steps.half is None:
        return []
    reach, end = board.steps.steps[-2].last or 1, columns[-1].at
    beyond = end + (100 - end) / 2
    ends: list[tuple[float, str]] = [(board.steps.half, "p50"), (board.steps.most or 0, "p90")]
    wanted = board.target(board.indicator.figure)
    if board.indicator.family and wanted:
        ends.append((wanted.value, words.target(wanted)))
    marks: list[tuple[float, str]] = []
    for value, name in sorted(ends):
        at = round(min(value / reach * end, beyond), 2)
        if marks and at - marks[-1][0] < APART:
            marks[-1] = (marks[-1][0], f"{marks[-1][1]} · {name}")
        else:
            marks.append((at, name))
    return marks
