"""How long complaints waited for the customer, and how long one still may."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from callcenter.worktime import calendars
from complaints.enums import ClockKind
from complaints.models import Clock, ClockPolicy, Complaint, Pause


def pause_days(complaint: Complaint) -> int:
    """Return how many working days in all the policy of its deadline lets a complaint wait; 0: none."""
    kind = complaint.customer.kind if complaint.customer else ""
    policies = ClockPolicy.objects.filter(kind=ClockKind.RESOLUTION, tier=complaint.tier)
    chosen = policies.filter(customer_kind__in=["", kind]).order_by("-customer_kind").first()
    return chosen.pause_days if chosen else 0


def pause_limit(complaint: Complaint, clock: Clock, *, now: datetime) -> datetime | None:
    """Return until when a complaint may wait at the longest that begins to at `now`; None: it may not, or no more.

    What it may wait in all is the business time of the working days that followed the day of its first pause.
    """
    days = pause_days(complaint)
    if not days:
        return None
    hours = calendars.load(clock.calendar_id)
    ended = complaint.pauses.order_by("at").values_list("at", "ended_at")
    pauses = [(since, until) for since, until in ended if until]
    first = pauses[0][0] if pauses else now
    zone = hours.spec.zone
    morrow = datetime.combine(first.astimezone(zone).date() + timedelta(days=1), time(), zone)
    allowed = hours.elapsed(morrow, hours.due_in_days(first, days))
    left = allowed - sum(hours.elapsed(since, until) for since, until in pauses)
    return hours.due(now, left) if left > 0 else None


def paused_seconds(complaints: Iterable[Complaint], *, now: datetime) -> dict[int, float]:
    """Return for how much business time each complaint that ever waited has waited for the customer; three queries.

    A figure without pauses takes it off, one with them does not.
    """
    clocks = Clock.objects.filter(complaint__in=complaints, kind=ClockKind.RESOLUTION)
    calendar_of = dict(clocks.order_by("version").values_list("complaint", "calendar"))
    pauses = Pause.objects.filter(complaint__in=calendar_of).values_list("complaint", "at", "ended_at")
    rows = list(pauses)
    hours = calendars.load_many({calendar_of[pk] for pk, _at, _ended_at in rows})
    waited: dict[int, float] = {}
    for pk, since, ended_at in rows:
        seconds = hours[calendar_of[pk]].elapsed(since, ended_at or now)
        waited[pk] = waited.get(pk, 0) + seconds
    return waited
