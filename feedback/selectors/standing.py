"""How much time is left, and how many items wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from agents.models import User
from callcenter.worktime import calendars
from feedback import sla
from feedback.models import Item


def with_time_left(items: Sequence[Item], *, now: datetime) -> Sequence[Item]:
    """Give each item `left`, the working time left for its answer; two queries at most for all."""
    hours = calendars.load_many({item.calendar_id for item in items})
    for item in items:
        row: Any = item
        row.left = sla.left(start=item.released_at, due=item.due_at, now=now, hours=hours[item.calendar_id])
    return items


@dataclass(frozen=True, slots=True)
class Standing:
    """How many items wait for a person's answer, and how many of them are late."""

    waiting: int
    late: int


def standing(user: User, *, now: datetime) -> Standing:
    """Return the figures of the sentence above the list, in one query."""
    waiting = Item.objects.waiting_for(user).order_by()
    return Standing(**waiting.aggregate(waiting=Count("pk"), late=Count("pk", filter=Q(due_at__lte=now))))
