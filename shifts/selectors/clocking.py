"""Which shift a mark of the clock belongs to, and how the clock stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Min, QuerySet

from shifts.models import Attendance, Occupancy, Punch

GRACE: Final = timedelta(hours=4)
"""So long before a shift and after it a mark still belongs to it; between two shifts, the nearer one has it."""
LONGEST: Final = timedelta(hours=16)
"""A mark that is older says nothing about now."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A published shift of a person as leave has left it."""

    shift: int
    person: int
    begins: datetime
    ends: datetime

    def distance(self, at: datetime) -> timedelta:
        """Return how far `at` is from it; nothing within it."""
        return max(self.begins - at, at - self.ends, timedelta())


def expected_of(shift: int) -> Expected | None:
    """Return what is expected of a shift, None where leave has left nothing of it or it is not published."""
    return next(iter(_expected(shift=shift)), None)


def expected_at(person: int, at: datetime) -> Expected | None:
    """Return the person's shift that is nearest to `at` and not more than GRACE away."""
    touched = Occupancy.objects.filter(person=person, shift__isnull=False).within(at - GRACE, at + GRACE)
    found = _expected(person=person, shift__in=touched.values("shift"))
    return min(found, key=lambda one: (one.distance(at), one.begins), default=None)


def _expected(**which: object) -> list[Expected]:
    rows = Occupancy.objects.filter(shift__isnull=False, **which).values("shift", "person")
    spans = rows.annotate(begins=Min("period__startswith"), ends=Max("period__endswith")).order_by("begins")
    return [Expected(**row) for row in spans]


def last_punch(person: int, *, now: datetime) -> Punch | None:
    """Return how the person's clock stands: the last mark, None where it is too old to say anything."""
    recent = Punch.objects.filter(person=person, at__lte=now, at__gt=now - LONGEST)
    return recent.order_by("-at", "-pk").first()


def punches_of(row: Attendance) -> QuerySet[Punch]:
    """Return the marks around an attended shift, in order; one between two shifts may stand with both."""
    around = {"at__gte": row.begins_at - GRACE, "at__lt": row.ends_at + GRACE}
    rows: QuerySet[Punch] = Punch.objects.filter(person=row.person_id, **around)
    return rows.select_related("correction").order_by("at", "pk")
