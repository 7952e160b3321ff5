"""The complaint's clock: pure arithmetic on business time. No database, no current time."""

from dataclasses import dataclass
from datetime import datetime

from callcenter.worktime.clock import WorkHours

WARNINGS = (50, 80)
"""Per cent of the business time between start and due instant at which the handler is warned (domain §4)."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The instants at which a clock speaks before it ends."""

    warn_50_at: datetime
    warn_80_at: datetime


def marks(start: datetime, due: datetime, hours: WorkHours) -> Marks:
    """Return when 50 % and 80 % of the business time from `start` to `due` have passed, whole seconds down."""
    total = hours.elapsed(start, due)
    at = [hours.due(start, total * share // 100) for share in WARNINGS]
    return Marks(*at)
