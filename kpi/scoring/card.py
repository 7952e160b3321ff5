"""From points to a score and its grade: weighted, partly the group's, with gates that cap the grade."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

LEAST_KNOWN: Final = 50
"""Of a hundred parts of the weight so many must be known: of less there is no score."""
TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one indicator: the own and the group's, either of which may be unknown. `team_share` is in percent."""

    weight: float
    own: float | None
    group: float | None = None
    team_share: float = 0

    @property
    def points(self) -> float | None:
        """Return both as one. What is unknown leaves its share to the other; None where neither is known."""
        parts = [(100 - self.team_share, self.own), (self.team_share, self.group)]
        known = [(share, value) for share, value in parts if share and value is not None]
        whole = sum(share for share, _value in known)
        return sum(share * value for share, value in known) / whole if whole else None


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade from a score on."""

    name: str
    at_least: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the score with one decimal, and of the weight how many parts in a hundred it rests on.

    `grade` is after the gates, `earned` before them; both None without a score.
    """

    score: Decimal | None
    known: int
    grade: str | None = None
    earned: str | None = None


def outcome(lines: Sequence[Line], grades: Iterable[Grade], caps: Iterable[str] = ()) -> Outcome:
    """Return score and grade. An indicator without a figure counts neither for nor against: its weight goes to the rest."""
    whole = sum(line.weight for line in lines)
    counted = [(line.weight, line.points) for line in lines]
    known = [(weight, points) for weight, points in counted if points is not None]
    weight = sum(weight for weight, _points in known)
    share = round(100 * weight / whole) if whole else 0
    if not weight or 100 * weight < LEAST_KNOWN * whole:
        return Outcome(None, share)
    score = rounded(sum(weight * points for weight, points in known) / weight)
    order = sorted(grades, key=lambda grade: grade.at_least, reverse=True)
    names = [grade.name for grade in order]
    earned = next((grade.name for grade in order if score >= Decimal(str(grade.at_least))), names[-1])
    worst = max((names.index(name) for name in (earned, *caps) if name in names), default=0)
    return Outcome(score, share, names[worst], earned)


def rounded(value: float) -> Decimal:
    """Return a score as it is shown, kept and graded: with one decimal, a half away from zero."""
    return Decimal(repr(round(value, 9))).quantize(TENTH, ROUND_HALF_UP)
