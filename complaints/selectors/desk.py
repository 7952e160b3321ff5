"""How the complaints that somebody sees stand, in figures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from complaints.enums import ClockKind
from complaints.querysets import ComplaintQuerySet


@dataclass(frozen=True, slots=True)
class Standing:
    """How many complaints are unfinished, and how many of them are late or due soon."""

    unfinished: int
    late: int
    soon: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How many complaints run, and of them are late or at risk; how many ended since a day, and of them on time."""

    unfinished: int
    late: int
    at_risk: int
    ended: int
    ended_on_time: int

    @property
    def share_on_time(self) -> float | None:
        """Return the share that ended on time, 0 to 1; None while nothing has ended."""
        return self.ended_on_time / self.ended if self.ended else None


def standing(complaints: ComplaintQuerySet, *, now: datetime, soon: datetime) -> Standing:
    """Return the figures of the sentence above a list of `complaints`, in one query."""
    figures = complaints.unfinished().aggregate(
        unfinished=Count("pk"),
        late=Count("pk", filter=Q(due_at__lte=now)),
        soon=Count("pk", filter=Q(due_at__range=(now, soon))),
    )
    return Standing(**figures)


def loads(complaints: ComplaintQuerySet, *, now: datetime, limit: int = 6) -> list[dict[str, Any]]:
    """Return with whom the unfinished `complaints` lie, most breached first: `name`, `unfinished`, `late`."""
    by_person = complaints.unfinished().values("responsible", name=F("responsible__name"))
    counted = by_person.annotate(unfinished=Count("pk"), late=Count("pk", filter=Q(due_at__lte=now)))
    return list(counted.order_by("-late", "-unfinished", "responsible")[:limit])


def figures(complaints: ComplaintQuerySet, *, now: datetime, since: datetime) -> Figures:
    """Return how `complaints` stand at `now`, and how those ended that were resolved since `since`; two queries."""
    clock_runs = Q(clocks__kind=ClockKind.RESOLUTION, clocks__stopped_at=None)
    running = (
        complaints.unfinished()
        .filter(clock_runs)
        .aggregate(
            unfinished=Count("pk"),
            late=Count("pk", filter=Q(due_at__lte=now)),
            at_risk=Count("pk", filter=Q(due_at__gt=now, clocks__warn_50_at__lte=now)),
        )
    )
    over = complaints.filter(resolved_at__gte=since).aggregate(
        ended=Count("pk"), ended_on_time=Count("pk", filter=Q(resolved_at__lte=F("due_at")))
    )
    return Figures(**running, **over)
