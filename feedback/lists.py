"""The lists of employee feedback: the board that everybody reads, and what a person wrote or has to answer."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.access import Role
from callcenter.lists.spec import Column, DataList, View
from feedback import selectors
from feedback.enums import Interest
from feedback.filters import BoardFilter, ItemFilter
from feedback.models import Backing, Item
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
    _("Answered by my side"),
    lambda rows, person, _now: rows.answered_for(person),
    order="-submitted",
)
DEPARTMENT = Column(
    "department", _("Department"), ("department__name", "due_at"), lambda row: str(row.department or "")
)


class ItemList(DataList):
    """What a person wrote; to those who answer also what waits for them and what they have answered."""

    name = "feedback"
    title = _("Feedback")
    url = "feedback:list"
    views = (TO_ANSWER, MINE, ANSWERED)
    columns = (
        Column("left", _("Time left"), ("due_at",)),
        Column("reference", _("Number"), value=str, sheet_only=True),
        Column("what", _("What it is about"), value=lambda row: row.subject),
        Column("category", _("Category"), value=lambda row: row.get_category_display(), sheet_only=True),
        DEPARTMENT,
        Column(
            "author", _("Submitted by"), value=lambda row: "" if row.anonymous else row.author.person.name
        ),
        Column("submitted", _("Submitted"), ("submitted_on", "released_at"), lambda row: row.submitted_on),
        Column("state", _("Step"), value=lambda row: row.get_status_display(), sheet_only=True),
        Column("due", _("Due"), value=lambda row: row.due_at, sheet_only=True),
    )
    order = "left"
    filters = ItemFilter
    words = _("Number, words of the subject")
    row = "feedback/_row.html"
    empty_title = _("No item here")
    empty_text = _("What you ask a department, and what yours is asked, appears here.")

    def rows(self, person: Any) -> ItemQuerySet:
        """Return what the person wrote and what their side is asked."""
        return Item.objects.visible_to(person).for_list()

    def prepare(self, rows: list[Item], now: datetime) -> None:
        """Count the working time left."""
        selectors.with_time_left(rows, now=now)

    def views_for(self, person: Any) -> tuple[View, ...]:
        """Return one view, or for those who answer what waits for them first."""
        answers = person.holds(Role.DEPARTMENT_OWNER, Role.SUPERVISOR, Role.EXECUTIVE)
        return self.views if answers else (MINE,)


def _joined(interest: Interest, label: Any, empty_title: Any) -> View:
    def narrow(rows: Any, person: Any, _now: datetime) -> Any:
        return rows.joined_by(person, interest)

    return View(interest.value, label, narrow, empty_title=empty_title)


def _answer(row: Any) -> str:
    return row.public_answer.text if row.public_answer else ""


class BoardList(DataList):
    """What is public: every employee reads it, and nobody sees the author's own words."""

    name = "board"
    title = _("Feedback board")
    url = "feedback:board"
    views = (
        View("newest", _("Newest answers"), lambda rows, _person, _now: rows),
        View("wanted", _("Most wanted"), lambda rows, _person, _now: rows, order="-voices"),
        _joined(Interest.ME_TOO, _("Me too"), _("You have not joined in yet")),
        _joined(Interest.FOLLOWS, _("Followed by me"), _("You follow nothing yet")),
    )
    columns = (
        Column(
            "voices", pgettext_lazy("feedback", "Me too"), ("voices", "published_at"), lambda row: row.voices
        ),
        Column("reference", _("Number"), value=str, sheet_only=True),
        Column("what", _("What was asked, and the answer"), value=lambda row: row.public_subject),
        Column("text", _("What was asked"), value=lambda row: row.public_text, sheet_only=True),
        Column("answer", pgettext_lazy("feedback", "Answer"), value=_answer, sheet_only=True),
        Column("category", _("Category"), value=lambda row: row.get_category_display(), sheet_only=True),
        Column("department", _("Department"), value=lambda row: str(row.department or ""), sheet_only=True),
        Column("state", _("Step"), value=lambda row: row.get_status_display(), sheet_only=True),
        Column("published", _("Published"), ("published_at",), lambda row: row.published_at),
    )
    order = "-published"
    filters = BoardFilter
    words = _("Search first: perhaps it is answered")
    empty_title = _("Nothing is on the board yet")
    empty_text = _("What many ask is answered here for everybody.")

    def rows(self, person: Any) -> ItemQuerySet:
        """Return what is public, and whether the person has joined in."""
        mine = Backing.objects.filter(item=OuterRef("pk"), person=person, interest=Interest.ME_TOO)
        return Item.objects.on_board().for_board().annotate(joined=Exists(mine))

    def prepare(self, rows: list[Item], now: datetime) -> None:
        """Look the public answers up."""
        selectors.with_public_answer(rows)

    def cells(self, row: Any, person: Any, labels: dict[str, str]) -> SafeString:
        """Draw a row as a card of the board."""
        context = {"row": row, "labels": labels, "own": row.author_id == person.pk}
        return render_to_string("feedback/_board_row.html", context)
