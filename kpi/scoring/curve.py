"""From a figure to points: three anchors, straight lines between them, nothing below the first, no more above the last."""

from dataclasses import dataclass
from typing import Final

POINTS: Final = (60.0, 100.0, 120.0)
"""The usual points at threshold, target and stretch."""


@dataclass(frozen=True, slots=True)
class Curve:
    """What figure earns how many points. The figures rise where more is better, and fall where less is.

    A figure short of the threshold earns nothing; one beyond the stretch what the stretch earns.
    """

    threshold: float
    target: float
    stretch: float
    points: tuple[float, float, float] = POINTS

    @property
    def more_is_better(self) -> bool:
        """Say which way the anchors run."""
        return self.stretch > self.threshold

    @property
    def is_sound(self) -> bool:
        """Say whether the anchors run one way, and the points do not fall."""
        figures = (self.threshold, self.target, self.stretch)
        strictly = figures[0] != figures[1] and figures[1] != figures[2]
        return strictly and sorted(figures, reverse=not self.more_is_better) == list(figures) and (
            0 <= self.points[0] <= self.points[1] <= self.points[2]
        )  # fmt: skip

    def of(self, figure: float | None) -> float | None:
        """Return the points of a figure; None where there is no figure."""
        if figure is None:
            return None
        sign = 1 if self.more_is_better else -1
        at = [sign * anchor for anchor in (self.threshold, self.target, self.stretch)]
        figure *= sign
        if figure < at[0]:
            return 0.0
        if figure >= at[2]:
            return self.points[2]
        part = 0 if figure < at[1] else 1
        share = (figure - at[part]) / (at[part + 1] - at[part])
        return self.points[part] + share * (self.points[part + 1] - self.points[part])
