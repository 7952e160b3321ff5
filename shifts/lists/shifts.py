"""The list of shifts: the plan row by row, to filter and to take along as a file."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.lists.spec import Column, DataList, View
from shifts.filters.rosters import PlannedFilter
from shifts.models import Shift
from shifts.querysets.scope import of_sites


def _clock(instant: Any) -> str:
    return f"{timezone.localtime(instant):%H:%M}"


class ShiftList(DataList):
    """The shifts of the rosters whose board somebody may open, by day. Times are those of the reader's zone."""

    name = "shifts"
    title = _("Shifts")
    url = "shifts:shift_list"
    permission = "shifts.view_rosters"
    views = (
        View(
            "current", _("Today and to come"), lambda rows, person, _now: rows.filter(day__gte=person.today)
        ),
        View("open", _("Open shifts"), lambda rows, _person, _now: rows.filter(person=None)),
        View("untold", _("Agents do not know"), lambda rows, _person, _now: rows.changed()),
        View("all", pgettext_lazy("shifts", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("day", _("Day"), ("day", "starts_at"), lambda row: row.day),
        Column(
            "person", _("Person"), ("person__work_number", "day"), lambda row: row.person and row.person.name
        ),
        Column(
            "number",
            _("Work number"),
            value=lambda row: row.person and row.person.work_number,
            sheet_only=True,
        ),
        Column("pattern", _("Pattern"), value=lambda row: row.pattern and row.pattern.code),
        Column("begins", _("Begins"), ("starts_at",), lambda row: _clock(row.starts_at)),
        Column("ends", _("Ends"), value=lambda row: _clock(row.ends_at)),
        Column("skill", _("Skill"), value=lambda row: row.skill and row.skill.name),
        Column("site", _("Site"), value=lambda row: str(row.roster.site)),
        Column("note", _("Note"), value=lambda row: row.note),
    )
    order = "day"
    filters = PlannedFilter
    words = _("Name or work number")
    row = "shifts/_shift_row.html"
    empty_title = _("No shift here")
    empty_text = _("Shifts are put into a roster on its board.")

    def rows(self, person: Any) -> QuerySet[Shift]:
        """Return the shifts of the plan."""
        rows: QuerySet[Shift] = Shift.objects.planned().filter(of_sites(person, "roster__site"))
        return rows.select_related("person", "pattern", "skill", "roster__site")
