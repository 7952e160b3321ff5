"""When a person may be mailed. Pure."""

from datetime import datetime
from functools import lru_cache

from callcenter.worktime.clock import OutOfRange, WorkHours


@lru_cache(maxsize=256)
def mail_window(hours: WorkHours, opens: str, closes: str) -> WorkHours:
    """Return the mail window of a site: from `opens` to `closes` (local “HH:MM”) on every date that `hours` work."""
    return hours.with_hours(_seconds(opens), _seconds(closes))


def opening(hours: WorkHours, now: datetime) -> datetime:
    """Return the next opening; `now` where there is none, since one bad calendar must not hold up everybody's mail."""
    try:
        return hours.next_opening(now)
    except OutOfRange:
        return now


def _seconds(wall_time: str) -> int:
    hour, minute = wall_time.split(":")
    return int(hour) * 3600 + int(minute) * 60
