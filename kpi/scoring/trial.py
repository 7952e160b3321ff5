"""A draft beside what holds: who gains, who loses, how the distribution moves."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

BAND: Final = 10
"""Points that a band of the distribution is wide."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody's months under both schemes: mean scores, and the grade of the last month; None where there is none."""

    now: float | None
    draft: float | None
    now_grade: str = ""
    draft_grade: str = ""

    @property
    def change(self) -> float | None:
        """Return by how many points they gain, or lose."""
        return None if self.now is None or self.draft is None else round(self.draft - self.now, 1)


@dataclass(frozen=True, slots=True)
class Band:
    """Scores from `at` on, up to the next band, and how many people lie there under each scheme."""

    at: int
    now: int
    draft: int


def mean(scores: Iterable[float | None]) -> float | None:
    """Return the mean of the scores that there are, with one decimal."""
    known = [float(score) for score in scores if score is not None]
    return round(fmean(known), 1) if known else None


def bands(pairs: Sequence[Pair]) -> list[Band]:
    """Return the distribution of scores under both, without gaps between the lowest and the highest band."""
    counted = [
        Counter(int(score // BAND) for score in scores if score is not None)
        for scores in ([pair.now for pair in pairs], [pair.draft for pair in pairs])
    ]
    places = [place for one in counted for place in one]
    if not places:
        return []
    return [
        Band(place * BAND, counted[0][place], counted[1][place])
        for place in range(min(places), max(places) + 1)
    ]


def grades(pairs: Sequence[Pair], names: Iterable[str]) -> list[tuple[str, int, int]]:
    """Return each grade with how many have it now, and would have it; names that only one scheme has come last."""
    now = Counter(pair.now_grade for pair in pairs)
    draft = Counter(pair.draft_grade for pair in pairs)
    order = dict.fromkeys([*names, *sorted(now), *sorted(draft)])
    return [(name, now[name], draft[name]) for name in order if now[name] or draft[name]]
