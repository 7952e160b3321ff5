"""What a metric is, and the families of metrics that differ only in what they measure.

A ratio is two numbers that are added up first and divided last, so it is right at every grain; a percentile is the
nearest rank, a second that did occur. What is not known (null) takes part in no sum and no count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Aggregate
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kpi.counters import SHORT_ABANDON, Counter, Formula, calls, length

Words = str | Promise

FEWEST: Final = 10
"""A percentile of fewer calls says nothing, and is not told."""
LONG_CALL: Final = 300
DECIMALS: Final = {"share": 3, "rating": 2, "calls a day": 1, "per 10,000": 1}
"""After the point of the unit, as pages show it; none for any other."""
RANKS: Final = (10, 50, 90, 95)
MOST: Final = {"share": 1, "rating": 5}
"""The highest value of a unit; lengths of time and numbers end at a million."""
MOST_OF_ALL: Final = 1_000_000

OFFERED: Final = calls("offered")
ANSWERED: Final = calls("answered")
ABANDONED: Final = calls("abandoned")
SHORT: Final = length("lost_wait", "within", SHORT_ABANDON)
FOR_RATES: Final = OFFERED - SHORT
"""What rates are measured against: offered without short abandons (rule C)."""
KNOWN_HANDLE: Final = length("handle", "n")
RATINGS: Final = tuple(Counter(f"rated_{mark}") for mark in (1, 2, 3, 4, 5))
RATED: Final = Formula(tuple((1, counter) for counter in RATINGS))
MARKS: Final = Formula(tuple(enumerate(RATINGS, start=1)))
"""The sum of all ratings."""

RULE_C: Final = _("service level C, version 1")
NO_SHORT: Final = _(
    "Where the wait of an abandoned call is not known, short abandons cannot be told and stay in."
)
NO_WAIT: Final = _("An answered call whose wait is not known counts as answered late.")
NO_LOST: Final = _("Says nothing about callers who gave up.")


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: what it is called, how it is computed, which way is better, and what it cannot say.

    `unit` is calls, people, share (0 to 1), seconds, rating (1 to 5), days, calls a day or per 10,000. `more_is_better` is
    None where neither way is. `rule` names the rule and its version where houses differ. `target` is what the centre wants,
    in the metric's own unit, at least or at most as `more_is_better` says. `of_lost` marks a rate that says nothing where
    calls that nobody answered are not counted. `told` is of how many calls the source says what is counted; of none,
    nothing is known. `count` is on how many calls a percentile rests, and `counted_by` the key of the metric that tells it.
    """

    key: str
    name: Words
    unit: str
    formula: Words
    numerator: Formula
    denominator: Formula | None = None
    more_is_better: bool | None = None
    cannot_say: Words = ""
    rule: Words = ""
    target: float | None = None
    of_lost: bool = False
    count: Formula | None = None
    counted_by: str = ""
    told: Formula | None = None

    def rounded(self, value: float) -> float:
        """Return a value as exact as pages show it."""
        return round(value, DECIMALS.get(self.unit, 0))

    @property
    def most(self) -> float:
        """The highest value that it can have, or that anybody would want of it."""
        return MOST.get(self.unit, MOST_OF_ALL)

    def on_target(self, value: float | None) -> bool | None:
        """Say whether a value, as it is shown, meets the target; None without target or value."""
        if self.target is None or value is None:
            return None
        value = self.rounded(value)
        return value >= self.target if self.more_is_better else value <= self.target

    @property
    def parts(self) -> tuple[Counter, ...]:
        """The numbers that it is made of, from every source."""
        formulas = (self.numerator, self.denominator, self.count, self.told)
        return tuple(counter for formula in formulas if formula for counter in formula.counters)

    @property
    def counters(self) -> dict[str, Aggregate]:
        """The aggregates to ask raw calls for."""
        return {part.name: part.aggregate for part in self.parts if part.source == "calls"}

    @property
    def source(self) -> str:
        """What it tells of: calls, or the source that is compared with them."""
        return next((part.source for part in self.parts if part.source != "calls"), "calls")

    def value(self, row: Mapping[str, Any]) -> float | None:
        """Return the metric from a row of its counters; None where there is nothing to divide by, or nothing is known."""
        if self.count and (self.count.value(row) or 0) < FEWEST:
            return None
        if self.told and not self.told.value(row):
            return None
        counted = self.numerator.value(row)
        if self.denominator is None:
            return counted
        base = self.denominator.value(row)
        return (counted or 0) / base if base else None


def lengths(
    key: str,
    what: Words,
    of: str,
    *,
    less_is_better: bool = False,
    gap: Words = "",
    limit: int | None = None,
) -> list[Metric]:
    """Return the statistics of a length of time over the calls where it is known; nine in ten are to keep `limit`."""
    better = False if less_is_better else None
    known = length(of, "n")

    def metric(part: str, name: Words, formula: Words, numerator: Formula, **more: Any) -> Metric:
        title = format_lazy(_("{} ({})"), what, name)
        return Metric(
            f"{key}_{part}",
            title,
            "seconds",
            formula,
            numerator,
            more_is_better=better,
            cannot_say=gap,
            **more,
        )

    return [
        Metric(
            f"{key}_n",
            format_lazy(_("{} ({})"), what, _("calls")),
            "calls",
            _("calls where it is known"),
            known,
        ),
        metric("sum", _("sum"), _("sum of the seconds"), length(of, "sum")),
        metric(
            "mean",
            _("mean"),
            _("sum of the seconds / calls where it is known"),
            length(of, "sum"),
            denominator=known,
        ),
        metric("min", _("shortest"), _("the shortest"), length(of, "min")),
        metric("max", _("longest"), _("the longest"), length(of, "max")),
        *(
            metric(
                f"p{rank}",
                f"p{rank}",
                format_lazy(_("nearest rank: {} in 100 calls took at most this long"), rank),
                length(of, "rank", rank),
                target=limit if rank == 90 else None,  # noqa: PLR2004 (nine in ten)
                count=known,
                counted_by=f"{key}_n",
            )
            for rank in RANKS
        ),
    ]
