"""What the bulletin brings into the frame of every page: a number, and its part of the search."""

from datetime import datetime

from agents.models import User
from callcenter.pages import CAP
from callcenter.place import Place
from callcenter.search.found import Found
from callcenter.templatetags.ui import instant
from floor.filters import PostFilter
from floor.models import Post


def must_read(person: User, place: Place, now: datetime) -> int:  # noqa: ARG001 (every count is asked alike)
    """Count what the person must read and has not."""
    return Post.objects.waiting_for(person).order_by()[:CAP].count()


def find_posts(person: User, words: str, now: datetime, limit: int) -> list[Found]:  # noqa: ARG001 (every search is asked alike)
    """Return up to `limit` posts that hold and that the person sees, by title, text or source, newest first."""
    seen = Post.objects.visible_to(person).filter(withdrawn_at=None).select_related("author")
    found = PostFilter({"q": words}, seen).qs
    return [
        Found(row.title, f"{row.author.name} · {instant(row.published_at)}", row.get_absolute_url(), "floor")
        for row in found.order_by("-published_at", "-pk")[:limit]
    ]
