"""A person's past, present and future in one line of events, and what holds today."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agents.models import User
from agents.selectors import direct_superior
from callcenter.templatetags.ui import instant


@dataclass(frozen=True, slots=True)
class Event:
    """Something that began or ended on a day."""

    on: date
    icon: str
    text: str
    note: str = ""


def of(person: User, *, now: datetime) -> dict[str, Any]:
    """Return everything dated about a person.

    That is {events, coming, teams, leads, roles, absences, superior_today, joined, now}: `events` happened up to today, the newest last, `coming` are later; `absences` are not over; the others hold today.
    """
    today = person.today
    grants = list(person.role_grants.select_related("site", "region", "department"))
    memberships = list(person.memberships.select_related("team__site"))
    leaderships = list(person.leaderships.select_related("team__site"))
    superiors = list(person.superiors.select_related("superior"))
    absences = list(person.absences.select_related("stand_in").order_by("period"))
    events = [
        Event(timezone.localdate(person.joined_at), "user", _("The account is made")),
        *_dated(memberships, "people", _("Joins %s"), _("Leaves %s"), _team),
        *_dated(leaderships, "floor", _("Leads %s"), _("No longer leads %s"), _team, parallel=True),
        *_dated(grants, "shield", _("Becomes %s"), _("Is no longer %s"), role, parallel=True),
        *_dated(superiors, "ascend", _("Reports to %s"), _("No longer reports to %s"), _superior),
        *(_away(absence) for absence in absences),
    ]
    events.sort(key=lambda event: event.on)
    return {
        "events": [event for event in events if event.on <= today],
        "coming": [event for event in events if event.on > today],
        "teams": [row.team for row in _of_day(memberships, today)],
        "leads": [row.team for row in _of_day(leaderships, today)],
        "roles": [role(row) for row in _of_day(grants, today)],
        "absences": [row for row in absences if row.period.upper > now],
        "superior_today": direct_superior(person, today),
        "joined": timezone.localdate(person.joined_at),
        "now": now,
    }


def role(grant: Any) -> str:
    """Return a role with what it is limited to."""
    return f"{grant.get_role_display()} · {grant.scope}" if grant.scope else str(grant.get_role_display())


def _team(row: Any) -> str:
    return f"{row.team} · {row.team.site}"


def _superior(row: Any) -> str:
    return str(row.superior)


def _of_day(rows: Iterable[Any], day: date) -> list[Any]:
    return [row for row in rows if row.period.lower <= day and (row.last_day is None or day <= row.last_day)]


def _dated(
    rows: list[Any], icon: str, begins: str, ends: str, what: Callable[[Any], str], *, parallel: bool = False
) -> Iterator[Event]:
    """Yield when each row begins and ends; that one makes way for the next goes without saying.

    Rows that may hold in `parallel` make way for their like only.
    """
    starts = {(row.period.lower, what(row) if parallel else "") for row in rows}
    for row in rows:
        yield Event(row.period.lower, icon, begins % what(row))
        if row.period.upper and (row.period.upper, what(row) if parallel else "") not in starts:
            yield Event(row.period.upper, icon, ends % what(row))


def _away(absence: Any) -> Event:
    until = _("Away until %(until)s") % {"until": instant(absence.period.upper)}
    stand_in = _("%(person)s stands in") % {"person": absence.stand_in} if absence.stand_in else ""
    note = " · ".join(filter(None, (stand_in, absence.reason)))
    return Event(timezone.localdate(absence.period.lower), "clock", until, note)
