"""The list of employee feedback."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from callcenter.access import Role
from callcenter.lists.spec import Column, DataList, View
from feedback import selectors
from feedback.filters import ItemFilter
from feedback.models import Item
from feedback.querysets import ItemQuerySet

MINE = View(
    "mine",
    _("Mine"),
    lambda rows, person, _now: rows.written_by(person),
    order="-submitted",
    empty_title=_("You have written nothing yet"),
)
TO_ANSWER = View(
    "to_answer", _("To answer"), lambda rows, person, _now: rows.waiting_for(person), counted=True
)
ANSWERED = View(
    "answered",
    _("Answered by my department"),
    lambda rows, person, _now: rows.answered_for(person),
)


class ItemList(DataList):
    """What a person wrote; to owners of a department also what it has to answer and has answered."""

    name = "feedback"
    title = _("Feedback")
    url = "feedback:list"
    columns = (
        Column("left", _("Time left"), ("due_at",)),
        Column("reference", _("Number"), value=str, sheet_only=True),
        Column("what", _("What it is about"), value=lambda row: row.subject),
        Column("category", _("Category"), value=lambda row: row.get_category_display(), sheet_only=True),
        Column(
            "department", _("Department"), ("department__name", "due_at"), lambda row: str(row.department or "")
        ),
        Column("author", _("Submitted by"), value=lambda row: "" if row.anonymous else row.author.person.name),
        Column("submitted", _("Submitted"), ("submitted_on", "released_at"), lambda row: row.submitted_on),
        Column("due", _("Due"), value=lambda row: row.due_at, sheet_only=True),
    )
    order = "left"
    filters = ItemFilter
    words = _("Words of the subject")
    row = "feedback/_row.html"
    empty_title = _("No item here")
    empty_text = _("What you ask a department, and what yours is asked, appears here.")

    def rows(self, person: Any) -> ItemQuerySet:
        """Return what the person wrote and what their departments are asked."""
        return Item.objects.visible_to(person).for_list()

    def prepare(self, rows: list[Item], now: datetime) -> None:
        """Count the working time left."""
        selectors.with_time_left(rows, now=now)

    def views_for(self, person: Any) -> tuple[View, ...]:
        """Return one view, or for owners of a department what waits for them first."""
        answers = person.holds(Role.DEPARTMENT_OWNER, Role.SUPERVISOR, Role.EXECUTIVE)
        return (TO_ANSWER, MINE, ANSWERED) if answers else (MINE,)
