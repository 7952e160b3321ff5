"""The list of people."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agents import selectors
from agents.filters import PeopleFilter
from agents.models import User
from callcenter.lists.spec import Column, DataList, View


def _team(row: Any) -> str | None:
    return row.teams_on[0].team.name if row.teams_on else None


def _roles(row: Any) -> str:
    return ", ".join(str(grant.get_role_display()) for grant in row.grants_on)


class PeopleList(DataList):
    """The people whom a person answers for, with the team and the roles of the day."""

    name = "people"
    title = _("People")
    url = "agents:people"
    permission = "agents.view_people"
    views = (
        View("active", _("Working here"), lambda rows, _person, _now: rows.filter(is_active=True)),
        View("closed", _("Closed accounts"), lambda rows, _person, _now: rows.filter(is_active=False)),
    )
    columns = (
        Column("person", _("Person"), ("name",), lambda row: row.name),
        Column("number", _("Work number"), ("work_number",), lambda row: row.work_number),
        Column("site", _("Site"), ("site__name", "work_number"), lambda row: row.site.name),
        Column("team", _("Team"), value=_team),
        Column("roles", _("Roles"), value=_roles),
    )
    order = "number"
    filters = PeopleFilter
    words = _("Work number or name")
    row = "agents/_row.html"
    empty_title = _("Nobody here")
    empty_text = _("The people whom you answer for stand here.")

    def rows(self, person: Any) -> QuerySet[User]:
        """Return the people whom the person answers for."""
        return selectors.with_place(User.objects.visible_to(person), on=person.today)
