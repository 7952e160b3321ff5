"""How much working time is left, as people see it. Pure."""

from dataclasses import dataclass
from datetime import datetime

from callcenter.worktime.clock import WorkHours


@dataclass(frozen=True, slots=True)
class Left:
    """What the time-left badge shows: working seconds left (negative: over), its state, the due instant, of what."""

    seconds: float
    state: str
    due: datetime
    note: str = ""


def left(*, now: datetime, due: datetime, at_risk_from: datetime, hours: WorkHours) -> Left:
    """Return the working time left at `now`: late from the due instant on, at risk from `at_risk_from` on."""
    state = "late" if now >= due else "risk" if now >= at_risk_from else "ontime"
    return Left(hours.elapsed(now, due), state, due)
