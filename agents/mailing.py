"""When a person may be mailed. Pure."""

from functools import lru_cache

from callcenter.worktime.clock import WorkHours


@lru_cache(maxsize=256)
def mail_window(hours: WorkHours, opens: str, closes: str) -> WorkHours:
    """Return the mail window of a site: from `opens` to `closes` (local “HH:MM”) on every date that `hours` work."""
    return hours.with_hours(_seconds(opens), _seconds(closes))


def _seconds(wall_time: str) -> int:
    hour, minute = wall_time.split(":")
    return int(hour) * 3600 + int(minute) * 60
