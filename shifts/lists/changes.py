"""The lists of changes and of open shifts."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.models import User
from callcenter.lists.spec import Column, DataList, View
from shifts.enums import ChangeState
from shifts.filters.changes import ChangeFilter, OpenShiftFilter
from shifts.models import Change
from shifts.selectors.offers import open_shifts, with_why

MINE = View(
    "mine",
    _("Mine"),
    lambda rows, person, _now: rows.with_part_of(person),
    order="-asked",
    empty_title=_("You have asked for no change yet"),
)
TO_ANSWER = View(
    "answer",
    _("To answer"),
    lambda rows, person, _now: rows.filter(state=ChangeState.ASKED, colleague=person),
    counted=True,
    empty_title=_("Nobody waits for your answer"),
)
TO_DECIDE = View(
    "decide",
    _("To decide"),
    lambda rows, person, _now: rows.decidable_by(person),
    counted=True,
    empty_title=_("Nothing waits for a decision"),
)
TO_FILE = View(
    "file",
    _("To file"),
    lambda rows, person, _now: rows.fileable_by(person),
    counted=True,
    order="shift",
    empty_title=_("Nothing waits to be filed"),
)
ALL = View("all", pgettext_lazy("changes", "All"), lambda rows, _person, _now: rows, order="-asked")


class ChangeList(DataList):
    """The changes in which a person has a part; for whoever decides or files also those of others."""

    name = "changes"
    title = _("Swaps and changes")
    url = "shifts:change_list"
    views = (TO_DECIDE, TO_FILE, TO_ANSWER, MINE, ALL)
    columns = (
        Column("number", _("Number"), value=str, sheet_only=True),
        Column("what", _("What is asked for"), value=lambda row: row.get_kind_display()),
        Column("person", _("Asked by"), ("person__name", "asked_at"), lambda row: row.person.name),
        Column("work_number", _("Work number"), value=lambda row: row.person.work_number, sheet_only=True),
        Column("colleague", _("Colleague"), value=lambda row: row.colleague and row.colleague.name),
        Column("shift", _("Shift"), ("starts_at",), lambda row: row.starts_at),
        Column("ends", _("Shift ends"), value=lambda row: row.ends_at, sheet_only=True),
        Column("other", _("For the shift"), value=lambda row: row.other_starts_at, sheet_only=True),
        Column("new_begin", _("New begin"), value=lambda row: row.new_starts_at, sheet_only=True),
        Column("new_end", _("New end"), value=lambda row: row.new_ends_at, sheet_only=True),
        Column("asked", _("Asked"), ("asked_at",), lambda row: row.asked_at, sheet_only=True),
        Column("due", _("To be decided by"), ("due_at",), lambda row: row.due_at),
        Column("decided", _("Decided"), value=lambda row: row.decided_at, sheet_only=True),
        Column("filed", _("Filed"), value=lambda row: row.filed_at, sheet_only=True),
        Column("step", _("Step"), value=lambda row: row.get_state_display()),
    )
    order = "due"
    filters = ChangeFilter
    words = _("Name or work number")
    row = "shifts/_change_row.html"
    bulk = "shifts/_change_bulk.html"
    empty_title = _("No change here")
    empty_text = _("Ask for one from a shift of your roster; what becomes of it stands here.")

    def rows(self, person: Any) -> QuerySet[Change]:
        """Return the changes that the person sees."""
        return Change.objects.visible_to(person).for_list()

    def views_for(self, person: Any) -> tuple[View, ...]:
        """Return what the person has a part in; to those who decide or file the rest too."""
        decides, files = person.has_perm("shifts.decide_change"), person.has_perm("shifts.file_change")
        shown = {TO_DECIDE: decides, TO_FILE: files, ALL: decides or files}
        return tuple(view for view in self.views if shown.get(view, True))

    def first_view(self, person: Any) -> str:
        """Return what waits for a decision or to be filed; to everybody else their own."""
        first = self.views_for(person)[0]
        return MINE.key if first is TO_ANSWER else first.key


class OpenShiftList(DataList):
    """The published shifts of the own site that are nobody's, and whether the person could take each."""

    name = "open_shifts"
    title = _("Open shifts")
    url = "shifts:open_shifts"
    columns = (
        Column("day", _("Day"), ("day", "starts_at"), lambda row: row.day),
        Column("begins", _("Begins"), value=lambda row: row.published_starts_at),
        Column("ends", _("Ends"), value=lambda row: row.published_ends_at),
        Column("skill", _("Skill"), ("skill__name", "starts_at"), lambda row: row.skill and row.skill.name),
        Column("why", _("For you"), value=lambda row: " ".join(getattr(row, "why", []))),
    )
    order = "day"
    filters = OpenShiftFilter
    row = "shifts/_open_row.html"
    empty_title = _("No open shift")
    empty_text = _("When a published shift has nobody yet, it stands here for whoever takes it first.")

    def rows(self, person: Any) -> QuerySet[Any]:
        """Return the open shifts of the person's site, each with who reads it."""
        rows: QuerySet[Any] = open_shifts(person, now=timezone.now()).annotate(reader=Value(person.pk))
        return rows

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Say of each what stands against the reader taking it."""
        if rows:
            with_why(rows, User.objects.select_related("site__calendar").get(pk=rows[0].reader))
