"""How complaints stand, in figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from complaints.enums import ClockKind
from complaints.querysets import ComplaintQuerySet
from complaints.selectors.todo import Task

SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many things somebody has to do, and how many of them are late, or due within the hour."""

    unfinished: int
    late: int
    soon: int


@dataclass(frozen=True, slots=True)
class Load:
    """How many complaints lie with somebody, and how many of them are late or at risk."""

    name: str
    unfinished: int
    late: int
    at_risk: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How many complaints ended, and how many of them on time."""

    all: int
    on_time: int

    @property
    def share_on_time(self) -> float | None:
        """Return the share that ended on time, 0 to 1; None while nothing has ended."""
        return self.on_time / self.all if self.all else None


def standing(tasks: Sequence[Task], *, now: datetime) -> Standing:
    """Return how the tasks stand at `now`."""
    due = [task.at for task in tasks if task.has_deadline]
    return Standing(len(tasks), sum(at <= now for at in due), sum(now < at <= now + SOON for at in due))


def loads(complaints: ComplaintQuerySet, *, now: datetime) -> list[Load]:
    """Return with whom the running `complaints` lie, most of them late first; one query."""
    by_person = complaints.unfinished().values_list("responsible__name")
    counted = by_person.filter(clocks__kind=ClockKind.RESOLUTION, clocks__stopped_at=None).annotate(
        unfinished=Count("pk"),
        late=Count("pk", filter=Q(due_at__lte=now)),
        at_risk=Count("pk", filter=Q(due_at__gt=now, clocks__warn_50_at__lte=now)),
    )
    return [Load(*row) for row in counted.order_by("-late", "-unfinished", "responsible")]


def ended(complaints: ComplaintQuerySet, *, since: datetime) -> Ended:
    """Return how those `complaints` ended that were resolved since `since`; one query."""
    over = complaints.filter(resolved_at__gte=since)
    figures = over.aggregate(all=Count("pk"), on_time=Count("pk", filter=Q(resolved_at__lte=F("due_at"))))
    return Ended(**figures)
