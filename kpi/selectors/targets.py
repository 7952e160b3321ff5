"""Which target holds where, and when: read once, then asked as often as a page has figures."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import prefetch_related_objects

from agents.models import Site, Team
from callcenter.access import Role
from calls.models import Queue
from kpi.measures import Metric
from kpi.metrics import REGISTRY
from kpi.models import Target
from kpi.models.targets import PLACES

CENTRE: Final = ("centre", "")
COUNTS: Final = ("calls", "people", "days")
"""Units of what grows with the days that are asked about, and so has no target."""


class Targets:
    """The targets of some days. A place is given as a row, or by the key that figures name it by (docs/kpi.md).

    `sites` are the sites of teams and queues, by kind and key: what is wanted of a site is wanted of them too.
    """

    def __init__(
        self, rows: Collection[Target], day: date, sites: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        self.day, self._sites = day, sites or {}
        self._found: dict[tuple[str, str, str], list[Target]] = defaultdict(list)
        for row in rows:
            self._found[row.metric, row.kind, key_of(row.place)].append(row)

    def of(
        self,
        metric: str,
        *,
        team: Any = None,
        queue: Any = None,
        role: str = "",
        site: Any = None,
        day: date | None = None,
    ) -> Target | None:
        """Return the most particular target of a metric: of the team, the queue, the role, the site, the centre.

        On the day given, else on the last of the days. Where none is set, the metric's own, which is no row of the
        database; None where it has none.
        """
        keys = {"team": key_of(team), "queue": key_of(queue), "role": role, "site": key_of(site)}
        keys["site"] = keys["site"] or next(
            (
                self._sites[kind, keys[kind]]
                for kind in ("team", "queue")
                if (kind, keys[kind]) in self._sites
            ),
            "",
        )
        for place in (*((kind, keys[kind]) for kind in PLACES if keys[kind]), CENTRE):
            for row in self._found.get((metric, *place), ()):
                if (day or self.day) in row.period:
                    return row
        own = REGISTRY[metric].target
        return None if own is None else Target(metric=metric, value=own)


def key_of(place: Any) -> str:
    """Return the key by which figures name a place: a team's number, the code of a queue or a site, a role's name."""
    if isinstance(place, Team):
        return str(place.pk)
    return place.code if isinstance(place, (Queue, Site)) else str(place or "")


def places(limits: Mapping[str, str], by: str = "none", group: str = "") -> dict[str, str]:
    """Return the places of a row of figures, for Targets.of: what figures are limited to, and the group of the row."""
    found = {name: limits[name] for name in ("team", "queue", "site") if limits.get(name)}
    if group and by in {"team", "queue", "site"}:
        found[by] = group
    return found | {"role": Role.AGENT.value} if by == "agent" or limits.get("agent") else found


def over(first: date, last: date, metrics: Collection[str] = ()) -> Targets:
    """Return the targets that hold on some days, of some metrics or of all: one query, three where sites have their own."""
    rows = Target.objects.filter(period__overlap=DateRange(first, last, "[]"))
    found = list(rows.filter(metric__in=metrics) if metrics else rows)
    prefetch_related_objects(found, "queue", "site", "team")
    return Targets(found, last, _sites() if any(row.site_id for row in found) else None)


def on(day: date, metrics: Collection[str] = ()) -> Targets:
    """Return the targets that hold on a day, as `over` does."""
    return over(day, day, metrics)


def of(
    metric: str, *, day: date, team: Any = None, queue: Any = None, role: str = "", site: Any = None
) -> Target | None:
    """Return the most particular target of a metric on a day, as Targets.of does."""
    return on(day, [metric]).of(metric, team=team, queue=queue, role=role, site=site)


def _sites() -> dict[tuple[str, str], str]:
    teams = Team.objects.values_list("pk", "site__code")
    queues = Queue.objects.values_list("code", "site__code")
    return {
        **{("team", str(pk)): site for pk, site in teams},
        **{("queue", code): site for code, site in queues},
    }


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
