"""Clocking in and out, and putting right what the clock should have shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agents.models import User
from agents.notices import notices
from callcenter.access import SYSTEM, Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError, NotFound
from callcenter.outbox import queue
from shifts.enums import CorrectionState, PunchKind
from shifts.models import Attendance, Correction, Punch, Shift
from shifts.selectors.answering import deciders_of
from shifts.selectors.clocking import GRACE, Expected, expected_at, expected_of, last_punch
from shifts.services.drawing import Missing, draw, draw_stale
from shifts.services.occupying import lock_people

CORRECTABLE: Final = timedelta(days=35)
"""How long after its begin a shift's attendance can be put right."""

NEWS: Final = timedelta(days=1)
"""An absence that is noticed later than that is told to nobody."""


@dataclass(frozen=True, slots=True)
class Clocked:
    """A mark of the clock: `is_new` unless the person was clocked so already; the shift that it belongs to, if one is near."""

    punch: Punch
    is_new: bool
    shift: int | None


@transaction.atomic
def clock(*, actor: Any, kind: PunchKind, now: datetime) -> Clocked:
    """Clock the actor in or out at `now`. Who is clocked so already for the same shift stays as they are."""
    require(actor, "shifts.clock", actor)
    lock_people([actor.pk])
    here = expected_at(actor.pk, now)
    last = last_punch(actor.pk, now=now)
    if last and last.kind == kind and _same(here, expected_at(actor.pk, last.at)):
        return Clocked(last, is_new=False, shift=here.shift if here else None)
    punch = Punch.objects.create(person_id=actor.pk, kind=kind, at=now)
    log.record(actor, f"clock.{kind}", punch, now=now, at=now.isoformat())
    if here:
        tell_absences(draw([here.shift], now=now), now=now)
    return Clocked(punch, is_new=True, shift=here.shift if here else None)


def _same(one: Expected | None, other: Expected | None) -> bool:
    return (one and one.shift) == (other and other.shift)


@transaction.atomic
def sweep_attendance(*, now: datetime) -> int:
    """Draw what time, punches or a changed shift have made due; tell the leads of who is missing; return how many are."""
    missing = draw_stale(now=now)
    tell_absences(missing, now=now)
    return len(missing)


def tell_absences(missing: list[Missing], *, now: datetime) -> None:
    """Tell whoever answers for somebody that they have not come, once for each shift of the last day."""
    if not missing:
        return
    keys = [one.attendance for one in missing]
    rows = list(Attendance.objects.filter(pk__in=keys).select_related("person__site__calendar"))
    answering = deciders_of([row.person_id for row in rows], now=now)
    for row in rows:
        if row.begins_at < now - NEWS:
            continue
        queue.enqueue(
            notices(
                f"attendance:{row.shift_id}:absent",
                answering[row.person_id],
                template="shifts/notify/absent",
                context={
                    "person": str(row.person),
                    "begins_at": row.begins_at.isoformat(),
                    "path": row.get_absolute_url(),
                },
                topic=f"attendance:{row.shift_id}",
                now=now,
            )
        )
    log.record_many(log.entry(SYSTEM, "attendance.absent", row, now=now) for row in rows)


@transaction.atomic
def ask_correction(
    *,
    actor: Any,
    shift_id: int,
    came_at: datetime | None,
    left_at: datetime | None,
    reason: str,
    now: datetime,
) -> Correction:
    """Say what the clock should have shown for a shift of one's own; whoever answers for the person is told."""
    lock_people([actor.pk])
    expected = expected_of(shift_id)
    if expected is None or expected.person != actor.pk:
        raise DomainError(
            _("This is no shift of yours."),
            field="shift",
            code="unknown",
            mend=_("Name one that was published to you and of which leave has left something."),
        )
    require(actor, "shifts.ask", actor)
    _check_time(expected, came_at, left_at, now)
    if not reason.strip():
        raise DomainError(
            _("The reason is missing."), field="reason", code="required", mend=_("Say what happened.")
        )
    try:
        with transaction.atomic():
            correction = Correction.objects.create(
                person_id=actor.pk,
                shift_id=shift_id,
                came_at=came_at,
                left_at=left_at,
                reason=reason.strip(),
                asked_by_id=actor.pk,
                asked_at=now,
            )
    except IntegrityError as twice:
        raise Conflict(
            _("A correction of this shift waits already."), mend=_("Take that one back first.")
        ) from twice
    log.record(actor, "correction.asked", correction, now=now, **_times(correction))
    _tell(correction, "asked", deciders_of([actor.pk], now=now)[actor.pk], now)
    return correction


def _check_time(
    expected: Expected, came_at: datetime | None, left_at: datetime | None, now: datetime
) -> None:
    if not expected.begins - GRACE <= now <= expected.begins + CORRECTABLE:
        raise DomainError(
            _("The attendance of this shift cannot be put right now."),
            field="shift",
            mend=_("Ask between its begin and %(days)d days later.") % {"days": CORRECTABLE.days},
        )
    if came_at is None and left_at is None:
        raise DomainError(
            _("Neither time is given."), field="came_at", mend=_("Say when you came, or when you left.")
        )
    if came_at and left_at and left_at <= came_at:
        raise DomainError(
            _("It ends before it begins."), field="left_at", mend=_("Give a later time of leaving.")
        )
    for field, at in (("came_at", came_at), ("left_at", left_at)):
        if at and at > now:
            raise DomainError(_("This time is to come."), field=field, mend=_("Give one that is over."))
        if at and not expected.begins - GRACE <= at < expected.ends + GRACE:
            raise DomainError(
                _("This time is more than %(hours)d hours away from the shift.")
                % {"hours": GRACE.total_seconds() // 3600},
                field=field,
                mend=_("Look at the day."),
            )


@transaction.atomic
def take_back_correction(*, actor: Any, correction_id: int, now: datetime) -> None:
    """Take a correction back that nobody has decided yet."""
    correction = _waiting(correction_id)
    require(actor, "shifts.ask", correction.person)
    log.record(actor, "correction.taken_back", correction, now=now, **_times(correction))
    queue.cancel(correction.topic)
    correction.delete()


@transaction.atomic
def approve_correction(*, actor: Any, correction_id: int, decision: str = "", now: datetime) -> Correction:
    """Let the clock show what the person says; the attendance of the shift is drawn anew."""
    correction = _decide(actor, correction_id, CorrectionState.APPROVED, decision, now)
    given = ((PunchKind.IN, correction.came_at), (PunchKind.OUT, correction.left_at))
    punches = [
        Punch(person=correction.person, kind=kind, at=at, correction=correction) for kind, at in given if at
    ]
    Punch.objects.bulk_create(
        punches, update_conflicts=True, unique_fields=["person", "at", "kind"], update_fields=["correction"]
    )
    tell_absences(draw([correction.shift_id], now=now), now=now)
    _tell(correction, "decided", [correction.person], now)
    return correction


@transaction.atomic
def refuse_correction(*, actor: Any, correction_id: int, decision: str, now: datetime) -> Correction:
    """Leave the clock as it is, and tell the person why."""
    if not decision.strip():
        raise DomainError(
            _("The reason is missing."), field="decision", code="required", mend=_("Say why you refuse it.")
        )
    correction = _decide(actor, correction_id, CorrectionState.REFUSED, decision, now)
    _tell(correction, "decided", [correction.person], now)
    return correction


def _waiting(correction_id: int) -> Correction:
    """Return the correction, its person and then itself locked."""
    rows = Correction.objects.select_related("person__site__calendar", "shift")
    lock_people(list(Correction.objects.filter(pk=correction_id).values_list("person", flat=True)))
    correction: Correction | None = rows.select_for_update(of=("self",)).filter(pk=correction_id).first()
    if correction is None:
        raise NotFound(_("It was taken back."), mend=_("There is nothing left to decide."))
    if correction.state != CorrectionState.ASKED:
        raise Conflict(_("It is decided already."), mend=_("The person can ask for another correction."))
    return correction


def _decide(
    actor: Actor, correction_id: int, state: CorrectionState, decision: str, now: datetime
) -> Correction:
    correction = _waiting(correction_id)
    require(actor, "shifts.decide", correction.person)
    correction.state, correction.decided_at, correction.decision = state, now, decision.strip()
    correction.decided_by_id = actor.pk
    correction.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    log.record(actor, f"correction.{state}", correction, now=now, **_times(correction))
    queue.cancel(correction.topic)
    return correction


def _times(correction: Correction) -> dict[str, str]:
    said = {"came_at": correction.came_at, "left_at": correction.left_at}
    return {"shift": str(correction.shift_id)} | {name: at.isoformat() for name, at in said.items() if at}


def _tell(correction: Correction, event: str, people: list[User], now: datetime) -> None:
    shift: Shift = correction.shift
    queue.enqueue(
        notices(
            f"{correction.topic}:{event}",
            people,
            template=f"shifts/notify/correction_{event}",
            context={
                "person": str(correction.person),
                "day": shift.day.isoformat(),
                "state": correction.state,
                "path": correction.get_absolute_url(),
            },
            topic=correction.topic,
            now=now,
        )
    )
