"""The complaint's clocks: pure arithmetic on business time. No database, no current time."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime, time
from typing import Self

from callcenter.worktime.clock import Pause, WorkHours
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
    """The instants at which a clock speaks: its warnings (the first is the second where it warns once), and its end."""

    warn_50_at: datetime
    warn_80_at: datetime
    due_at: datetime

    def after(self, warned: int) -> datetime:
        """Return when a clock speaks next that has warned of `warned` per cent (0: not at all)."""
        return {0: self.warn_50_at, 50: self.warn_80_at}.get(warned, self.due_at)

    def moved(self, pauses: Iterable[Pause], hours: WorkHours) -> Self:
        """Return them with `pauses`, oldest first: each moves what was still to come by the business time it took."""
        instants = astuple(self)
        for since, until in pauses:
            if (paused := hours.elapsed(since, until)) > 0:
                instants = tuple(hours.due(at, paused) if at > since else at for at in instants)
        return type(self)(*instants)


def marks(start: datetime, due: datetime, hours: WorkHours, shares: tuple[int, int]) -> Marks:
    """Return when these per cent of the business time from `start` to `due` have passed, whole seconds down, and `due`."""
    total = hours.elapsed(start, due)
    first, second = (hours.due(start, total * share // 100) for share in shares)
    return Marks(first, second, due)


def close_of(day: date, hours: WorkHours) -> datetime:
    """Return the close of business of `day`; on a rest day that of the next working day."""
    return hours.next_close(datetime.combine(day, time(), hours.spec.zone))
