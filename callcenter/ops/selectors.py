"""What the pages of calendars show."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from callcenter.errors import DomainError
from callcenter.worktime import calendars, china
from callcenter.worktime.enums import Base
from callcenter.worktime.models import Calendar, CalendarDay, Policy
from callcenter.worktime.policies import Due


class Row(NamedTuple):
    """An exception that concerns a calendar: its own or the company's, which its own one of that date replaces."""

    day: CalendarDay
    own: bool
    replaced: bool


class Year(NamedTuple):
    """The public holidays of a year. Until they are published, deadlines that rest on them are provisional."""

    number: int
    published: bool
    holidays: list[date]
    makeups: list[date]


class Preview(NamedTuple):
    """When the amount of `policy` would be over; None with the reason if it never is."""

    policy: Policy
    due: Due | None
    why: str


def exceptions(calendar: Calendar, *, year: int) -> list[Row]:
    """Return the exceptions from `year` on, of the calendar itself and of its company calendar, by date."""
    owners = {calendar.pk, calendar.parent_id} - {None}
    found = CalendarDay.objects.filter(calendar__in=owners, date__year__gte=year).order_by("date", "pk")
    days = list(found)
    mine = {day.date for day in days if day.calendar_id == calendar.pk}
    return [
        Row(day, own=(own := day.calendar_id == calendar.pk), replaced=not own and day.date in mine)
        for day in days
    ]


def public_years(calendar: Calendar, *, year: int) -> list[Year]:
    """Return the public holidays of `year` and the next, as far as they are known; none if it keeps none."""
    if calendar.base != Base.CHINA:
        return []
    years = ((number, china.year_days(number)) for number in (year, year + 1))
    return [
        Year(number, days.published, sorted(days.holidays), sorted(days.makeups)) for number, days in years
    ]


def preview(calendar: Calendar, policies: QuerySet[Policy], code: str, *, now: datetime) -> Preview | None:
    """Return when the policy `code`, else the first one, would be over that started now on the calendar."""
    found = list(policies)
    policy = next((policy for policy in found if policy.code == code), found[0] if found else None)
    if policy is None:
        return None
    try:
        return Preview(policy, policy.due(now, calendars.load(calendar.pk)), "")
    except DomainError as refusal:
        return Preview(policy, None, f"{refusal.message} {refusal.mend}".strip())
