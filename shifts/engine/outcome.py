"""What a search tells of itself, and what it found."""

from collections.abc import Callable
from dataclasses import dataclass

from shifts.engine.problem import Plan
from shifts.engine.score import Score

SHORTEST, LONGEST = 5, 600
"""For how many seconds one may ask it to search."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the search is."""

    seconds: float
    score: Score | None = None
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found. `bound` is the least cost of what is short that is possible at all; None: not known.

    `first_seconds` is when the first whole plan was there; `impossible` are people whose limits cannot be kept. One that
    `is_stopped` is the best so far: somebody ended the search before its time.
    """

    plan: Plan
    score: Score
    bound: int | None
    seconds: float
    first_seconds: float
    impossible: tuple[int, ...] = ()
    is_stopped: bool = False

    @property
    def gap(self) -> float | None:
        """Return how much more is short than the bound, as a share of the bound."""
        return None if self.bound is None else (self.score.short - self.bound) / max(1, self.bound)


class Stopped(Exception):
    """Raised by whoever is told of the progress: the search is to end with what it has, if it has anything yet."""


Told = Callable[[Progress], None]
