"""The answer deadline: pure arithmetic on business time. No database, no current time."""

from dataclasses import dataclass
from datetime import datetime

from callcenter.worktime.clock import WorkHours


@dataclass(frozen=True, slots=True)
class Left:
    """What the time-left badge shows: working seconds left (negative: over), and its state."""

    seconds: float
    state: str
    due: datetime


def left(*, start: datetime, due: datetime, now: datetime, hours: WorkHours) -> Left:
    """Return the working time left at `now`: late from the due instant on, at risk once half of it is used."""
    seconds = hours.elapsed(now, due)
    at_risk = 2 * seconds <= hours.elapsed(start, due)
    return Left(seconds, "late" if now >= due else "risk" if at_risk else "ontime", due)
