"""How much working time complaints have left, and how much of it is used."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from callcenter.worktime import calendars
from callcenter.worktime.remaining import left
from complaints.enums import ClockKind
from complaints.models import Clock, Complaint

TOLD = (*calendars.REVISIONS, "complaint_id", "due_at", "warn_50_at", "stopped_at", "provisional")
"""What the time left is counted from, and whether it can change still."""


def with_time_left(complaints: Sequence[Complaint], *, now: datetime) -> Sequence[Complaint]:
    """Give each complaint `left` and `provisional`, of its resolution clock; one query for all."""
    by_id: dict[int, Any] = {complaint.pk: complaint for complaint in complaints}
    clocks = Clock.objects.filter(complaint__in=by_id, kind=ClockKind.RESOLUTION).order_by("version")
    told = list(clocks.values_list(*TOLD))
    hours = calendars.as_of({row[:3] for row in told})
    for calendar, _own, _above, pk, due, at_risk_from, stopped_at, provisional in told:
        by_id[pk].left = left(
            now=stopped_at or now, due=due, at_risk_from=at_risk_from, hours=hours[calendar]
        )
        by_id[pk].provisional = provisional
    return complaints


def with_clock(complaint: Any, *, now: datetime) -> Any:
    """Give one complaint its resolution `clock`, the `hours` it counts in, `left` and `provisional`; two queries."""
    clock = complaint.clocks.filter(kind=ClockKind.RESOLUTION).order_by("version").last()
    complaint.clock, complaint.hours = clock, calendars.load(clock.calendar_id)
    complaint.provisional = clock.provisional
    complaint.left = left(
        now=clock.stopped_at or now,
        due=clock.due_at,
        at_risk_from=clock.warn_50_at,
        hours=complaint.hours,
    )
    return complaint


def per_cent_used(complaint: Any, *, now: datetime) -> int:
    """Return how much of the working time of a complaint `with_clock` is used, in per cent; over 100 is too late."""
    clock = complaint.clock
    total = complaint.hours.elapsed(clock.starts_at, clock.due_at)
    return (
        int(100 * complaint.hours.elapsed(clock.starts_at, clock.stopped_at or now) / total) if total else 100
    )
