"""What rosters bring into the frame of every page: how much waits for the person."""

from datetime import datetime

from django.db.models import QuerySet

from agents.models import User
from callcenter.pages import capped_counts
from callcenter.place import Place
from shifts.enums import ChangeState, CorrectionState, LeaveState, WishState
from shifts.models import Change, Correction, Leave, Wish


def waiting(person: User, place: Place, now: datetime) -> int:  # noqa: ARG001 (every count is asked alike)
    """Count what colleagues ask the person, and the leave, changes, personal rules and corrections that wait for them."""
    found: list[QuerySet] = [Change.objects.filter(state=ChangeState.ASKED, colleague=person)]
    if person.has_perm("shifts.decide"):
        asked = (
            (Leave, LeaveState.REQUESTED),
            (Wish, WishState.ASKED),
            (Correction, CorrectionState.ASKED),
        )
        found.append(Change.objects.visible_to(person).decidable_by(person))
        for model, state in asked:
            found.append(model.objects.visible_to(person).filter(state=state).exclude(person=person))
    if person.has_perm("shifts.file"):
        found.append(Leave.objects.filter(state=LeaveState.APPROVED).exclude(person=person))
        found.append(Change.objects.fileable_by(person))
    return sum(capped_counts(found))
