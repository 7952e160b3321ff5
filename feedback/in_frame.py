"""What feedback brings into the frame of every page: a number."""

from datetime import datetime

from agents.models import User
from callcenter.pages import CAP
from callcenter.place import Place
from feedback.models import Item


def waiting(person: User, place: Place, now: datetime) -> int:  # noqa: ARG001 (every count is asked alike)
    """Count what the person's departments have yet to answer."""
    return Item.objects.waiting_for(person).order_by()[:CAP].count()
