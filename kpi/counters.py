"""What can be counted over calls: every number has a name, by which raw calls and roll-ups both know it.

A metric is made of such numbers, so whoever can count them (kpi/selectors) can answer every metric.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import (
    Aggregate,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    Sum,
    TextField,
)
from django.db.models.functions import Coalesce, Now
from django.db.models.lookups import LessThanOrEqual

from calls.enums import Outcome
from calls.models import Call

SHORT_ABANDON: Final = 5
"""Seconds up to which somebody who hangs up was never really waiting."""
CALLS_AGAIN: Final = timedelta(days=7)
"""Within this time, another call of the same customer means that the first one did not settle it."""

ANSWERED: Final = Q(outcome=Outcome.ANSWERED)
ABANDONED: Final = Q(outcome=Outcome.ABANDONED)
KNOWN_HANDLE: Final = ANSWERED & Q(talk_seconds__isnull=False)
HANDLE: Final = F("talk_seconds") + Coalesce("hold_seconds", 0) + Coalesce("wrap_seconds", 0)
OF_SOMEBODY: Final = ANSWERED & ~Q(agent_key="")
FOLLOWED: Final = ANSWERED & Q(customer__isnull=False, entered_at__lte=Now() - CALLS_AGAIN)
"""Answered calls of a known customer whose seven days are over, so that one can say whether they called again."""
AGAIN: Final = Exists(
    Call.objects.filter(
        customer=OuterRef("customer"),
        entered_at__gt=OuterRef("entered_at"),
        entered_at__lte=OuterRef("entered_at") + CALLS_AGAIN,
    )
)

TALLIES: Final[dict[str, Q]] = {
    "offered": Q(),
    "answered": ANSWERED,
    "abandoned": ABANDONED,
    "flowed_out": Q(outcome=Outcome.FLOWED_OUT),
    "unknown": Q(outcome=Outcome.UNKNOWN),
    "resolved": Q(resolved=True),
    "transferred": Q(transferred=True),
    "no_resolved": ANSWERED & Q(resolved=None),
    "no_transferred": ANSWERED & Q(transferred=None),
    **{f"rated_{mark}": Q(satisfaction=mark) for mark in (1, 2, 3, 4, 5)},
    "of_somebody": OF_SOMEBODY,
    "followed": FOLLOWED,
    "settled": FOLLOWED & Q(~AGAIN),
}
"""Calls that are counted, and which they are."""
LENGTHS: Final[dict[str, tuple[Any, Q]]] = {
    "wait": (F("wait_seconds"), ANSWERED & Q(wait_seconds__isnull=False)),
    "lost_wait": (F("wait_seconds"), ABANDONED & Q(wait_seconds__isnull=False)),
    "talk": (F("talk_seconds"), KNOWN_HANDLE),
    "hold": (F("hold_seconds"), ANSWERED & Q(hold_seconds__isnull=False)),
    "wrap": (F("wrap_seconds"), ANSWERED & Q(wrap_seconds__isnull=False)),
    "handle": (HANDLE, KNOWN_HANDLE),
}
"""Lengths of time in whole seconds, and the calls of which they are known."""
AGENT_DAY: Final = Func(
    F("agent_key"), F("local_day"), template="(%(expressions)s)", output_field=TextField()
)
PEOPLE: Final[dict[str, Any]] = {"agents": F("agent_key"), "agent_days": AGENT_DAY}
"""What is counted once however often it occurs, over the answered calls of somebody."""


class PercentileDisc(Aggregate):
    """The nearest-rank percentile: the least value that has at least `share` of all values at or below it."""

    template = "percentile_disc(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Counter:
    """One number: of TALLIES (`how` is “calls”), of PEOPLE (“distinct”), of LENGTHS, or of another source (“sum”).

    Of lengths `how` is n, sum, min, max, within (how many last at most `at` seconds) or rank (the percentile `at`).
    """

    what: str
    how: str = "calls"
    at: int = 0
    source: str = "calls"

    @property
    def name(self) -> str:
        """The name of its column in a row of figures."""
        return f"{self.what}__{self.how}{self.at or ''}"

    @property
    def aggregate(self) -> Aggregate:
        """How raw calls answer it; only for counters of calls."""
        if self.how == "calls":
            return Count("pk", filter=TALLIES[self.what] or None)
        if self.how == "distinct":
            return Count(PEOPLE[self.what], distinct=True, filter=OF_SOMEBODY)
        return _of_length(*LENGTHS[self.what], self.how, self.at)


def _of_length(value: Any, known: Q, how: str, at: int) -> Aggregate:
    if how == "n":
        return Count("pk", filter=known)
    if how == "within":
        return Count("pk", filter=known & Q(LessThanOrEqual(value, at)))
    if how == "rank":
        return PercentileDisc(value, share=f"0.{at:02}", filter=known)
    return {"sum": Sum, "min": Min, "max": Max}[how](value, filter=known)


@dataclass(frozen=True, slots=True)
class Formula:
    """Counters that are added up, each with its weight."""

    terms: tuple[tuple[int, Counter], ...]

    def __add__(self, other: "Formula") -> "Formula":
        return Formula((*self.terms, *other.terms))

    def __sub__(self, other: "Formula") -> "Formula":
        return Formula((*self.terms, *((-weight, counter) for weight, counter in other.terms)))

    def __mul__(self, factor: int) -> "Formula":
        return Formula(tuple((factor * weight, counter) for weight, counter in self.terms))

    @property
    def counters(self) -> tuple[Counter, ...]:
        """What has to be counted for it."""
        return tuple(counter for _weight, counter in self.terms)

    def value(self, row: Mapping[str, Any]) -> float | None:
        """Return its value in a row of counters; a single counter may be unknown (None)."""
        if len(self.terms) == 1 and self.terms[0][0] == 1:
            only: float | None = row[self.terms[0][1].name]
            return only
        return sum(weight * (row[counter.name] or 0) for weight, counter in self.terms)


def calls(what: str) -> Formula:
    """Return how many calls are of a kind of TALLIES."""
    return Formula(((1, Counter(what)),))


def people(what: str) -> Formula:
    """Return how many of PEOPLE there are."""
    return Formula(((1, Counter(what, "distinct")),))


def length(what: str, how: str, at: int = 0) -> Formula:
    """Return a number of a length of time (see Counter)."""
    return Formula(((1, Counter(what, how, at)),))


def elsewhere(source: str, what: str) -> Formula:
    """Return a number that another source than calls adds up (kpi/selectors/sources)."""
    return Formula(((1, Counter(what, "sum", source=source)),))
