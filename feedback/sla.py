"""The answer deadline: pure arithmetic on business time. No database, no current time."""

from datetime import datetime

from callcenter.worktime import remaining
from callcenter.worktime.clock import WorkHours


def left(*, start: datetime, due: datetime, now: datetime, hours: WorkHours) -> remaining.Left:
    """Return the working time left at `now`, at risk once half of it is used."""
    half = hours.due(start, hours.elapsed(start, due) / 2)
    return remaining.left(now=now, due=due, at_risk_from=half, hours=hours)
