"""A person's past, present and future in one line of events, and what holds today."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from agents.models import (
    Employment,
    ExtraRoleHolding,
    Leadership,
    Membership,
    PersonSkill,
    RoleGrant,
    Superior,
    User,
)
from agents.selectors import direct_superior
from callcenter.templatetags.ui import duration, instant

DATED = (
    Prefetch("role_grants", RoleGrant.objects.select_related("site", "region", "department")),
    Prefetch("memberships", Membership.objects.select_related("team__site")),
    Prefetch("leaderships", Leadership.objects.select_related("team__site")),
    Prefetch("superiors", Superior.objects.select_related("superior")),
    Prefetch("skills", PersonSkill.objects.select_related("skill")),
    Prefetch("extra_roles", ExtraRoleHolding.objects.select_related("role")),
    Prefetch("employments", Employment.objects.order_by("period")),
    "contracts",
)
"""What a person's page reads of everything dated, each once."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that began or ended on a day."""

    on: date
    icon: str
    text: str
    note: str = ""


def of(person: User, *, now: datetime) -> dict[str, Any]:
    """Return everything dated about a person.

    That is {events, coming, teams, leads, roles, skills, employment, hours, extra_roles, absences, superior_today,
    joined, now}: `events` happened up to today, the newest last, `coming` are later; `absences` are not over;
    `employment` is the one that holds or comes next; the others hold today.
    """
    today = person.today
    prefetch_related_objects([person], *DATED)
    grants, memberships = list(person.role_grants.all()), list(person.memberships.all())
    leaderships, superiors = list(person.leaderships.all()), list(person.superiors.all())
    skills, extra_roles = list(person.skills.all()), list(person.extra_roles.all())
    employments, contracts = list(person.employments.all()), list(person.contracts.all())
    absences = list(person.absences.select_related("stand_in").order_by("period"))
    events = [
        Event(timezone.localdate(person.joined_at), "user", _("The account is made")),
        *_dated(memberships, "people", _("Joins %s"), _("Leaves %s"), _team),
        *_dated(leaderships, "floor", _("Leads %s"), _("No longer leads %s"), _team, parallel=True),
        *_dated(grants, "shield", _("Becomes %s"), _("Is no longer %s"), role, parallel=True),
        *_dated(superiors, "ascend", _("Reports to %s"), _("No longer reports to %s"), _superior),
        *_employed(employments),
        *_dated(contracts, "clock", _("%s a week are agreed"), _("%s a week no longer hold"), _hours),
        *_dated(skills, "ok", _("Has the skill %s"), _("No longer has the skill %s"), _skill, parallel=True),
        *_dated(
            extra_roles,
            "user",
            _("Holds the extra role %s"),
            _("Lays down the extra role %s"),
            _role,
            parallel=True,
        ),
        *(_away(absence) for absence in absences),
    ]
    events.sort(key=lambda event: event.on)
    return {
        "events": [event for event in events if event.on <= today],
        "coming": [event for event in events if event.on > today],
        "teams": [row.team for row in _of_day(memberships, today)],
        "leads": [row.team for row in _of_day(leaderships, today)],
        "roles": [role(row) for row in _of_day(grants, today)],
        "skills": sorted(_of_day(skills, today), key=lambda row: row.skill.name),
        "employment": next((row for row in employments if not row.is_over(today)), None),
        "hours": next((_hours(row) for row in _of_day(contracts, today)), ""),
        "extra_roles": _of_day(extra_roles, today),
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


def _employed(rows: Iterable[Any]) -> Iterator[Event]:
    for row in rows:
        yield Event(row.period.lower, "user", _("The employment begins"))
        if row.period.upper:
            yield Event(row.period.upper, "user", _("The employment has ended"))


def _hours(row: Any) -> str:
    return duration(row.weekly_minutes * 60)


def _skill(row: Any) -> str:
    return _("%(skill)s at level %(level)d") % {"skill": row.skill, "level": row.level}


def _role(row: Any) -> str:
    return str(row.role)


def _of_day(rows: Iterable[Any], day: date) -> list[Any]:
    return [row for row in rows if row.period.lower <= day and not row.is_over(day)]


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
