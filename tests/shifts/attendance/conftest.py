"""A published shift of Monday, and Monday's instants."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

MONDAY = date(2026, 11, 23)


def at(hour: int, minute: int = 0, *, day: date = MONDAY) -> datetime:
    """Return an instant of a local time of Monday."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def shift(desk):
    """Return the agent's published shift of Monday, 09:00 to 17:00, with lunch from 12:00 to 13:00."""
    roster = desk.roster(MONDAY)
    shift = desk.shift(desk.house.agent, MONDAY)
    desk.publish(roster)
    shift.refresh_from_db()
    return shift
