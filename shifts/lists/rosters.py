"""The list of rosters."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.lists.spec import Column, DataList, View
from shifts.enums import RosterState
from shifts.filters.rosters import RosterFilter
from shifts.models import Roster


class RosterList(DataList):
    """The rosters whose board somebody may open, newest first."""

    name = "rosters"
    title = _("Rosters")
    url = "shifts:rosters"
    permission = "shifts.view_rosters"
    views = (
        View(
            "current",
            _("Now and to come"),
            lambda rows, person, _now: rows.filter(period__endswith__gt=person.today),
        ),
        View(
            "drafts",
            _("Drafts"),
            lambda rows, _person, _now: rows.filter(state=RosterState.DRAFT),
            counted=True,
        ),
        View("all", pgettext_lazy("rosters", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("since", _("From"), ("period",), lambda row: row.period.lower),
        Column("until", _("Last day"), value=lambda row: row.last_day),
        Column("site", _("Site"), ("site__name", "period"), lambda row: str(row.site)),
        Column("shifts", _("Shifts"), value=lambda row: row.shift_count, css="num"),
        Column("open", _("Open shifts"), value=lambda row: row.open_count, css="num"),
        Column("state", _("State"), value=lambda row: row.get_state_display()),
        Column("published", _("Published"), value=lambda row: row.published_at),
    )
    order = "-since"
    filters = RosterFilter
    row = "shifts/_roster_row.html"
    empty_title = _("No roster here")
    empty_text = _("A roster holds the shifts of a site for some days: make one, fill it, then publish it.")

    def rows(self, person: Any) -> QuerySet[Roster]:
        """Return the rosters that the person sees."""
        planned = Q(shifts__is_removed=False)
        return (
            Roster.objects.visible_to(person)
            .select_related("site")
            .annotate(
                shift_count=Count("shifts", planned),
                open_count=Count("shifts", planned & Q(shifts__person=None)),
            )
        )
