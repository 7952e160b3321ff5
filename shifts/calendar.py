"""A person's roster as an iCalendar file (RFC 5545). Pure: the same roster makes the same bytes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

PRODUCT: Final = "-//Harbour Desk//Roster//EN"
REFRESH: Final = timedelta(hours=1)
EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""From here the seconds of a SEQUENCE are counted: it grows with every publication, and keeps nothing beside."""


def roster_calendar(
    *, name: str, person: int, host: str, zone: ZoneInfo, shifts: Iterable[Any], leave: Iterable[Any]
) -> bytes:
    """Return the calendar of published shifts (selectors.mine.MyShift) and of leave that is approved.

    Times are written in the zone of the person's site, whose rules the file brings along. What is no longer published
    is not in it, and so leaves the reader's calendar at its next look.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    events = [_shift(shift, zone) for shift in shifts] + [_leave(one, zone) for one in leave]
    if events:
        first = min(event.start for event in events)
        last = max(event.end for event in events)
        calendar.add_component(_zone(zone, first, last))
    for event in events:
        # The same shift in another person's calendar is another event.
        event["uid"] = f"{event['uid']}-{person}@{host}"
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """Return the rules of a zone for the years of the events."""
    return Timezone.from_tzinfo(zone, zone.key, date(first.year, 1, 1), date(last.year + 1, 1, 1))


def _event(uid: str, summary: str, span: tuple[datetime, datetime], zone: ZoneInfo, at: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("summary", summary)
    event.add("dtstart", span[0].astimezone(zone))
    event.add("dtend", span[1].astimezone(zone))
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", max(int((at - EPOCH).total_seconds()), 0))
    return event


def _shift(shift: Any, zone: ZoneInfo) -> Event:
    summary = " ".join(filter(None, (shift.code, shift.name))) or _("Shift")
    event = _event(f"shift-{shift.pk}", summary, (shift.starts_at, shift.ends_at), zone, shift.changed_at)
    event.add("location", shift.site)
    lines = [shift.skill, *(_rest(part, zone) for part in shift.breaks), shift.note]
    if text := "\n".join(filter(None, lines)):
        event.add("description", text)
    return event


def _rest(part: Any, zone: ZoneInfo) -> str:
    begin, end = (at.astimezone(zone) for at in (part.starts_at, part.ends_at))
    return f"{part.label} {begin:%H:%M}–{end:%H:%M}"


def _leave(leave: Any, zone: ZoneInfo) -> Event:
    at = leave.filed_at or leave.decided_at or leave.requested_at
    span = (leave.starts_at, leave.ends_at)
    event = _event(f"leave-{leave.pk}", _("On leave"), span, zone, at)
    event.add("transp", "TRANSPARENT")
    return event
