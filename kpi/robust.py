"""What is usual, by statistics that a few odd days cannot move: median, median absolute deviation, and a band of both.

Pure. docs/early-warning.md names the formula and where it comes from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final

OF_NORMAL: Final = 1.4826
"""1 / Φ⁻¹(3/4): makes the median absolute deviation of normal values their standard deviation."""
OF_NORMAL_MEAN: Final = 1.2533
"""√(π/2): the same for the mean absolute deviation."""
FEW: Final = {2: 1.196, 3: 1.495, 4: 1.363, 5: 1.206, 6: 1.2, 7: 1.14, 8: 1.129, 9: 1.107}
"""By how much the deviation of so few values comes out too small (Croux and Rousseeuw 1992)."""
BEYOND_FEW: Final = 0.8
LEAST: Final = 2
"""One value says nothing about how far values differ."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The middle of past values, how far they usually lie from it (as a standard deviation), and how many there were."""

    middle: float
    spread: float
    sample: int

    def low(self, width: float) -> float:
        """Return the lower end of the band that reaches `width` spreads to each side."""
        return self.middle - width * self.spread

    def high(self, width: float) -> float:
        """Return the upper end of that band."""
        return self.middle + width * self.spread


def usual(values: Sequence[float], *, least: int = LEAST, step: float = 0) -> Usual | None:
    """Return what is usual among past values; None where there are fewer than `least`.

    Where more than half are the same, so that their median deviation is nil, the mean deviation stands in. `step` is
    the smallest spread, in the values' own unit: what differs by less nobody would call different.
    """
    if len(values) < max(least, LEAST):
        return None
    middle = median(values)
    away = [abs(value - middle) for value in values]
    spread = OF_NORMAL * median(away) * correction(len(values)) or OF_NORMAL_MEAN * fmean(away)
    return Usual(middle, max(spread, step), len(values))


def correction(sample: int) -> float:
    """Return what the median absolute deviation of so many values is multiplied with, so that it is not too small."""
    return FEW.get(sample) or sample / (sample - BEYOND_FEW)
