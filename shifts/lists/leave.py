"""The list of leave."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.lists.spec import Column, DataList, View
from shifts.enums import LeaveState
from shifts.filters.leave import LeaveFilter
from shifts.models import Leave

MINE = View(
    "mine",
    _("Mine"),
    lambda rows, person, _now: rows.filter(person=person),
    order="-when",
    empty_title=_("You have asked for no leave yet"),
)
TO_DECIDE = View(
    "waiting",
    _("To decide"),
    lambda rows, person, _now: rows.filter(state=LeaveState.REQUESTED).exclude(person=person),
    counted=True,
    empty_title=_("Nothing waits for a decision"),
)
TO_FILE = View(
    "to_file",
    _("To file"),
    lambda rows, person, _now: rows.filter(state=LeaveState.APPROVED).exclude(person=person),
    counted=True,
    empty_title=_("Nothing waits to be filed"),
)
AHEAD = View("ahead", _("Away now and soon"), lambda rows, _person, now: rows.live().filter(ends_at__gt=now))
ALL = View("all", pgettext_lazy("leave", "All"), lambda rows, _person, _now: rows, order="-when")


class LeaveList(DataList):
    """The own leave; to whoever decides, files or answers for people also theirs."""

    name = "leave"
    title = pgettext_lazy("absence", "Leave")
    url = "shifts:leave_list"
    views = (TO_DECIDE, TO_FILE, AHEAD, MINE, ALL)
    columns = (
        Column("number", _("Number"), value=str, sheet_only=True),
        Column("person", _("Person"), ("person__name", "starts_at"), lambda row: row.person.name),
        Column("work_number", _("Work number"), value=lambda row: row.person.work_number, sheet_only=True),
        Column("type", _("Type"), value=lambda row: row.type.name),
        Column("when", _("From"), ("starts_at",), lambda row: row.starts_at),
        Column("until", _("Until"), value=lambda row: row.ends_at),
        Column("hours", _("Hours"), ("minutes",), lambda row: row.minutes / 60, css="num"),
        Column("asked", _("Asked for"), ("requested_at",), lambda row: row.requested_at, sheet_only=True),
        Column(
            "decided_by",
            _("Decided by"),
            value=lambda row: row.decided_by and row.decided_by.name,
            sheet_only=True,
        ),
        Column("override", _("Why in a peak period"), value=lambda row: row.override_reason, sheet_only=True),
        Column("filed", _("Filed"), value=lambda row: row.filed_at, sheet_only=True),
        Column("state", _("Step"), value=lambda row: row.get_state_display()),
    )
    order = "when"
    filters = LeaveFilter
    words = _("Name or work number")
    row = "shifts/_leave_row.html"
    bulk = "shifts/_leave_bulk.html"
    empty_title = _("No leave here")
    empty_text = _("Leave that was asked for stands here with how it was decided.")

    def rows(self, person: Any) -> QuerySet[Leave]:
        """Return the leave that the person sees."""
        return Leave.objects.visible_to(person).for_list()

    def views_for(self, person: Any) -> tuple[View, ...]:
        """Return the own leave; with the rest for those whom it concerns."""
        decides, files = person.has_perm("shifts.decide"), person.has_perm("shifts.file")
        shown = {
            TO_DECIDE: decides,
            TO_FILE: files,
            AHEAD: decides or files,
            MINE: True,
            ALL: decides or files,
        }
        return tuple(view for view in self.views if shown[view])
