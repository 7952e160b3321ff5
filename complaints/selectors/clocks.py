"""How much working time complaints have left, and how much of it is used."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from callcenter.worktime import calendars
from callcenter.worktime.remaining import left
from complaints.enums import ClockKind
from complaints.models import Clock, Complaint


def with_time_left(complaints: Sequence[Complaint], *, now: datetime) -> Sequence[Complaint]:
    """Give each complaint its resolution clock, the `hours` it counts in, and `left`; two queries for all."""
    by_id: dict[int, Any] = {complaint.pk: complaint for complaint in complaints}
    clocks = Clock.objects.filter(complaint__in=by_id, kind=ClockKind.RESOLUTION).order_by("version")
    hours = calendars.load_many({clock.calendar_id for clock in clocks})
    for clock in clocks:
        complaint = by_id[clock.complaint_id]
        complaint.clock, complaint.hours = clock, hours[clock.calendar_id]
        complaint.left = left(
            now=clock.stopped_at or now,
            due=clock.due_at,
            at_risk_from=clock.warn_50_at,
            hours=complaint.hours,
        )
    return complaints


def per_cent_used(complaint: Any, *, now: datetime) -> int:
    """Return how much of the working time of a complaint `with_time_left` is used, in per cent; over 100 is too late."""
    clock = complaint.clock
    total = complaint.hours.elapsed(clock.starts_at, clock.due_at)
    return (
        int(100 * complaint.hours.elapsed(clock.starts_at, clock.stopped_at or now) / total) if total else 100
    )
