"""Which hours a request for leave begins with: those of a working day of the person."""

from datetime import date, datetime, timedelta
from typing import Any

from callcenter.worktime import calendars
from shifts.enums import STEP_MINUTES
from shifts.leave_time import Span, on_day, step_before
from shifts.models import Shift
from shifts.selectors.leave import zone_of


def suggested(person: Any, day: str, *, now: datetime) -> Span:
    """Return the hours of the person's published shift on the day that the address names, else the business hours from then on.

    A day that is none means tomorrow. The hours are widened to half hours.
    """
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        wanted = now.astimezone(zone_of(person)).date() + timedelta(days=1)
    told = Shift.objects.filter(published_person=person, day=wanted).order_by("published_starts_at")
    hours: Any = told.values_list("published_starts_at", "published_ends_at").first()
    since, until = hours or _business(person, wanted)
    latest = until + timedelta(minutes=STEP_MINUTES) - timedelta(microseconds=1)
    return step_before(since), step_before(latest)


def _business(person: Any, day: date) -> Span:
    hours = calendars.load(person.site.calendar_id)
    opens = hours.next_opening(on_day(day, zone_of(person))[0])
    return opens, hours.next_close(opens)
