"""Corrective action (改正): planned by the responsible unit, carried out by a date, verified by somebody else.

It holds only while the same cause stays away; `watch_corrections` is the sweep that notices when it comes back.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import SYSTEM, Actor
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.state import check_step
from callcenter.worktime import calendars
from complaints import sla
from complaints.enums import CORRECTION_STEPS, Act, CorrectionState, Outcome, Status
from complaints.models import Complaint, Correction, CoursePolicy, Ruling
from complaints.services import clocks, notices
from complaints.services.acting import begin, finish, need
from complaints.services.verification import refuse_conflict


@transaction.atomic
def plan_correction(
    *,
    actor: User,
    complaint_id: int,
    owner: User,
    plan: str,
    due_on: date,
    now: datetime,
    replaces: Correction | None = None,
) -> Correction:
    """Plan what keeps the cause from coming back; `owner` carries it out by the close of business of `due_on`.

    It has a clock of its own, and its owner is told. One that `replaces` another takes the place of a failed one.
    """
    complaint = begin(Act.PLAN_CORRECTION, complaint_id, actor=actor)
    if complaint.cause is None:
        raise Conflict(_("The cause is not known yet."), mend=_("Set the cause first."))
    planned = need(plan, "plan", _("The plan is missing."), _("Say what will be done."))
    refuse_conflict(complaint, owner)
    _refuse_past(complaint, due_on, now)
    _refuse_replacing(complaint, replaces)
    clock = clocks.start_correction(complaint, keeper=owner, due_on=due_on, now=now)
    correction = Correction.objects.create(
        complaint=complaint,
        cause=complaint.cause,
        team=complaint.team,
        owner=owner,
        plan=planned,
        due_on=due_on,
        planned_by=actor,
        planned_at=now,
        clock=clock,
        replaces=replaces,
    )
    facts = {"owner": str(owner), "due_on": due_on.isoformat()}
    finish(complaint, Act.PLAN_CORRECTION, actor=actor, now=now, note=planned, facts=facts)
    due = clock.due_at.isoformat()
    notices.tell_by_mail(complaint, "correction", [owner], now, plan=planned, correction_due_at=due)
    return correction


def _refuse_past(complaint: Complaint, due_on: date, now: datetime) -> None:
    hours = calendars.load(complaint.site.calendar_id)
    if due_on < now.astimezone(hours.spec.zone).date() or sla.close_of(due_on, hours) <= now:
        raise DomainError(_("This day is over."), field="due_on", mend=_("Choose a later one."))


def _refuse_replacing(complaint: Complaint, replaced: Correction | None) -> None:
    if replaced is None:
        return
    failed = complaint.corrections.filter(pk=replaced.pk, state=CorrectionState.FAILED, replaced_by=None)
    if not failed.exists():
        raise DomainError(
            _("Only a corrective action that failed is replaced, and once."),
            field="replaces",
            mend=_("Choose one that failed, or plan without replacing."),
        )


@transaction.atomic
def carry_out(*, actor: User, correction_id: int, done: str, now: datetime) -> Correction:
    """Say what was done; its clock stops, and the service department is asked to verify it."""
    correction, complaint = _begin(Act.CARRY_OUT, correction_id, actor)
    if correction.owner_id != actor.pk:
        raise NotAllowed(_("Somebody else carries this out."))
    check_step(CORRECTION_STEPS, correction.state, CorrectionState.DONE)
    correction.done = need(
        done, "done", _("What was done is missing."), _("Say what was done, and since when.")
    )
    correction.state, correction.done_by, correction.done_at = CorrectionState.DONE, actor, now
    correction.save(update_fields=["state", "done", "done_by", "done_at"])
    clocks.stop_correction(correction.clock, now=now)
    finish(complaint, Act.CARRY_OUT, actor=actor, now=now, note=correction.done)
    notices.tell(
        complaint, "correction_done", notices.service_managers(complaint, now), now, plan=correction.plan
    )
    return correction


@transaction.atomic
def judge_correction(
    *, actor: User, correction_id: int, holds: bool, verdict: str, now: datetime
) -> Correction:
    """Verify a corrective action, as somebody who neither planned nor carried it out.

    One that failed asks for a new plan; a complaint that was closed with it is open again.
    """
    correction, complaint = _begin(Act.JUDGE_CORRECTION, correction_id, actor)
    if actor.pk in (correction.planned_by_id, correction.done_by_id):
        raise NotAllowed(
            _("You planned it or carried it out yourself."), mend=_("Somebody else verifies it.")
        )
    found = CorrectionState.HOLDS if holds else CorrectionState.FAILED
    if correction.state == CorrectionState.HOLDS and holds:
        raise Conflict(_("It was found to hold already."), mend=_("Look at what was found."))
    check_step(CORRECTION_STEPS, correction.state, found)
    said = need(verdict, "verdict", _("The verdict is missing."), _("Say what you looked at."))
    _judge(complaint, correction, found, said, actor=actor, now=now)
    return correction


def _judge(
    complaint: Complaint,
    correction: Correction,
    found: CorrectionState,
    verdict: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    correction.state, correction.verdict = found, verdict
    correction.judged_by_id, correction.judged_at = actor.pk, now
    correction.save(update_fields=["state", "verdict", "judged_by", "judged_at"])
    failed = found == CorrectionState.FAILED
    reopens = failed and complaint.status == Status.CLOSED
    if reopens:
        complaint.closed_at = None
    finish(
        complaint,
        Act.JUDGE_CORRECTION,
        actor=actor,
        now=now,
        to=Status.SATISFIED if reopens else None,
        note=verdict,
        facts={"verdict": str(found)},
    )
    if failed:
        managers = notices.service_managers(complaint, now) if actor is SYSTEM else []
        people = [correction.owner, complaint.handler, *managers]
        notices.tell(complaint, "correction_failed", people, now, plan=correction.plan, verdict=verdict)


def watch_corrections(*, now: datetime) -> int:
    """Find the corrections that no longer hold, since their cause came back within the set days; return how many.

    It came back if a complaint that was ruled valid has the same cause at the same site and was received later.
    """
    returns = _returns(CoursePolicy.objects.get().holds_days)
    held = Correction.objects.filter(state=CorrectionState.HOLDS)
    found = held.annotate(came_back=Subquery(returns[:1])).exclude(came_back=None).order_by("complaint", "pk")
    return sum(_fail(pk, came_back, now) for pk, came_back in list(found.values_list("pk", "came_back")))


def _returns(days: int) -> QuerySet[Complaint, Any]:
    """Return the references of what shows, for the correction of an outer query, that its cause came back."""
    until = ExpressionWrapper(OuterRef("done_at") + timedelta(days=days), output_field=DateTimeField())
    valid = Ruling.objects.filter(complaint=OuterRef("pk"), outcome=Outcome.VALID, replaced_by=None)
    again = Complaint.objects.filter(
        Exists(valid),
        cause=OuterRef("cause"),
        site=OuterRef("complaint__site"),
        received_at__gt=OuterRef("done_at"),
        received_at__lte=until,
    )
    same = again.exclude(status=Status.MERGED).exclude(pk=OuterRef("complaint"))
    return same.order_by("received_at", "pk").values("reference")


@transaction.atomic
def _fail(correction_id: int, came_back: str, now: datetime) -> bool:
    correction, complaint = _begin(Act.JUDGE_CORRECTION, correction_id, SYSTEM)
    if correction.state != CorrectionState.HOLDS:
        return False  # another sweep, or somebody, was quicker
    with translation.override(correction.owner.language or "en"):
        verdict = _("The cause came back: %(reference)s.") % {"reference": came_back}
    _judge(complaint, correction, CorrectionState.FAILED, verdict, actor=SYSTEM, now=now)
    return True


def _begin(act: Act, correction_id: int, actor: Actor) -> tuple[Correction, Complaint]:
    """Return the correction and its complaint, which is locked, if `actor` may do `act`."""
    correction = Correction.objects.select_related("owner__site__calendar", "clock").get(pk=correction_id)
    complaint = begin(act, correction.complaint_id, actor=actor)
    correction.refresh_from_db(fields=["state", "done_by", "done_at"])
    return correction, complaint
