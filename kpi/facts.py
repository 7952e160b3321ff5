"""What forms, REST and services of assessment say to one another: plain facts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpi.enums.schemes import Weighing
from kpi.models import Checklist, Indicator


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator: a metric by its key or a checklist, its weight, and the figures and points of its curve."""

    weight: int
    threshold: float
    target: float
    stretch: float
    metric: str = ""
    checklist: Checklist | None = None
    weighing: str = Weighing.PRIMARY
    threshold_points: int = 60
    target_points: int = 100
    stretch_points: int = 120


@dataclass(frozen=True, slots=True)
class GradeFacts:
    """A grade from a score on, with its bonus factor."""

    name: str
    at_least: Decimal
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class GateFacts:
    """So many events of a kind allow no better grade than `cap`."""

    kind: str
    cap: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class SchemeFacts:
    """All that a version says."""

    name: str
    note: str = ""
    team_share: int = 0
    indicators: Sequence[IndicatorFacts] = field(default_factory=list)
    grades: Sequence[GradeFacts] = field(default_factory=list)
    gates: Sequence[GateFacts] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a granted appeal puts right: an indicator's own figure (None: it does not count), or the gates."""

    indicator: Indicator | None = None
    figure: float | None = None
    lifts_gates: bool = False


@dataclass(frozen=True, slots=True)
class AimFacts:
    """A figure to reach, in the metric's own unit, from a day to another, and what is done for it."""

    metric: str
    goal: float
    measures: str
    since: date
    until: date
