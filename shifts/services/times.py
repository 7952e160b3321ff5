"""When a shift begins and ends: a time of day at its site becomes instants."""

from datetime import date, datetime, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from agents.models import Site
from shifts.models import Pattern, Shift


class Times(TypedDict):
    """Begin and end of a shift."""

    starts_at: datetime
    ends_at: datetime


def zone_of(site: Site) -> ZoneInfo:
    """Return the time zone of a site."""
    return ZoneInfo(site.calendar.time_zone)


def has_own_times(shift: Shift, zone: ZoneInfo) -> bool:
    """Say whether a shift's times are not those of its pattern, or it has none."""
    if shift.pattern is None:
        return True
    usual = times_of(shift.pattern, shift.day, zone)
    return (shift.starts_at, shift.ends_at) != (usual["starts_at"], usual["ends_at"])


def times_of(like: Pattern | Shift, day: date, zone: ZoneInfo) -> Times:
    """Return the instants of a pattern, or of a shift's time of day, on a day; where clocks change, the length stays."""
    if isinstance(like, Pattern):
        clock, length = like.begins, timedelta(minutes=like.minutes)
    else:
        clock, length = like.starts_at.astimezone(zone).time(), like.ends_at - like.starts_at
    begin = datetime.combine(day, clock, zone).astimezone(ZoneInfo("UTC"))
    return {"starts_at": begin, "ends_at": begin + length}
