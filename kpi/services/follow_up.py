"""What follows an assessment by itself: reminders of talks and unanswered aims, and aims that are over."""

from datetime import datetime

from agents.selectors import DAY_OF_CENTRE
from kpi.services import aims, interviews


def follow_up(*, now: datetime) -> None:
    """Remind of what is due, each once, and settle aims whose days are over."""
    today = now.astimezone(DAY_OF_CENTRE).date()
    interviews.remind(today=today, now=now)
    aims.remind(today=today, now=now)
    aims.settle(today=today, now=now)
