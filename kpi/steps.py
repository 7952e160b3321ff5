"""How many calls last how long, or are rated how: one statement. Steps of a length of time end at ten minutes, if not before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext as _

from callcenter.templatetags.ui import seconds
from kpi.selectors.series import Question, series

SHARES: Final = {
    "handle_time": ("share_handled_le_{}s", "handle_time_n"),
    "talk_time": ("share_talk_le_{}s", "talk_time_n"),
    "speed_of_answer": ("answered_within_{}_of_answered", "answered"),
}
"""For each length of time the share that lasts at most so many seconds, and what it is a share of."""
WIDTHS: Final = (5, 10, 15, 30)
MOST_STEPS: Final = 20
ROOM: Final = 1.25
"""The steps are to reach this much beyond what nine calls in ten last."""
RATINGS: Final = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Step:
    """How many calls last from `first` to `last` seconds (None: however long), or are rated with this mark."""

    name: str
    calls: int
    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Steps:
    """All steps, and what half of the calls and nine in ten last at most; None for ratings, and of fewer than ten calls."""

    steps: Sequence[Step] = ()
    half: int | None = None
    most: int | None = None

    @property
    def calls(self) -> int:
        """How many calls there are in all steps."""
        return sum(step.calls for step in self.steps)


def steps(user: Any, question: Question, lengths: str, most: float | None) -> Steps:
    """Return how many calls last how long; `most` is what nine in ten last at most. Nothing for what has no lengths."""
    if lengths == "satisfaction":
        [row] = series(user, replace(question, metrics=[f"satisfaction_{mark}" for mark in RATINGS]))
        return Steps([Step(str(mark), row[f"satisfaction_{mark}"], mark, mark) for mark in RATINGS])
    if lengths not in SHARES or most is None:
        return Steps()
    width = next((width for width in WIDTHS if width * MOST_STEPS >= most * ROOM), WIDTHS[-1])
    edges = [width * number for number in range(1, MOST_STEPS + 1)]
    share, of = SHARES[lengths]
    keys = [share.format(edge) for edge in edges]
    known, half, nine = (f"{lengths}_{part}" for part in ("n", "p50", "p90"))
    [row] = series(user, replace(question, metrics=[of, known, half, nine, *keys]))
    at_most = [round((row[key] or 0) * row[of]) for key in keys]
    return Steps(_steps(edges, at_most, row[known]), row[half], row[nine])


def _steps(edges: Sequence[int], at_most: Sequence[int], known: int) -> list[Step]:
    found = [Step(_between(0, edges[0]), at_most[0], 0, edges[0])]
    for (low, high), (fewer, more) in zip(pairwise(edges), pairwise(at_most), strict=True):
        found.append(Step(_between(low + 1, high), more - fewer, low + 1, high))
    beyond = _("over %(length)s") % {"length": seconds(edges[-1])}
    return [*found, Step(beyond, known - at_most[-1], edges[-1] + 1, None)]


def _between(first: int, last: int) -> str:
    return f"{seconds(first)} – {seconds(last)}"
