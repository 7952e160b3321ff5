"""Closing a complaint when nothing is left to do, and opening it again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.errors import Conflict
from complaints import selectors
from complaints.enums import Act, Outcome, Status
from complaints.models import Complaint
from complaints.services import clocks
from complaints.services.acting import begin, finish, need


@transaction.atomic
def close_complaint(*, actor: User, complaint_id: int, note: str, now: datetime) -> Complaint:
    """Close a complaint for which nothing is left to do; what is missing is named otherwise (409)."""
    complaint = begin(Act.CLOSE, complaint_id, actor=actor)
    if missing := selectors.missing_for_closing(complaint):
        raise Conflict(
            _("Something is still to do before this complaint can be closed."),
            code="incomplete",
            mend=_("To do: %(missing)s.") % {"missing": "; ".join(missing)},
        )
    complaint.closed_at = now
    finish(complaint, Act.CLOSE, actor=actor, now=now, to=Status.CLOSED, note=note.strip())
    return complaint


@transaction.atomic
def reopen(*, actor: User, complaint_id: int, reason: str, now: datetime) -> Complaint:
    """Open a complaint again that was dealt with: one ruled valid is solved anew, another one is ruled anew.

    It starts a new version of its clock, one escalation level up; the result of the earlier one stands.
    """
    complaint = begin(Act.REOPEN, complaint_id, actor=actor)
    why = need(reason, "reason", _("The reason is missing."), _("Say why it is opened again."))
    ruling = complaint.rulings.get(replaced_by=None)
    complaint.resolved_at = complaint.closed_at = None
    to = Status.VALID if ruling.outcome == Outcome.VALID else Status.VERIFIED
    finish(complaint, Act.REOPEN, actor=actor, now=now, to=to, note=why)
    clocks.restart(complaint, now=now)
    return complaint
