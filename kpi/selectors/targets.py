"""Which target holds where, on a day: read once, then asked as often as a page has figures."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from agents.models import Site, Team
from calls.models import Queue
from kpi.measures import Metric
from kpi.metrics import REGISTRY
from kpi.models import Target
from kpi.models.targets import PLACES

CENTRE: Final = ("centre", "")
COUNTS: Final = ("calls", "people", "days")
"""Units of what grows with the days that are asked about, and so has no target."""


class Targets:
    """The targets of one day. A place is given as a row, or by the key that figures name it by (docs/kpi.md)."""

    def __init__(self, rows: Collection[Target]) -> None:
        self._found = {(row.metric, row.kind, key_of(row.place)): row for row in rows}

    def of(
        self, metric: str, *, team: Any = None, queue: Any = None, role: str = "", site: Any = None
    ) -> Target | None:
        """Return the most particular target of a metric: of the team, the queue, the role, the site, the centre.

        Where none is set, the metric's own, which is no row of the database; None where it has none.
        """
        wanted = zip(PLACES, (team, queue, role, site), strict=True)
        for kind, key in (*((name, key_of(place)) for name, place in wanted if place), CENTRE):
            if found := self._found.get((metric, kind, key)):
                return found
        own = REGISTRY[metric].target
        return None if own is None else Target(metric=metric, value=own)


def key_of(place: Any) -> str:
    """Return the key by which figures name a place: a team's number, the code of a queue or a site, a role's name."""
    if isinstance(place, Team):
        return str(place.pk)
    return place.code if isinstance(place, (Queue, Site)) else str(place)


def on(day: date, metrics: Collection[str] = ()) -> Targets:
    """Return the targets that hold on a day, of some metrics or of all: one query."""
    rows = Target.objects.on(day).select_related("team", "queue", "site")
    return Targets(rows.filter(metric__in=metrics) if metrics else rows)


def of(
    metric: str, *, day: date, team: Any = None, queue: Any = None, role: str = "", site: Any = None
) -> Target | None:
    """Return the most particular target of a metric on a day, as Targets.of does."""
    return on(day, [metric]).of(metric, team=team, queue=queue, role=role, site=site)


def attained(metric: str, value: float | None, target: Target | None) -> bool | None:
    """Say whether a value, as it is shown, meets a target; None without value or target."""
    if value is None or target is None:
        return None
    known = REGISTRY[metric]
    shown = known.rounded(value)
    return shown >= target.value if known.more_is_better else shown <= target.value


def can_have_target(metric: Metric) -> bool:
    """Say whether a target of a metric means the same over a day and over a month: a rate, a usual length of time, a rating."""
    if metric.unit == "seconds":
        return not metric.key.endswith(("_sum", "_min", "_max"))
    return metric.more_is_better is not None and metric.unit not in COUNTS


def history(target: Target) -> list[Target]:
    """Return every target of the same figure and place, the latest first."""
    same = {name: getattr(target, name) for name in ("metric", *PLACES)}
    return list(Target.objects.filter(**same).for_list().order_by("-period"))
