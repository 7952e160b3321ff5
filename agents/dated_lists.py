"""The lists of who has which skill, of terms, of teams with their span of control, and of applications."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.enums import ApplicationState
from agents.filters import ApplicationFilter, PlacedFilter, SkillFilter, TeamListFilter
from agents.models import Application, Contract, Employment, PersonSkill, Team, User
from agents.teams import with_span
from callcenter.lists.spec import Column, DataList, View

SOON = timedelta(days=60)
"""What ends within it is shown as about to end."""


def _number(row: Any) -> str:
    return str(row.person.work_number)


class SkillList(DataList):
    """Who has which skill, and from when until when."""

    name = "skills"
    title = _("Skills of people")
    url = "agents:skills"
    permission = "agents.view_people"
    views = (
        View("held", pgettext_lazy("skills", "Held"), lambda rows, person, _now: rows.on(person.today)),
        View(
            "ending",
            _("Ending soon"),
            lambda rows, person, _now: rows.on(person.today).filter(
                period__endswith__lte=person.today + SOON
            ),
            counted=True,
        ),
        View(
            "coming",
            _("To come"),
            lambda rows, person, _now: rows.filter(period__startswith__gt=person.today),
        ),
        View("all", _("All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("person", _("Person"), ("person__name",), lambda row: row.person.name),
        Column("number", _("Work number"), ("person__work_number",), _number),
        Column("site", _("Site"), value=lambda row: row.person.site.name),
        Column("skill", _("Skill"), ("skill__name", "person__work_number"), lambda row: row.skill.name),
        Column("level", _("Level"), ("level", "person__work_number"), lambda row: row.level, "num"),
        Column("since", _("From"), ("period",), lambda row: row.period.lower),
        Column("until", _("Last day"), ("period__endswith",), lambda row: row.last_day),
    )
    order = "number"
    filters = SkillFilter
    words = _("Work number or name")
    row = "agents/_skill_row.html"
    empty_title = _("No skill here")
    empty_text = _("Skills are given on a person's page, or come in with a list.")

    def rows(self, person: Any) -> QuerySet[PersonSkill]:
        """Return the skills of the people whom the person answers for."""
        return PersonSkill.objects.visible_to(person).select_related("person__site", "skill")


class TermsList(DataList):
    """From when until when people work here, and how many hours a week."""

    name = "terms"
    title = _("Employment and hours")
    url = "agents:terms"
    permission = "agents.view_people"
    views = (
        View("active", _("Working here"), lambda rows, _person, _now: rows.filter(is_active=True)),
        View(
            "ending",
            _("Ending soon"),
            lambda rows, person, _now: rows.filter(employed_until__lte=person.today + SOON),
            counted=True,
        ),
        View(
            "unknown",
            _("Without an employment"),
            lambda rows, _person, _now: rows.filter(is_active=True, employed_since=None),
        ),
    )
    columns = (
        Column("person", _("Person"), ("name",), lambda row: row.name),
        Column("number", _("Work number"), ("work_number",), lambda row: row.work_number),
        Column("site", _("Site"), ("site__name", "work_number"), lambda row: row.site.name),
        Column("since", _("Employed from"), ("employed_since",), lambda row: row.employed_since),
        Column("until", _("Last day of employment"), ("employed_until",), lambda row: row.last_day),
        Column("hours", _("Hours a week"), ("weekly_minutes",), lambda row: row.hours, "num"),
        Column("hours_since", _("Hours from"), value=lambda row: row.hours_since),
    )
    order = "number"
    filters = PlacedFilter
    words = _("Work number or name")
    row = "agents/_terms_row.html"
    empty_title = _("Nobody here")
    empty_text = _("Employments are recorded on a person's page, or come in with a list.")

    def rows(self, person: Any) -> QuerySet[User]:
        """Return the people whom the person answers for, with the terms of today or those that come next."""
        employed = Employment.objects.filter(person=OuterRef("pk")).not_over(person.today).order_by("period")
        hours = Contract.objects.filter(person=OuterRef("pk")).not_over(person.today).order_by("period")
        people: QuerySet[User] = (
            User.objects.visible_to(person)
            .select_related("site")
            .annotate(
                employed_since=Subquery(employed.values("period__startswith")[:1]),
                employed_until=Subquery(employed.values("period__endswith")[:1]),
                weekly_minutes=Subquery(hours.values("weekly_minutes")[:1]),
                hours_since=Subquery(hours.values("period__startswith")[:1]),
            )
        )
        return people

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Give each row its last day and its hours."""
        for row in rows:
            row.last_day, row.hours = _last(row.employed_until), _hours(row.weekly_minutes)


def _last(until: date | None) -> date | None:
    return until - timedelta(days=1) if until else None


def _hours(minutes: int | None) -> float | None:
    return None if minutes is None else round(minutes / 60, 4)


class TeamList(DataList):
    """The teams with their size and lead, and how many people the lead leads in all."""

    name = "teams"
    title = _("Teams")
    url = "agents:teams"
    permission = "agents.view_people"
    views = (
        View("all", _("All"), lambda rows, _person, _now: rows),
        View("far", _("Far from 1:20"), lambda rows, _person, _now: rows.filter(is_far=True), counted=True),
        View(
            "no_lead",
            _("Without a lead"),
            lambda rows, _person, _now: rows.filter(lead_pk=None),
            counted=True,
        ),
    )
    columns = (
        Column("team", _("Team"), ("name",), lambda row: row.name),
        Column("site", _("Site"), ("site__name", "name"), lambda row: row.site.name),
        Column("lead", _("Team lead"), ("lead_name",), lambda row: row.lead_name),
        Column("number", _("Work number of the lead"), value=lambda row: row.lead_number, sheet_only=True),
        Column("heads", _("Agents"), ("heads",), lambda row: row.heads, "num"),
        Column("span", _("Span of control"), ("span",), lambda row: row.span),
    )
    order = "site"
    filters = TeamListFilter
    words = _("Name of a team")
    row = "agents/_team_row.html"
    empty_title = _("No team here")
    empty_text = _("About twenty agents have one lead; a team far from that is marked.")

    def rows(self, person: Any) -> QuerySet[Team]:
        """Return the teams that the person sees, as they are today."""
        return with_span(Team.objects.visible_to(person), on=person.today, today=person.today)


class ApplicationList(DataList):
    """Applications for extra roles: the own ones, and those of the people whom somebody answers for."""

    name = "applications"
    title = _("Applications for extra roles")
    url = "agents:applications"
    views = (
        View(
            "waiting",
            _("Waiting"),
            lambda rows, _person, _now: rows.filter(state=ApplicationState.ASKED),
            counted=True,
        ),
        View("mine", _("My own"), lambda rows, person, _now: rows.filter(person=person)),
        View("all", _("All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("person", _("Person"), ("person__name",), lambda row: row.person.name),
        Column("number", _("Work number"), ("person__work_number",), _number),
        Column("role", _("Extra role"), ("role__name",), lambda row: row.role.name),
        Column("reason", _("Why"), value=lambda row: row.reason, sheet_only=True),
        Column("asked", _("Asked"), ("asked_at",), lambda row: row.asked_at),
        Column("state", _("Step"), value=lambda row: row.get_state_display()),
        Column("decided_by", _("Decided by"), value=lambda row: row.decided_by and str(row.decided_by)),
        Column("decision", _("Reason given"), value=lambda row: row.decision, sheet_only=True),
    )
    order = "-asked"
    filters = ApplicationFilter
    words = _("Work number or name")
    row = "agents/_application_row.html"
    empty_title = _("No application here")
    empty_text = _("Agents apply for an extra role on their own page.")

    def rows(self, person: Any) -> QuerySet[Application]:
        """Return the applications that the person sees."""
        seen = Application.objects.visible_to(person)
        return seen.select_related("person__site", "role", "decided_by")
