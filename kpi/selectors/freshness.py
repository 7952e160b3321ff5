"""How fresh figures are: roll-ups follow the calls by some seconds, and never show half a half hour."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.utils import timezone

from kpi.models.rollups import StaleSlot


@dataclass(frozen=True, slots=True)
class Freshness:
    """Every change up to `as_of` is in the figures; `waiting` marks of later ones have yet to be counted."""

    as_of: datetime
    waiting: int


def freshness() -> Freshness:
    """Return how fresh figures are now."""
    found = StaleSlot.objects.aggregate(oldest=Min("marked_at"), waiting=Count("pk"))
    return Freshness(found["oldest"] or timezone.now(), found["waiting"])
