"""The complaint's clocks: pure arithmetic on business time. No database, no current time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from callcenter.worktime.clock import WorkHours
from complaints.enums import ClockKind

WARNS: Mapping[ClockKind, tuple[int, int]] = {
    ClockKind.RESPONSE: (80, 80),
    ClockKind.SAME_DAY: (80, 80),
    ClockKind.RESOLUTION: (50, 80),
    ClockKind.CORRECTION: (50, 80),
}
"""Per cent of the business time between start and due instant at which somebody is warned (domain §4); one that warns
once has its two marks at the same instant."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The instants at which a clock speaks before it ends; the first is the second where it warns once."""

    warn_50_at: datetime
    warn_80_at: datetime


def marks(start: datetime, due: datetime, hours: WorkHours, shares: tuple[int, int]) -> Marks:
    """Return when these per cent of the business time from `start` to `due` have passed, whole seconds down."""
    total = hours.elapsed(start, due)
    first, second = (hours.due(start, total * share // 100) for share in shares)
    return Marks(first, second)
