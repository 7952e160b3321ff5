"""How much working time complaints have left, and how much of it is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from callcenter.worktime import calendars
from callcenter.worktime.clock import WorkHours
from callcenter.worktime.models import Policy
from callcenter.worktime.remaining import Left, left
from complaints.enums import ClockKind
from complaints.models import Clock, Complaint

# What the time left is counted from, and whether it can change still; the newest clock of a complaint comes last.
DEADLINES = """
SELECT clock.complaint_id, clock.due_at, clock.warn_50_at, coalesce(clock.stopped_at, clock.paused_at), clock.provisional,
       calendar.id, calendar.revision::text, company.revision::text
  FROM complaints_clock AS clock
  JOIN worktime_calendar AS calendar ON calendar.id = clock.calendar_id
  LEFT JOIN worktime_calendar AS company ON company.id = calendar.parent_id
 WHERE clock.complaint_id = ANY(%s) AND clock.kind = 'resolution'
 ORDER BY clock.version
"""


def with_time_left(complaints: Sequence[Complaint], *, now: datetime) -> Sequence[Complaint]:
    """Give each complaint `left` and `provisional`, of its resolution clock; one query for all."""
    by_id: dict[int, Any] = {complaint.pk: complaint for complaint in complaints}
    with connection.cursor() as cursor:
        cursor.execute(DEADLINES, [list(by_id)])
        told = cursor.fetchall()
    # As texts until they are few: to read a key for every row takes longer than the time left itself.
    marks = {row[5:] for row in told}
    hours = calendars.as_of((pk, UUID(own), UUID(above) if above else None) for pk, own, above in marks)
    for pk, due, at_risk_from, stood_at, provisional, calendar, *_revisions in told:
        by_id[pk].left = left(now=stood_at or now, due=due, at_risk_from=at_risk_from, hours=hours[calendar])
        by_id[pk].provisional = provisional
    return complaints


def with_clock(complaint: Any, *, now: datetime) -> Any:
    """Give one complaint its newest resolution `clock`, the `hours` it counts in, `left` and `provisional`."""
    resolution = [clock for clock in complaint.clocks.all() if clock.kind == ClockKind.RESOLUTION]
    clock = max(resolution, key=lambda clock: clock.version)
    complaint.calendars = calendars.load_many({one.calendar_id for one in complaint.clocks.all()})
    complaint.clock, complaint.hours = clock, complaint.calendars[clock.calendar_id]
    complaint.provisional = clock.provisional
    complaint.left = left_of(clock, complaint.hours, now)
    return complaint


def per_cent_used(complaint: Any, *, now: datetime) -> int:
    """Return how much of the working time of a complaint `with_clock` is used, in per cent; over 100 is too late.

    What it waited for the customer is not counted, as by the clock itself.
    """
    return _per_cent(complaint, complaint.clock, now)


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock as it is read: how much of its time is used, what is left, and whether it still runs."""

    clock: Clock
    percent: int
    left: Left

    @property
    def state(self) -> str:
        """Return “running”, “paused” or “stopped”."""
        if self.clock.stopped_at:
            return "stopped"
        return "paused" if self.clock.paused_at else "running"


def readings(complaint: Any, *, now: datetime) -> list[Reading]:
    """Return every clock of a complaint `with_clock` but its newest resolution clock: what runs first, then by start."""
    others = [clock for clock in complaint.clocks.all() if clock.pk != complaint.clock.pk]
    others.sort(key=lambda clock: (clock.stopped_at is not None, clock.starts_at, clock.pk))
    return [_reading(complaint, clock, now) for clock in others]


def amount_in_words(clock: Clock) -> str:
    """Say how much time the policy gave when the clock was counted; empty for one that follows a date."""
    return Policy(mode=clock.mode, amount=clock.amount or 0).in_words if clock.mode else ""


def _reading(complaint: Any, clock: Clock, now: datetime) -> Reading:
    hours = complaint.calendars[clock.calendar_id]
    return Reading(clock, _per_cent(complaint, clock, now), left_of(clock, hours, now))


def left_of(clock: Clock, hours: WorkHours, now: datetime) -> Left:
    """Return the working time left of a clock that counts in `hours`; of a stopped or paused one as of then."""
    return left(now=_read_at(clock, now), due=clock.due_at, at_risk_from=clock.warn_50_at, hours=hours)


def _per_cent(complaint: Any, clock: Clock, now: datetime) -> int:
    hours = complaint.calendars[clock.calendar_id]
    waited = [] if clock.kind == ClockKind.CORRECTION else complaint.pauses.all()
    pauses = [(pause.at, pause.ended_at) for pause in waited if pause.ended_at]
    total = hours.elapsed(clock.starts_at, clock.due_at, pauses)
    return int(100 * hours.elapsed(clock.starts_at, _read_at(clock, now), pauses) / total) if total else 100


def _read_at(clock: Clock, now: datetime) -> datetime:
    """Return when the clock stopped or was paused, else `now`."""
    return clock.stopped_at or clock.paused_at or now
