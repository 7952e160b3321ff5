"""What other apps do to people has consequences for their time."""

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver

from agents.models import User
from agents.signals import leaving
from callcenter.access import Actor
from shifts.services.leave import end_leave


@receiver(leaving)
def take_leave_back(*, person: User, from_day: date, actor: Actor, now: datetime, **_more: Any) -> None:
    """Take back the leave that begins when somebody no longer works here."""
    end_leave(actor=actor, person=person, from_day=from_day, now=now)
