"""What a metric is, and the families of metrics that differ only in what they measure.

A ratio is two counters that are added up first and divided last, so it is right at every grain; a percentile is the
nearest rank, a second that did occur. What is not known (null) takes part in no sum and no count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Aggregate, Count, F, IntegerField, Max, Min, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from calls.enums import Outcome

Words = str | Promise

SHORT_ABANDON: Final = 5
"""Seconds up to which somebody who hangs up was never really waiting."""
RULE_C: Final = _("service level C, version 1")
LONG_CALL: Final = 300
DECIMALS: Final = {"share": 3, "rating": 2, "calls a day": 1}
"""After the point of the unit, as pages show it; none for any other."""

ANSWERED: Final = Q(outcome=Outcome.ANSWERED)
ABANDONED: Final = Q(outcome=Outcome.ABANDONED)
SHORT: Final = ABANDONED & Q(wait_seconds__lte=SHORT_ABANDON)
KNOWN_HANDLE: Final = ANSWERED & Q(talk_seconds__isnull=False)
RATED: Final = Q(satisfaction__isnull=False)
HANDLE: Final = F("talk_seconds") + Coalesce("hold_seconds", 0) + Coalesce("wrap_seconds", 0)

NO_SHORT: Final = _(
    "Where the wait of an abandoned call is not known, short abandons cannot be told and stay in."
)
NO_WAIT: Final = _("An answered call whose wait is not known counts as answered late.")


class PercentileDisc(Aggregate):
    """The nearest-rank percentile: the least value that has at least `share` of all values at or below it."""

    template = "percentile_disc(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: what it is called, how it is computed, which way is better, and what it cannot say.

    `unit` is calls, people, share (0 to 1), seconds, rating (1 to 5), days or calls a day. `more_is_better` is None where
    neither way is. `rule` names the rule and its version where houses differ. `target` is what the centre wants, in the
    metric's own unit, at least or at most as `more_is_better` says. `of_lost` marks a rate that says nothing where calls that
    nobody answered are not counted.
    """

    key: str
    name: Words
    unit: str
    formula: Words
    numerator: Aggregate
    denominator: Aggregate | None = None
    more_is_better: bool | None = None
    cannot_say: Words = ""
    rule: Words = ""
    target: float | None = None
    of_lost: bool = False

    def rounded(self, value: float) -> float:
        """Return a value as exact as pages show it."""
        return round(value, DECIMALS.get(self.unit, 0))

    def on_target(self, value: float | None) -> bool | None:
        """Say whether a value, as it is shown, meets the target; None without target or value."""
        if self.target is None or value is None:
            return None
        value = self.rounded(value)
        return value >= self.target if self.more_is_better else value <= self.target

    @property
    def counters(self) -> dict[str, Aggregate]:
        """The aggregates to ask the database for."""
        found = {f"{self.key}__n": self.numerator}
        return found | {f"{self.key}__d": self.denominator} if self.denominator else found

    def value(self, row: Mapping[str, Any]) -> float | None:
        """Return the metric from a row of its counters; None where there is nothing to divide by."""
        counted: float | None = row[f"{self.key}__n"]
        if self.denominator is None:
            return counted
        base: float = row[f"{self.key}__d"]
        return (counted or 0) / base if base else None


def count_of(condition: Q | None = None) -> Count:
    """Return how many calls meet `condition`, all without one."""
    return Count("pk", filter=condition)


def offered_for_rates() -> Aggregate:
    """Return what rates are measured against: offered without short abandons (rule C)."""
    return count_of(~SHORT)


def lengths(
    key: str,
    what: Words,
    of: Any,
    condition: Q,
    *,
    less_is_better: bool = False,
    gap: Words = "",
    limit: int | None = None,
) -> list[Metric]:
    """Return the statistics of a length of time over the calls where it is known; nine in ten are to keep `limit`."""
    better = False if less_is_better else None
    known = count_of(condition)

    def metric(
        part: str, name: Words, formula: Words, numerator: Aggregate, denominator: Aggregate | None = None
    ) -> Metric:
        title = format_lazy(_("{} ({})"), what, name)
        target = limit if part == "p90" else None
        return Metric(
            f"{key}_{part}", title, "seconds", formula, numerator, denominator, better, gap, target=target
        )

    return [
        Metric(
            f"{key}_n",
            format_lazy(_("{} ({})"), what, _("calls")),
            "calls",
            _("calls where it is known"),
            known,
        ),
        metric("sum", _("sum"), _("sum of the seconds"), Sum(of, filter=condition)),
        metric(
            "mean",
            _("mean"),
            _("sum of the seconds / calls where it is known"),
            Sum(of, filter=condition),
            known,
        ),
        metric("min", _("shortest"), _("the shortest"), Min(of, filter=condition)),
        metric("max", _("longest"), _("the longest"), Max(of, filter=condition)),
        *(
            metric(
                f"p{rank}",
                f"p{rank}",
                format_lazy(_("nearest rank: {} in 100 calls took at most this long"), rank),
                PercentileDisc(of, share=f"0.{rank}", filter=condition),
            )
            for rank in (10, 50, 90, 95)
        ),
    ]


def service_levels(within: int) -> list[Metric]:
    """Return the three ways to count calls answered within some seconds of entering the queue (at most, inclusive)."""
    quick = count_of(ANSWERED & Q(wait_seconds__lte=within))
    top = format_lazy(_("answered within {} s"), within)
    return [
        Metric(
            f"service_level_{within}",
            format_lazy(_("Service level within {} s"), within),
            "share",
            format_lazy("{} / {}", top, _("(offered − short abandons)")),
            quick,
            offered_for_rates(),
            more_is_better=True,
            cannot_say=format_lazy("{} {}", NO_SHORT, NO_WAIT),
            rule=RULE_C,
            of_lost=True,
        ),
        Metric(
            f"answered_within_{within}_of_offered",
            format_lazy(_("Answered within {} s, of offered"), within),
            "share",
            format_lazy("{} / {}", top, _("offered")),
            quick,
            count_of(),
            more_is_better=True,
            cannot_say=NO_WAIT,
            rule=_("service level A, version 1"),
            of_lost=True,
        ),
        Metric(
            f"answered_within_{within}_of_answered",
            format_lazy(_("Answered within {} s, of answered"), within),
            "share",
            format_lazy("{} / {}", top, _("answered")),
            quick,
            count_of(ANSWERED),
            more_is_better=True,
            cannot_say=_("Says nothing about callers who gave up."),
            rule=_("service level B, version 1"),
        ),
    ]
