"""Interviews: planned by a lead, told to the person, held with what was agreed; reminded of when they are due."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from agents.notices import notices
from callcenter.access import require
from callcenter.audit import log
from callcenter.errors import DomainError
from callcenter.outbox import queue
from callcenter.state import check_step
from kpi.enums.schemes import INTERVIEW_STEPS, InterviewState
from kpi.models import Interview, Scorecard


@transaction.atomic
def plan_interview(
    *,
    actor: User,
    person: User,
    planned_for: date,
    subject: str,
    card: Scorecard | None = None,
    now: datetime,
) -> Interview:
    """Plan a talk with somebody for whom the actor answers; they are told."""
    require(actor, "kpi.hold_interview", person)
    _need(subject, "subject", _("Say what it is about."))
    if planned_for < actor.day_at(now):
        raise DomainError(_("This day is over."), field="planned_for", mend=_("Choose today or a later day."))
    if card and card.person_id != person.pk:
        raise DomainError(_("This scorecard is another's."), field="card", mend=_("Choose theirs."))
    interview = Interview.objects.create(
        person=person, lead=actor, card=card, planned_for=planned_for, subject=subject.strip(), made_at=now
    )
    log.record(
        actor, "interview.planned", interview, now=now, person=str(person), day=planned_for.isoformat()
    )
    tell(interview, "interview_planned", [person], now)
    return interview


@transaction.atomic
def hold_interview(*, actor: User, interview_id: int, held_on: date, agreed: str, now: datetime) -> Interview:
    """Write down that it took place and what was agreed."""
    interview = _locked(interview_id)
    require(actor, "kpi.hold_interview", interview.person)
    check_step(INTERVIEW_STEPS, interview.state, InterviewState.HELD)
    _need(agreed, "agreed", _("Say what was agreed."))
    if held_on > actor.day_at(now):
        raise DomainError(
            _("This day is to come."), field="held_on", mend=_("Choose today or an earlier one.")
        )
    interview.state, interview.held_on, interview.agreed = InterviewState.HELD, held_on, agreed.strip()
    interview.save(update_fields=["state", "held_on", "agreed"])
    log.record(actor, "interview.held", interview, now=now, day=held_on.isoformat())
    queue.cancel(interview.topic)
    tell(interview, "interview_held", [interview.person], now)
    return interview


@transaction.atomic
def cancel_interview(*, actor: User, interview_id: int, now: datetime) -> Interview:
    """Call a planned interview off."""
    interview = _locked(interview_id)
    require(actor, "kpi.hold_interview", interview.person)
    check_step(INTERVIEW_STEPS, interview.state, InterviewState.CANCELLED)
    interview.state = InterviewState.CANCELLED
    interview.save(update_fields=["state"])
    log.record(actor, "interview.cancelled", interview, now=now)
    queue.cancel(interview.topic)
    tell(interview, "interview_cancelled", [interview.person], now)
    return interview


def remind(*, today: date, now: datetime, limit: int = 500) -> int:
    """Remind both sides of interviews that are due and not held, each once; return how many are due."""
    due = list(Interview.objects.due(today).for_list().order_by("planned_for", "pk")[:limit])
    for interview in due:
        tell(interview, "interview_due", [interview.lead, interview.person], now)
    return len(due)


def tell(interview: Interview, event: str, people: list[User], now: datetime) -> None:
    """Tell people of an event; each event of an interview is told once."""
    queue.enqueue(
        notices(
            f"{interview.topic}:{event}",
            people,
            template=f"kpi/notify/{event}",
            context={
                "person": str(interview.person),
                "lead": str(interview.lead),
                "day": interview.planned_for.isoformat(),
                "path": interview.get_absolute_url(),
            },
            topic=interview.topic,
            now=now,
        )
    )


def _locked(interview_id: int) -> Interview:
    rows: Any = Interview.objects.select_for_update(of=("self",)).select_related(
        "person__site__calendar", "lead__site__calendar"
    )
    interview: Interview = rows.get(pk=interview_id)
    return interview


def _need(value: str, field: str, mend: str) -> None:
    if not value.strip():
        raise DomainError(_("This is missing."), code="required", field=field, mend=mend)
