"""Applying a policy's amount to a calendar. Pure."""

from datetime import datetime
from typing import NamedTuple

from callcenter.worktime.clock import WorkHours
from callcenter.worktime.enums import Mode


class Due(NamedTuple):
    """A deadline; `provisional` if it rests on a year whose holidays are not published yet."""

    at: datetime
    provisional: bool


def due(hours: WorkHours, mode: str, amount: int, start: datetime) -> Due:
    """Return when `amount` (days or seconds, by `mode`) of working time after `start` is over."""
    at = hours.due_in_days(start, amount) if mode == Mode.WORKING_DAYS else hours.due(start, amount)
    return Due(at, hours.provisional(start, at))
