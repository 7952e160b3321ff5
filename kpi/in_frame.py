"""What key figures bring into the frame of every page: how many early warnings nobody has answered."""

from datetime import datetime

from agents.models import User
from callcenter.place import Place
from kpi.selectors.warnings import count_unanswered


def unanswered(person: User, place: Place, now: datetime) -> int:  # noqa: ARG001 (every count is asked alike)
    """Count the early warnings at the place about which nobody has done anything yet."""
    return count_unanswered(person, place.site, place.team) if person.has_perm("kpi.view_warnings") else 0
