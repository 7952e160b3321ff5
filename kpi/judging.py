"""When a figure has drifted, when that is a warning, and when it is over. Pure; docs/early-warning.md says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from kpi.enums.warnings import Severity
from kpi.robust import Usual

OF_TARGET: Final = 2 / 3
"""Where a target is missed that is usually met, so much of the band's width is enough."""
OF_FAR: Final = 2
"""So many widths of the band are far off."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Against what a figure is held: which way is better, what is usual, how wide the band is, what is wanted."""

    more_is_better: bool
    usual: Usual | None
    width: float
    target: float | None

    def worse(self, value: float, than: float) -> bool:
        """Say whether a value is worse than another."""
        return value < than if self.more_is_better else value > than

    def beyond(self, value: float, share: float) -> bool:
        """Say whether a value lies beyond `share` of the band's width on the bad side; never without a usual value."""
        if self.usual is None:
            return False
        return self.worse(value, self._edge(self.usual, share))

    def _edge(self, usual: Usual, share: float) -> float:
        width = share * self.width
        return usual.low(width) if self.more_is_better else usual.high(width)

    @property
    def of_target(self) -> float:
        """How much of the band's width is enough where the target is missed: all of it where that is nothing new."""
        usually = (
            self.usual is not None and self.target is not None and self.worse(self.usual.middle, self.target)
        )
        return 1 if usually else OF_TARGET

    @property
    def limit(self) -> float | None:
        """The last value that is not out: what is worse has drifted. None where there is nothing to judge by."""
        if self.usual is None:
            return self.target
        edge = self._edge(self.usual, 1)
        if self.target is None:
            return edge
        near = self._edge(self.usual, self.of_target)
        if self.more_is_better:
            return max(edge, min(self.target, near))
        return min(edge, max(self.target, near))

    @property
    def band(self) -> dict[str, Any]:
        """What is usual and wanted, as a reading keeps it."""
        known = self.usual
        return {
            "middle": known and known.middle,
            "low": known and known.low(self.width),
            "high": known and known.high(self.width),
            "sample": known.sample if known else 0,
            "limit": self.limit,
            "target": self.target,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure in the interval that begins at `at`; `severity` is 0 where nothing is wrong with it.

    `middle`, `low` and `high` are what is usual then, out of `sample` past values; what is worse than `limit` is out.
    """

    at: datetime
    value: float
    calls: int
    finished: bool
    severity: int
    middle: float | None = None
    low: float | None = None
    high: float | None = None
    limit: float | None = None
    sample: int = 0
    target: float | None = None


def severity(value: float, aim: Aim) -> int:
    """Return how far a value has drifted, 0 if it has not.

    Off target is what misses the target and lies beyond two thirds of the band's width from the middle, beyond all of it where
    the target is usually missed; while nothing is usual yet, the target alone says so.
    """
    missed = aim.target is not None and aim.worse(value, aim.target)
    if aim.beyond(value, OF_FAR) and (missed or aim.target is None):
        return Severity.FAR
    if missed and (aim.usual is None or aim.beyond(value, aim.of_target)):
        return Severity.OFF
    return Severity.DRIFTING if aim.beyond(value, 1) else 0


def out_since(readings: Sequence[Reading]) -> Sequence[Reading]:
    """Return the readings that are out without a break up to the last one; none where the last is not."""
    inside = [at for at, reading in enumerate(readings) if not reading.severity]
    return readings[inside[-1] + 1 :] if inside else readings


def raised(readings: Sequence[Reading], *, after: int) -> int:
    """Return the severity of the warning that readings call for, 0 if for none.

    It takes `after` readings in a row that are out, or one that is far off.
    """
    run = out_since(readings)
    if not run:
        return 0
    if run[-1].severity == Severity.FAR:
        return Severity.FAR
    return max(reading.severity for reading in run[-after:]) if len(run) >= after else 0


def is_over(readings: Sequence[Reading], *, after: int) -> bool:
    """Say whether the last `after` intervals that are finished were inside: what still runs can change."""
    finished = [reading for reading in readings if reading.finished][-after:]
    return len(finished) == after and not any(reading.severity for reading in finished)
