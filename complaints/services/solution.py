"""Apology, solution, and the question whether the customer is satisfied."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.errors import DomainError
from complaints.enums import Act, ClockKind, FollowUpMeans, FollowUpOutcome, Status
from complaints.models import Complaint, FollowUp
from complaints.services import clocks, notices
from complaints.services.acting import begin, finish, need
from complaints.services.verification import refuse_conflict

AFTER = {
    FollowUpOutcome.SATISFIED: Status.SATISFIED,
    FollowUpOutcome.NOT_REACHED: Status.RESOLVED,
    FollowUpOutcome.NOT_SATISFIED: Status.VALID,
}


@transaction.atomic
def apologise(*, actor: User, complaint_id: int, note: str, now: datetime) -> Complaint:
    """Record the apology: who spoke with the customer, and what they said."""
    complaint = begin(Act.APOLOGISE, complaint_id, actor=actor)
    said = need(note, "note", _("The apology is missing."), _("Say who apologised, and how."))
    finish(complaint, Act.APOLOGISE, actor=actor, now=now, to=Status.APOLOGISED, note=said)
    return complaint


@transaction.atomic
def resolve_complaint(*, actor: User, complaint_id: int, solution: str, now: datetime) -> Complaint:
    """Record the solution; the clocks stop and nothing more is sent about the deadline."""
    complaint = begin(Act.RESOLVE, complaint_id, actor=actor)
    done = need(solution, "solution", _("The solution is missing."), _("Say what was done."))
    complaint.resolved_at, complaint.solution = now, done
    complaint.save(update_fields=["solution"])
    finish(complaint, Act.RESOLVE, actor=actor, now=now, to=Status.RESOLVED, note=done)
    clocks.end(complaint, now=now)
    return complaint


@transaction.atomic
def appoint_caller(*, actor: User, complaint_id: int, person: User, now: datetime) -> Complaint:
    """Appoint a callback agent, not the handler, who asks whether the customer is satisfied; they are told in the app."""
    complaint = begin(Act.APPOINT_CALLER, complaint_id, actor=actor)
    refuse_conflict(complaint, person)
    if person == complaint.handler:
        raise DomainError(
            _("Whoever handles a complaint does not call back."),
            field="person",
            mend=_("Choose somebody else."),
        )
    old, complaint.caller = complaint.caller, person
    complaint.save(update_fields=["caller"])
    facts = {"caller": [str(old or ""), str(person)]}
    finish(complaint, Act.APPOINT_CALLER, actor=actor, now=now, facts=facts)
    notices.tell(complaint, "caller", [person], now)
    return complaint


@transaction.atomic
def follow_up(
    *,
    actor: User,
    complaint_id: int,
    outcome: FollowUpOutcome,
    means: FollowUpMeans,
    now: datetime,
    remarks: str = "",
) -> FollowUp:
    """Record a call or visit after the solution. Not satisfied: it reopens one level up on a new clock.

    The result of the first clock stands.
    """
    complaint = begin(Act.FOLLOW_UP, complaint_id, actor=actor)
    if outcome == FollowUpOutcome.NOT_SATISFIED:
        need(
            remarks,
            "remarks",
            _("The remarks are missing."),
            _("Say what the customer is not satisfied with."),
        )
    version = complaint.clocks.filter(kind=ClockKind.RESOLUTION).latest("version").version
    done = FollowUp.objects.create(
        complaint=complaint,
        version=version,
        outcome=outcome,
        means=means,
        remarks=remarks.strip(),
        day=now.astimezone(ZoneInfo(complaint.site.calendar.time_zone)).date(),
        at=now,
        by=actor,
    )
    if outcome == FollowUpOutcome.NOT_SATISFIED:
        complaint.resolved_at = None
    facts = {"outcome": str(outcome), "means": str(means)}
    finish(complaint, Act.FOLLOW_UP, actor=actor, now=now, to=AFTER[outcome], note=done.remarks, facts=facts)
    if outcome == FollowUpOutcome.NOT_SATISFIED:
        clocks.restart(complaint, now=now)
    return done
