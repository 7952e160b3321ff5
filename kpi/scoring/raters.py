"""From what several raters saw to one figure that no single one of them decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

ENOUGH: Final = 2
"""Raters from whom on there is a figure."""
TRIMMED_FROM: Final = 3
"""Raters from whom on the highest and the lowest are left out."""
WIDE: Final = 0.25
"""A spread from which on the raters did not see the same; a third one is asked for."""


@dataclass(frozen=True, slots=True)
class Rated:
    """What raters say together: a figure from 0 to 1, None of too few; how far they lie apart."""

    raters: int
    figure: float | None
    spread: float | None

    @property
    def is_wide(self) -> bool:
        """Say whether they did not see the same."""
        return self.spread is not None and self.spread > WIDE


def share(marks: Sequence[bool | None]) -> float | None:
    """Return of the points that applied the share that was seen; None where none applied."""
    applied = [mark for mark in marks if mark is not None]
    return sum(applied) / len(applied) if applied else None


def together(shares: Sequence[float | None]) -> Rated:
    """Return what the raters say together: of two the mean; of more the mean without the highest and the lowest."""
    said = sorted(one for one in shares if one is not None)
    spread = said[-1] - said[0] if len(said) >= ENOUGH else None
    if len(said) < ENOUGH:
        return Rated(len(said), None, spread)
    kept = said[1:-1] if len(said) >= TRIMMED_FROM else said
    return Rated(len(said), fmean(kept), spread)
