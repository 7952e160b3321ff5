"""The lists of attendance, of adherence and of corrections."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.lists.spec import Column, DataList, View
from shifts.enums import Attended, CorrectionState
from shifts.filters.attendance import AttendanceFilter, CorrectionFilter
from shifts.models import Attendance, Correction
from shifts.selectors import adherence

MISSING = Q(came_at=None) | Q(left_at=None, scheduled_seconds__isnull=False)
WEEK = timedelta(days=7)


def _percent(row: Any) -> int | None:
    found = adherence.of_row(row)
    return found.percent if found else None


class AttendanceList(DataList):
    """How the shifts of the people whom somebody answers for were attended, and the own."""

    name = "attendance"
    title = _("Attendance")
    url = "shifts:attendance_list"
    views = (
        View("all", pgettext_lazy("attendance", "All"), lambda rows, _person, _now: rows),
        View("today", _("Today"), lambda rows, person, _now: rows.filter(day=person.today)),
        View(
            "away",
            _("Late or absent"),
            lambda rows, _person, _now: rows.exclude(result=Attended.PRESENT),
        ),
        View(
            "missing",
            _("A mark is missing"),
            lambda rows, _person, _now: rows.filter(MISSING).exclude(result=Attended.ABSENT),
        ),
    )
    columns: tuple[Column, ...] = (
        Column("person", _("Person"), ("person__name", "day"), lambda row: row.person.name),
        Column("number", _("Work number"), value=lambda row: row.person.work_number, sheet_only=True),
        Column("day", _("Day"), ("day", "begins_at"), lambda row: row.day),
        Column("begins", _("Begins"), value=lambda row: row.begins_at, sheet_only=True),
        Column("ends", _("Ends"), value=lambda row: row.ends_at, sheet_only=True),
        Column("came", _("Came"), value=lambda row: row.came_at),
        Column("left", pgettext_lazy("attendance", "Left"), value=lambda row: row.left_at),
        Column("late", _("Minutes late"), ("late_minutes", "day"), lambda row: row.late_minutes, css="num"),
        Column(
            "early", _("Minutes early"), ("early_minutes", "day"), lambda row: row.early_minutes, css="num"
        ),
        Column(
            "result",
            pgettext_lazy("attendance", "Result"),
            ("result", "day"),
            lambda row: row.get_result_display(),
        ),
        Column("adherence", _("Adherence, %"), ("share", "day"), _percent, css="num"),
        Column("scheduled", _("Seconds planned"), value=lambda row: row.scheduled_seconds, sheet_only=True),
        Column("logged", _("Seconds logged"), value=lambda row: row.logged_seconds, sheet_only=True),
        Column("right", _("Seconds as planned"), value=lambda row: row.right_seconds, sheet_only=True),
    )
    order = "-day"
    filters = AttendanceFilter
    words = _("Work number or name")
    row = "shifts/_attendance_row.html"
    empty_title = _("No attendance here")
    empty_text = _("A day stands here once its shift has begun: who came when, by the marks of the clock.")

    def rows(self, person: Any) -> QuerySet[Attendance]:
        """Return the attendance that the person sees."""
        share = F("right_seconds") * 1000 / F("scheduled_seconds")
        visible: QuerySet[Attendance] = Attendance.objects.visible_to(person).select_related("person")
        return visible.annotate(share=share)

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Give each its adherence."""
        for row in rows:
            row.adherence = adherence.of_row(row)


class AdherenceList(AttendanceList):
    """The same shifts with what was done in them, drawn half hour by half hour."""

    name = "adherence"
    title = _("Adherence")
    url = "shifts:adherence_list"
    views = (
        View("today", _("Today"), lambda rows, person, _now: rows.filter(day=person.today)),
        View(
            "yesterday",
            _("Yesterday"),
            lambda rows, person, _now: rows.filter(day=person.today - timedelta(days=1)),
        ),
        View(
            "week",
            _("Last 7 days"),
            lambda rows, person, _now: rows.filter(day__gte=person.today - WEEK, day__lte=person.today),
        ),
        View("all", pgettext_lazy("attendance", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        *(one for one in AttendanceList.columns if one.key in ("person", "number", "day", "begins", "ends")),
        Column("strip", _("Planned and done")),
        *(one for one in AttendanceList.columns if one.key in ("adherence", "scheduled", "logged", "right")),
    )
    row = "shifts/_adherence_row.html"
    empty_title = _("No adherence here")
    empty_text = _("It is worked out from rosters and from the states that telephone systems log.")

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Give each its slices, and its adherence up to now."""
        slices = adherence.slices_of([row.shift_id for row in rows], now=now)
        for row in rows:
            row.slices = slices[row.shift_id]
            row.adherence = adherence.of_row(row) or adherence.of_slices(row.slices)


class CorrectionList(DataList):
    """Corrections of attendance: the own, and those of the people whom somebody answers for."""

    name = "corrections"
    title = _("Corrections of attendance")
    url = "shifts:correction_list"
    views = (
        View(
            "waiting",
            _("To decide"),
            lambda rows, person, _now: rows.filter(state=CorrectionState.ASKED).exclude(person=person),
            counted=True,
            empty_title=_("No correction waits for you"),
        ),
        View("mine", _("My own"), lambda rows, person, _now: rows.filter(person=person)),
        View("all", pgettext_lazy("corrections", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("number", _("Number"), value=str, sheet_only=True),
        Column("person", _("Person"), ("person__name", "asked_at"), lambda row: row.person.name),
        Column("work_number", _("Work number"), value=lambda row: row.person.work_number, sheet_only=True),
        Column("day", _("Day"), ("shift__day", "asked_at"), lambda row: row.shift.day),
        Column("came", _("Came"), value=lambda row: row.came_at),
        Column("left", pgettext_lazy("attendance", "Left"), value=lambda row: row.left_at),
        Column("reason", _("Reason"), value=lambda row: row.reason),
        Column("asked", _("Asked for"), ("asked_at",), lambda row: row.asked_at),
        Column("state", _("State"), value=lambda row: row.get_state_display()),
    )
    order = "-asked"
    filters = CorrectionFilter
    words = _("Work number or name")
    row = "shifts/_correction_row.html"
    empty_title = _("No correction here")
    empty_text = _("Where the clock was wrong, agents say from their own roster what it should have shown.")

    def rows(self, person: Any) -> QuerySet[Correction]:
        """Return the corrections that the person sees."""
        return Correction.objects.visible_to(person).select_related("person", "shift", "decided_by")

    def views_for(self, person: Any) -> tuple[View, ...]:
        """Return the own; to those who decide also the rest."""
        return self.views if person.has_perm("shifts.decide") else self.views[1:2]
