"""What feedback brings into the frame of every page: a number, and its part of the search."""

from datetime import datetime

from agents.models import User
from callcenter.pages import CAP
from callcenter.place import Place
from callcenter.search.found import Found
from feedback.filters import BoardFilter
from feedback.models import Item


def waiting(person: User, place: Place, now: datetime) -> int:  # noqa: ARG001 (every count is asked alike)
    """Count what the person's departments have yet to answer."""
    return Item.objects.waiting_for(person).order_by()[:CAP].count()


def find_items(person: User, words: str, now: datetime, limit: int) -> list[Found]:  # noqa: ARG001 (every search is asked alike)
    """Return up to `limit` public items with the words, the newest answers first."""
    found = BoardFilter({"q": words}, Item.objects.on_board().defer("subject", "text")).qs
    return [
        Found(
            row.public_subject,
            f"{row} · {row.get_category_display()} · {row.get_status_display()}",
            row.get_absolute_url(),
            "feedback",
        )
        for row in found.order_by("-published_at", "-id")[:limit]
    ]
