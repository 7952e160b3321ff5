"""What complaints bring into the frame of every page: two numbers, and their part of the search."""

from datetime import datetime

from agents.models import User
from callcenter.pages import CAP
from callcenter.place import Place
from callcenter.search.found import Found
from complaints.filters import ComplaintFilter
from complaints.models import Complaint
from complaints.selectors import tasks_of


def on_desk(person: User, place: Place, now: datetime) -> int:  # noqa: ARG001 (every count is asked alike)
    """Count what the person has to do at the place, as Today shows it."""
    return len(tasks_of(person, place.site, place.team))


def unfinished(person: User, place: Place, now: datetime) -> int:  # noqa: ARG001 (every count is asked alike)
    """Count the complaints of the place that still run, as its list would show them."""
    found = Complaint.objects.visible_to(person).at(place.site, place.team).unfinished()
    return found.order_by()[:CAP].count()


def find_complaints(person: User, words: str, now: datetime, limit: int) -> list[Found]:  # noqa: ARG001 (every search is asked alike)
    """Return up to `limit` complaints that the person may see, by reference, subject or customer, newest first."""
    seen = Complaint.objects.visible_to(person).select_related("site")
    found = ComplaintFilter({"q": words}, seen).qs
    return [
        Found(
            row.subject,
            f"{row.reference} · {row.get_status_display()} · {row.site.name}",
            row.get_absolute_url(),
            "complaint",
        )
        for row in found.order_by("-pk")[:limit]
    ]
