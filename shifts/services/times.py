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


def times_of(like: Pattern | Shift, day: date, zone: ZoneInfo) -> Times:
    """Return the instants of a pattern, or of a shift's time of day, on a day; where clocks change, the length stays."""
    if isinstance(like, Pattern):
        clock, length = like.begins, timedelta(minutes=like.minutes)
    else:
        clock, length = like.starts_at.astimezone(zone).time(), like.ends_at - like.starts_at
    begin = datetime.combine(day, clock, zone).astimezone(ZoneInfo("UTC"))
    return {"starts_at": begin, "ends_at": begin + length}
