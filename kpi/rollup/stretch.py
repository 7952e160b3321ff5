"""Which calls are counted anew: half hours of a site by its own clock, and the days that these lie in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)
# Where clocks are put back, a wall-clock time occurs twice: an hour apart, and nowhere more.
TWICE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is counted anew: half hours by the site's wall clock."""

    site: int
    zone: ZoneInfo
    slots: tuple[datetime, ...]

    @classmethod
    def touched(cls, site: int, zone: ZoneInfo, marks: Iterable[datetime]) -> "Stretch":
        """Return the stretch of the half hours that begin with these instants; odd zones cut across two."""
        locals_ = (
            (mark + part).astimezone(zone).replace(tzinfo=None)
            for mark in marks
            for part in (timedelta(), HALF_HOUR - timedelta(seconds=1))
        )
        slots = {local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0) for local in locals_}
        return cls(site, zone, tuple(sorted(slots)))

    @property
    def days(self) -> list[date]:
        """The local days that its half hours lie in."""
        return sorted({slot.date() for slot in self.slots})

    @property
    def steady(self) -> bool:
        """Whether clocks are neither put forward nor back on its days, nor beside them."""
        edges = (self.days[0] - DAY, *self.days, self.days[-1] + DAY, self.days[-1] + 2 * DAY)
        return len({self.instant(datetime.combine(day, time())).utcoffset() for day in edges}) == 1

    def given(self, day: date) -> dict[str, Any]:
        """Return the parameters of the statements that read a day: all its calls lie between `since` and `until`."""
        beside = timedelta() if self.steady else TWICE
        return {
            "site": self.site,
            "zone": self.zone,
            "since": self.instant(datetime.combine(day, time())) - beside,
            "until": self.instant(datetime.combine(day + DAY, time())) + beside,
        }

    def instant(self, local: datetime) -> datetime:
        """Return the instant of a wall-clock time at the site."""
        return local.replace(tzinfo=self.zone)
