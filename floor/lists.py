"""The list of the bulletin."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from callcenter.lists.spec import Column, DataList, View
from floor.filters import PostFilter
from floor.models import Post
from floor.querysets import PostQuerySet

FOR_ME = View("for_me", _("For me"), lambda rows, person, _now: rows.addressed_to(person))
MUST_READ = View(
    "must_read",
    _("Must read"),
    lambda rows, person, _now: rows.waiting_for(person),
    counted=True,
    order="due",
    empty_title=_("You have read everything that you must"),
)
EVERY = View("all", _("All"), lambda rows, _person, _now: rows)
MINE = View(
    "mine",
    _("Written by me"),
    lambda rows, person, _now: rows.written_by(person),
    empty_title=_("You have written nothing yet"),
)


class PostList(DataList):
    """What is for a person, what they must still read, and to those who write there, what they see and wrote."""

    name = "bulletin"
    title = _("Bulletin")
    url = "floor:list"
    views = (FOR_ME, MUST_READ, EVERY, MINE)
    columns = (
        Column("number", _("Number"), value=str, sheet_only=True),
        Column("what", _("What it is about"), value=lambda row: row.title),
        Column("text", _("Text"), value=lambda row: row.text, sheet_only=True),
        Column("readers", _("For whom"), value=lambda row: row.readers),
        Column("author", _("Written by"), ("author__name", "published_at"), lambda row: row.author.name),
        Column("published", _("Published"), ("pin", "published_at"), lambda row: row.published_at),
        Column("due", _("Must be read by"), ("due_at",), lambda row: row.due_at),
        Column("read", _("I read it"), value=lambda row: row.read_at, sheet_only=True),
        Column("source", _("Comes from"), value=lambda row: row.source, sheet_only=True),
        Column("withdrawn", _("Withdrawn"), value=lambda row: row.withdrawn_at, sheet_only=True),
    )
    order = "-published"
    filters = PostFilter
    words = _("Words of title or text")
    row = "floor/_row.html"
    empty_title = _("No post here")
    empty_text = _("What is announced to you, and what came of complaints, stands here.")

    def rows(self, person: Any) -> PostQuerySet:
        """Return the posts that the person sees."""
        return Post.objects.visible_to(person).for_list(person)

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Say of each whether the time to read it is over."""
        for row in rows:
            row.is_over = row.due_at is not None and row.due_at <= now

    def views_for(self, person: Any) -> tuple[View, ...]:
        """Return what is for the person; to those who may publish also the rest."""
        return self.views if person.has_perm("floor.publish") else (FOR_ME, MUST_READ)
