"""The board, and what a person wrote or has to answer."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET

from callcenter.access import Role
from callcenter.lists.show import Answer, show
from feedback import selectors
from feedback.lists import BoardList, ItemList


@require_GET
def board(request: HttpRequest) -> Answer:
    """Show what is public, the newest answers first."""
    return show(request, BoardList(), "feedback/board.html", _context(request))


@require_GET
def item_list(request: HttpRequest) -> Answer:
    """Show the person's own items and, to those who answer, what waits for them and what they have answered."""
    return show(request, ItemList(), "feedback/list.html", _context(request))


def _context(request: HttpRequest) -> dict[str, object]:
    answers = request.user.holds(Role.DEPARTMENT_OWNER, Role.SUPERVISOR, Role.EXECUTIVE)
    standing = SimpleLazyObject(
        lambda: selectors.standing(request.user, now=timezone.now()) if answers else None
    )
    return {"standing": standing, "answers": answers}
