"""What is known of a leave before it is decided: the working time it takes, the peak periods it meets, who decides it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from agents.models import User
from callcenter.worktime import calendars
from shifts.enums import OccupancyKind, RosterState
from shifts.leave_time import DAY, Counted, Span, by_day, days_of, on_day
from shifts.models import Leave, Occupancy, Peak, Roster
from shifts.selectors import cover
from shifts.selectors.peaks import peaks_between


def zone_of(person: User) -> ZoneInfo:
    """Return the time zone of the person's site."""
    return ZoneInfo(person.time_zone)


def count(person: User, since: datetime, until: datetime) -> list[Counted]:
    """Return the person's working time from `since` until `until`, for each local day that has any.

    It is that of their published shifts, paid breaks included; on days that no published roster with them covers, the
    business hours of their site.
    """
    zone = zone_of(person)
    days = days_of(since, until, zone)
    pieces = _worked(person, since, until)
    rostered = by_day(pieces, zone)
    told = Roster.objects.filter(
        state=RosterState.PUBLISHED,
        shifts__published_person=person,
        period__startswith__lte=days[-1],
        period__endswith__gt=days[0],
    )
    periods = set(told.values_list("period", flat=True))
    hours = calendars.load(person.site.calendar_id)
    found = []
    for day in days:
        by_roster = any(day in period for period in periods)
        minutes = rostered[day]
        if not by_roster:
            opens, closes = on_day(day, zone)
            span = max(since, opens), min(until, closes)
            minutes += round(hours.elapsed(*span, pauses=_within(pieces, span)) / 60)
        if minutes:
            found.append(Counted(day, minutes, by_roster))
    return found


def _within(pieces: Iterable[Span], span: Span) -> list[Span]:
    """Return the parts of `pieces` that lie in `span`."""
    parts = ((max(since, span[0]), min(until, span[1])) for since, until in pieces)
    return [part for part in parts if part[0] < part[1]]


def _worked(person: User, since: datetime, until: datetime) -> list[Span]:
    """Return when the person works within this time as published, paid breaks included."""
    pieces = Occupancy.objects.filter(person=person).within(since, until).exclude(kind=OccupancyKind.LEAVE)
    rows = pieces.order_by("period").values_list("period", "kind", "shift__published_breaks")
    return [
        (max(period.lower, since), min(period.upper, until))
        for period, kind, breaks in rows
        if kind == OccupancyKind.WORK or _is_paid(period.lower, breaks)
    ]


def _is_paid(begin: datetime, breaks: list[dict[str, Any]]) -> bool:
    """Say whether the break that runs at this instant is paid."""
    return any(
        one["is_paid"]
        and datetime.fromisoformat(one["starts_at"]) <= begin < datetime.fromisoformat(one["ends_at"])
        for one in breaks
    )


def minutes(days: Iterable[Counted]) -> int:
    """Return the working time of all these days."""
    return sum(one.minutes for one in days)


def peaks_met(person: User, since: datetime, until: datetime) -> list[Peak]:
    """Return the peak periods of the person's site of which a leave would meet a day."""
    days = days_of(since, until, zone_of(person))
    return peaks_between(person.site_id, days[0], days[-1] + DAY)


def clashes(person: User, since: datetime, until: datetime, *, but: int | None = None) -> QuerySet[Leave]:
    """Return the person's other leave, asked for or approved, that lies in this time."""
    others = Leave.objects.filter(person=person).live().within(since, until)
    return others.exclude(pk=but) if but else others


def effect(leave: Leave) -> list[cover.Effect]:
    """Return what a leave that is not approved yet would do to the published cover, where heads change."""
    gone = cover.worked([leave.person_id], leave.starts_at, leave.ends_at)
    return cover.effect(leave.person.site, gone=gone, come=[])
