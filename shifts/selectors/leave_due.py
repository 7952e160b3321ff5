"""Until when a request for leave can be decided, and when whoever decides is reminded."""

from datetime import datetime

from callcenter.worktime import calendars
from shifts.models import Leave


def lapses_at(leave: Leave) -> datetime:
    """Return when a request ends undecided: as its time begins, never before the close of business after it was asked for."""
    hours = calendars.load(leave.person.site.calendar_id)
    return max(leave.starts_at, hours.due_in_days(leave.requested_at, 0))


def first_due(leave: Leave) -> datetime:
    """Return when whoever decides is reminded: as the last working day before it opens; asked for later, it only lapses."""
    hours = calendars.load(leave.person.site.calendar_id)
    opens = hours.due_in_days(leave.starts_at, -1)
    return opens if opens > leave.requested_at else lapses_at(leave)
