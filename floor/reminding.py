"""When those who have not read a post are told. Pure: no database, no current time."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from callcenter.worktime.clock import WorkHours


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the last instant of the local `day`, to the second."""
    return datetime.combine(day, time(23, 59, 59), zone)


def due_at(day: date, hours: WorkHours) -> datetime:
    """Return the close of business of `day`; of the next working day if it is none."""
    return hours.next_close(datetime.combine(day, time(), hours.spec.zone))


def first_mark(*, published: datetime, due: datetime, hours: WorkHours) -> datetime:
    """Return when they are first told: as the working day before the last one opens, else the last one, else at the end."""
    last = hours.due_in_days(due, -1)
    opening = hours.next_opening(
        datetime.combine(due.astimezone(hours.spec.zone).date(), time(), hours.spec.zone)
    )
    return next((mark for mark in (last, opening) if mark > published), due)
