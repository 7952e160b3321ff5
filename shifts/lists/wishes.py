"""The list of personal rules."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.lists.spec import Column, DataList, View
from shifts.enums import WishState
from shifts.filters.changes import WishFilter
from shifts.models import Wish

MINE = View("mine", _("Mine"), lambda rows, person, _now: rows.filter(person=person))
TO_DECIDE = View(
    "decide",
    _("To decide"),
    lambda rows, person, _now: rows.filter(state=WishState.ASKED).exclude(person=person),
    counted=True,
    empty_title=_("Nothing waits for a decision"),
)
AGREED = View(
    "agreed",
    _("Agreed, now and to come"),
    lambda rows, person, _now: rows.filter(state=WishState.AGREED).not_over(person.today),
)
ALL = View("all", pgettext_lazy("personal rules", "All"), lambda rows, _person, _now: rows)


class WishList(DataList):
    """The own personal rules; to whoever decides also those of their people."""

    name = "wishes"
    title = _("Personal rules")
    url = "shifts:wishes"
    views = (TO_DECIDE, AGREED, MINE, ALL)
    columns = (
        Column("person", _("Person"), ("person__name", "pk"), lambda row: row.person.name),
        Column("work_number", _("Work number"), value=lambda row: row.person.work_number, sheet_only=True),
        Column("rule", _("Personal rule"), value=lambda row: row.words),
        Column("priority", _("Priority"), ("priority", "pk"), lambda row: row.priority, css="num"),
        Column("since", _("From"), ("period",), lambda row: row.period.lower),
        Column("last", _("Last day"), value=lambda row: row.last_day),
        Column("step", _("Step"), value=lambda row: row.get_state_display()),
    )
    order = "-since"
    filters = WishFilter
    words = _("Name or work number")
    row = "shifts/_wish_row.html"
    empty_title = _("No personal rule")
    empty_text = _("A standing rule such as Thursdays off by 18:00; rosters honour it where cover allows.")

    def rows(self, person: Any) -> QuerySet[Wish]:
        """Return the rules that the person sees."""
        return Wish.objects.visible_to(person).select_related("person", "pattern")

    def views_for(self, person: Any) -> tuple[View, ...]:
        """Return the own rules; with the rest for those who decide."""
        return self.views if person.has_perm("shifts.decide") else (MINE,)
