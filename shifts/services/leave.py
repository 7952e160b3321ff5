"""The course of a leave: asked for, decided by who leads, filed by general affairs, or withdrawn before it begins.

What nobody decides lapses (`leave_lapsing`). Everybody's time is locked first (`occupying.lock_people`), so that two
decisions, or a decision and a publication, wait for each other.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.state import check_step
from shifts.enums import LEAVE_STEPS, LeaveState
from shifts.leave_time import Counted, by_year, on_day
from shifts.models import Leave, LeaveType
from shifts.selectors import leave as read
from shifts.selectors import leave_asked as asked
from shifts.selectors.answering import deciders_of
from shifts.selectors.leave_due import first_due
from shifts.services import away, leave_notices, occupying
from shifts.services.balances import grant_year, hold


@transaction.atomic
def request_leave(
    *,
    actor: User,
    person: User,
    type: LeaveType,  # noqa: A002 (the field's name)
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
    now: datetime,
) -> Leave:
    """Ask for leave in whole half hours; the balance holds its working time from now on, and who decides is told.

    In a peak period leave is blocked: it can only be asked for with a reason, as an exception.
    """
    require(actor, "shifts.ask", person)
    asked.check_time(starts_at, ends_at, now)
    if not type.is_active:
        raise DomainError(
            _("“%(type)s” is no longer in use.") % {"type": type},
            field="type",
            mend=_("Choose another type."),
        )
    occupying.lock_people([person.pk])
    asked.check_free(person, starts_at, ends_at)
    days = asked.counted(person, starts_at, ends_at)
    peaks = read.peaks_met(person, starts_at, ends_at)
    if peaks and not reason.strip():
        raise asked.blocked(peaks, "reason", _("Choose other days, or say why an exception is needed."))
    leave = Leave(
        person=person,
        type=type,
        starts_at=starts_at,
        ends_at=ends_at,
        minutes=read.minutes(days),
        reason=reason.strip(),
        requested_by=actor,
        requested_at=now,
    )
    leave.due_at = first_due(leave)
    leave.save()
    _hold(leave, days, actor=actor, now=now)
    log.record(actor, "leave.requested", leave, now=now, **_in_audit(leave))
    leave_notices.tell(leave, "asked", _deciders(person, now), now=now)
    return leave


@transaction.atomic
def approve_leave(
    *, actor: User, leave_id: int, override_reason: str = "", decision: str = "", now: datetime
) -> Leave:
    """Approve a leave: its working time is counted anew, published shifts are cut, and the person counts as away.

    In a peak period this is refused unless `override_reason` says why there is an exception.
    """
    leave = lock_leave(leave_id)
    require(actor, "shifts.decide", leave.person)
    check_step(LEAVE_STEPS, leave.state, LeaveState.APPROVED)
    peaks = read.peaks_met(leave.person, leave.starts_at, leave.ends_at)
    if peaks and not override_reason.strip():
        raise asked.blocked(peaks, "override_reason", _("Refuse it, or say why there is an exception."))
    days = read.count(leave.person, leave.starts_at, leave.ends_at)
    leave.minutes = read.minutes(days)
    leave.override_reason = override_reason.strip() if peaks else ""
    _decide(leave, LeaveState.APPROVED, actor, decision, now, "minutes", "override_reason")
    _hold(leave, days, actor=actor, now=now)
    cut = occupying.enter_leave(leave)
    away.enter(leave, now=now)
    facts = {"override": leave.override_reason, "shifts_cut": cut, "peaks": [str(peak) for peak in peaks]}
    log.record(actor, "leave.approved", leave, now=now, **_in_audit(leave), **facts)
    leave_notices.tell(leave, "approved", [leave.person], now=now)
    return leave


@transaction.atomic
def refuse_leave(*, actor: User, leave_id: int, decision: str, now: datetime) -> Leave:
    """Refuse a leave and say why; the balance is given back."""
    leave = lock_leave(leave_id)
    require(actor, "shifts.decide", leave.person)
    check_step(LEAVE_STEPS, leave.state, LeaveState.REFUSED)
    if not decision.strip():
        raise DomainError(
            _("The reason is missing."), code="required", field="decision", mend=_("Say why it is refused.")
        )
    _decide(leave, LeaveState.REFUSED, actor, decision, now)
    hold(leave, {}, actor=actor, now=now)
    log.record(actor, "leave.refused", leave, now=now, decision=leave.decision)
    leave_notices.tell(leave, "refused", [leave.person], now=now)
    return leave


@transaction.atomic
def withdraw_leave(*, actor: User, leave_id: int, now: datetime) -> Leave:
    """Take the own leave back before it begins: the balance is given back, and the shifts that it cut are whole again."""
    leave = lock_leave(leave_id)
    require(actor, "shifts.ask", leave.person)
    check_step(LEAVE_STEPS, leave.state, LeaveState.WITHDRAWN)
    if leave.starts_at <= now:
        raise Conflict(_("It has begun."), mend=_("Speak with your lead: what has happened stays."))
    told = [leave.decided_by] if leave.decided_by else _deciders(leave.person, now)
    _take_back(leave, actor, now)
    leave_notices.tell(leave, "withdrawn", told, now=now)
    return leave


@transaction.atomic
def end_leave(*, actor: Actor, person: User, from_day: date, now: datetime) -> int:
    """Take back the leave of somebody who no longer works here from a day on, as far as it begins then; return how many.

    Who was asked to decide it hears that there is nothing to decide. Whoever ends the employment has been asked for the right to do so.
    """
    occupying.lock_people([person.pk])
    rows: Any = (
        Leave.objects.filter(person=person)
        .live()
        .filter(starts_at__gte=on_day(from_day, read.zone_of(person))[0])
    )
    ended = list(rows.select_for_update(of=("self",)).select_related("person__site__calendar", "type"))
    for leave in ended:
        told = _deciders(person, now) if leave.state == LeaveState.REQUESTED else []
        _take_back(leave, actor, now)
        leave_notices.tell(leave, "withdrawn", told, now=now)
    return len(ended)


def _take_back(leave: Leave, actor: Actor, now: datetime) -> None:
    decided = leave.state != LeaveState.REQUESTED
    leave.state = LeaveState.WITHDRAWN
    leave.save(update_fields=["state"])
    hold(leave, {}, actor=actor, now=now)
    if decided:
        occupying.remove_leave(leave)
        away.remove(leave, now=now)
    log.record(actor, "leave.withdrawn", leave, now=now, was_approved=decided)


@transaction.atomic
def file_leave(*, actor: User, leave_ids: Sequence[int], now: datetime) -> list[Leave]:
    """File approved leave, as much at once as is named; all or, where one is refused, none."""
    rows: Any = Leave.objects.filter(pk__in=leave_ids).order_by("pk").select_for_update(of=("self",))
    filed = list(rows.select_related("person__site__calendar", "type"))
    for leave in filed:
        require(actor, "shifts.file", leave.person)
        check_step(LEAVE_STEPS, leave.state, LeaveState.FILED)
        leave.state, leave.filed_by, leave.filed_at = LeaveState.FILED, actor, now
    Leave.objects.bulk_update(filed, ["state", "filed_by", "filed_at"])
    log.record_many(log.entry(actor, "leave.filed", leave, now=now) for leave in filed)
    for leave in filed:
        leave_notices.tell(leave, "filed", [leave.person], now=now)
    return filed


def _hold(leave: Leave, days: list[Counted], *, actor: Actor, now: datetime) -> None:
    """Hold the working time of a leave in the balance of each of its years; refuse where too little is left."""
    if not leave.type.is_limited:
        return
    wanted = by_year(days)
    for year in wanted:
        grant_year(year=year, now=now, people=[leave.person_id])
    hold(leave, wanted, actor=actor, now=now)
    after = asked.left_after(leave.person, leave.type, dict.fromkeys(wanted, 0), leave.starts_at, now)
    for year, left in after.items():
        if left < 0:
            raise asked.short(leave.type, year, left)


def _deciders(person: User, now: datetime) -> list[User]:
    return deciders_of([person.pk], now=now)[person.pk]


def lock_leave(leave_id: int) -> Leave:
    """Return the leave, locked after its person's time."""
    person = Leave.objects.values_list("person", flat=True).get(pk=leave_id)
    occupying.lock_people([person])
    rows: Any = Leave.objects.select_for_update(of=("self",))
    leave: Leave = rows.select_related(
        "person__site__calendar", "type", "requested_by__site__calendar", "decided_by__site__calendar"
    ).get(pk=leave_id)
    return leave


def _decide(leave: Leave, state: LeaveState, actor: User, decision: str, now: datetime, *more: str) -> None:
    leave.state, leave.decided_by, leave.decided_at = state, actor, now
    leave.decision = decision.strip()
    leave.save(update_fields=["state", "decided_by", "decided_at", "decision", *more])


def _in_audit(leave: Leave) -> dict[str, Any]:
    return {
        "type": leave.type.code,
        "since": leave.starts_at.isoformat(),
        "until": leave.ends_at.isoformat(),
        "minutes": leave.minutes,
    }
