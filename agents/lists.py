"""The list of people."""

from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from agents import selectors
from agents.filters import PeopleFilter
from agents.models import User
from callcenter.access import Role
from callcenter.drawn import draw
from callcenter.lists.spec import Column, DataList, View
from callcenter.templatetags.ui import UNKNOWN, pill

CELLS = (
    '<td class="what"><a class="cut" href="{page}"><b class="cut">{name}</b></a></td>'
    '<td class="nowrap" data-label="{number_label}">{number}</td>'
    '<td class="nowrap" data-label="{site_label}">{site}</td>'
    '<td class="nowrap" data-label="{team_label}">{team}</td>'
    '<td data-label="{roles_label}">{roles}</td>'
)


def _roles(row: Any) -> list[str]:
    return [str(Role(role).label) for role in row.roles_on]


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
        Column("team", _("Team"), value=lambda row: row.team_on),
        Column("roles", _("Roles"), value=lambda row: ", ".join(_roles(row))),
    )
    order = "number"
    filters = PeopleFilter
    words = _("Work number or name")
    empty_title = _("Nobody here")
    empty_text = _("The people whom you answer for stand here.")

    def rows(self, person: Any) -> QuerySet[User]:
        """Return the people whom the person answers for."""
        return selectors.with_place(User.objects.visible_to(person), on=person.today, team="team__name")

    def for_page(self, rows: QuerySet[User]) -> QuerySet[User]:
        """Return the rows with what their cells show."""
        return rows.only("name", "work_number", "site__name")

    def cells(self, row: Any, person: Any, labels: dict[str, str]) -> SafeString:
        """Draw a person: where they work, and as what."""
        return draw(
            CELLS,
            page=row.get_absolute_url(),
            name=row.name,
            number_label=labels["number"],
            number=row.work_number,
            site_label=labels["site"],
            site=row.site.name,
            team_label=labels["team"],
            team=row.team_on or UNKNOWN,
            roles_label=labels["roles"],
            roles=SafeString(" ".join(map(pill, _roles(row)))) or UNKNOWN,
        )
