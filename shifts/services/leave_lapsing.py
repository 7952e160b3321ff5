"""What becomes of a request for leave that nobody decides: a reminder on the working day before, then its end.

When that is due stands in the row (`due_at`), so that a sweep that is late, or runs twice, does each once.
"""

from datetime import datetime

from django.db import transaction

from callcenter.access import SYSTEM
from callcenter.audit import log
from callcenter.state import check_step
from shifts.enums import LEAVE_STEPS, LeaveState
from shifts.models import Leave
from shifts.selectors.answering import deciders_of
from shifts.selectors.leave_due import lapses_at
from shifts.services import leave_notices
from shifts.services.balances import hold
from shifts.services.leave import lock_leave


def sweep_leave(*, now: datetime) -> int:
    """Remind of the requests that begin soon, end those that have begun; return how many. Sweeps may run side by side."""
    due = Leave.objects.filter(state=LeaveState.REQUESTED, due_at__lte=now).order_by("due_at", "pk")
    return sum(_sweep(key, now) for key in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _sweep(leave_id: int, now: datetime) -> bool:
    leave = lock_leave(leave_id)
    if leave.state != LeaveState.REQUESTED or leave.due_at is None or leave.due_at > now:
        return False
    ends = lapses_at(leave)
    if ends > now:
        _remind(leave, ends, now)
    else:
        _lapse(leave, now)
    return True


def _remind(leave: Leave, ends: datetime, now: datetime) -> None:
    leave.due_at = ends
    leave.save(update_fields=["due_at"])
    leave_notices.tell(leave, "waits", deciders_of([leave.person_id], now=now)[leave.person_id], now=now)


def _lapse(leave: Leave, now: datetime) -> None:
    """End it as not decided: the balance is given back, and both sides are told."""
    check_step(LEAVE_STEPS, leave.state, LeaveState.LAPSED)
    leave.state, leave.decided_at = LeaveState.LAPSED, now
    leave.save(update_fields=["state", "decided_at"])
    hold(leave, {}, actor=SYSTEM, now=now)
    log.record(SYSTEM, "leave.lapsed", leave, now=now)
    told = {one.pk: one for one in (leave.person, leave.requested_by)}
    told |= {one.pk: one for one in deciders_of([leave.person_id], now=now)[leave.person_id]}
    leave_notices.tell(leave, "lapsed", list(told.values()), now=now)
