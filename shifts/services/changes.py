"""The course of a change: the colleague agrees, the lead approves and it takes effect, general affairs file it.

Locks are taken in one order everywhere: people, then rosters, then the change.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import SYSTEM, Actor, require
from callcenter.audit import log
from callcenter.errors import DomainError
from callcenter.state import check_step
from shifts.enums import CHANGE_STEPS, ChangeState
from shifts.leave_time import on_day
from shifts.models import Change, Roster
from shifts.selectors.fitting import Wanted, stands_against, wanted_by
from shifts.services import change_notices
from shifts.services.altering import Altered, apply_changes
from shifts.services.asking import ask_change, refuse_if_any
from shifts.services.occupying import lock_people

PARTIES = "person__site__calendar", "colleague__site__calendar"

__all__ = [
    "accept_change",
    "approve_change",
    "ask_change",
    "decline_change",
    "end_changes",
    "file_changes",
    "lapse_changes",
    "lock",
    "refuse_change",
    "withdraw_change",
]


@transaction.atomic
def accept_change(*, actor: Actor, change_id: int, now: datetime) -> Change:
    """Agree as the colleague; the lead is told. What stands against it by now is a Conflict."""
    change = _locked(change_id)
    require(actor, "shifts.answer_change", change)
    check_step(CHANGE_STEPS, change.state, ChangeState.ACCEPTED)
    _check(change, now)
    _move_on(change, ChangeState.ACCEPTED, actor, now, accepted_at=now)
    change_notices.tell_next(change, now=now)
    return change


@transaction.atomic
def decline_change(*, actor: Actor, change_id: int, now: datetime) -> Change:
    """Decline as the colleague."""
    change = _locked(change_id)
    require(actor, "shifts.answer_change", change)
    _move_on(change, ChangeState.DECLINED, actor, now)
    change_notices.tell(change, "declined", [change.person], now=now)
    return change


@transaction.atomic
def approve_change(*, actor: Actor, change_id: int, now: datetime, decision: str = "") -> Change:
    """Approve it: the roster that people see changes with it, both shifts of a swap or neither; both are told.

    It is checked once more while nobody else can change what it touches; what stands against it is a Conflict.
    """
    change = lock(change_id)
    require(actor, "shifts.decide_change", change)
    check_step(CHANGE_STEPS, change.state, ChangeState.APPROVED)
    _apply(_check(change, now), actor, now)
    _move_on(
        change,
        ChangeState.APPROVED,
        actor,
        now,
        decided_by_id=actor.pk,
        decided_at=now,
        decision=decision,
    )
    change_notices.tell(change, "approved", _both(change), now=now)
    return change


@transaction.atomic
def refuse_change(*, actor: Actor, change_id: int, decision: str, now: datetime) -> Change:
    """Refuse it, with a reason."""
    change = _locked(change_id)
    require(actor, "shifts.decide_change", change)
    if not decision.strip():
        raise DomainError(
            _("The reason is missing."),
            field="decision",
            code="required",
            mend=_("Say why, so that they can ask for something else."),
        )
    facts = {"decided_by_id": actor.pk, "decided_at": now, "decision": decision.strip()}
    _move_on(change, ChangeState.REFUSED, actor, now, **facts)
    change_notices.tell(change, "refused", _both(change), now=now)
    return change


@transaction.atomic
def withdraw_change(*, actor: Actor, change_id: int, now: datetime) -> Change:
    """Take back what one asked for, as long as nobody has decided it; a colleague is told."""
    change = _locked(change_id)
    require(actor, "shifts.withdraw_change", change)
    _move_on(change, ChangeState.WITHDRAWN, actor, now)
    change_notices.tell(change, "withdrawn", [change.colleague] if change.colleague else [], now=now)
    return change


@transaction.atomic
def file_changes(*, actor: Actor, change_ids: Collection[int], now: datetime) -> list[Change]:
    """File approved changes; all of them or none."""
    filed = []
    for key in sorted(change_ids):
        change = _locked(key)
        require(actor, "shifts.file_change", change)
        _move_on(change, ChangeState.FILED, actor, now, filed_by_id=actor.pk, filed_at=now)
        filed.append(change)
    return filed


@transaction.atomic
def end_changes(*, actor: Actor, person: User, from_day: date, now: datetime) -> int:
    """Withdraw what waits to be agreed and somebody who no longer works here from a day on has a part in; return how many.

    What lies before that day stays. The other one of the two hears of it, and the lead who was asked already. Whoever
    ends the employment has been asked for the right to do so.
    """
    since = on_day(from_day, ZoneInfo(person.time_zone))[0]
    late = Q(starts_at__gte=since) | Q(other_starts_at__gte=since) | Q(new_starts_at__gte=since)
    rows = Change.objects.open().with_part_of(person).filter(late).select_related(*PARTIES).order_by("pk")
    waiting = list(rows.select_for_update(of=("self",)))
    for change in waiting:
        asked = change_notices.deciders(change, now=now) if change.state == ChangeState.ACCEPTED else []
        _move_on(change, ChangeState.WITHDRAWN, actor, now)
        told = {one.pk: one for one in (*_both(change), *asked) if one.pk != person.pk}
        change_notices.tell(change, "off", list(told.values()), now=now)
    return len(waiting)


def lapse_changes(*, now: datetime) -> int:
    """End the changes that nobody agreed to in time, and tell both; return how many. Sweeps may run side by side."""
    done = 0
    while _lapse_next(now):
        done += 1
    return done


@transaction.atomic
def _lapse_next(now: datetime) -> bool:
    late = Change.objects.open().filter(due_at__lte=now).order_by("due_at", "pk")
    change = late.select_for_update(of=("self",), skip_locked=True).first()
    if change is None:
        return False
    _move_on(change, ChangeState.LAPSED, SYSTEM, now)
    change_notices.tell(change, "lapsed", _both(change), now=now)
    return True


def lock(change_id: int) -> Change:
    """Return the change, locked with the people and rosters that it alters, which are locked first."""
    return _locked(change_id, rosters=True)


def _locked(change_id: int, *, rosters: bool = False) -> Change:
    rows = Change.objects.select_related(*PARTIES)
    if rosters:
        names = ("person", "colleague", "shift__roster", "other_shift__roster")
        person, colleague, *plans = rows.values_list(*names).get(pk=change_id)
        lock_people([key for key in (person, colleague) if key])
        plans_locked = Roster.objects.filter(pk__in=[key for key in plans if key]).order_by("pk")
        list(plans_locked.select_for_update(of=("self",)))
    change: Change = rows.select_for_update(of=("self",)).get(pk=change_id)
    return change


def _move_on(change: Change, state: ChangeState, actor: Actor, now: datetime, **facts: Any) -> None:
    check_step(CHANGE_STEPS, change.state, state)
    change.state = state
    for name, value in facts.items():
        setattr(change, name, value)
    change.save(update_fields=["state", *facts])
    log.record(actor, f"change.{state}", change, now=now)


def _both(change: Change) -> list[Any]:
    return [person for person in (change.person, change.colleague) if person]


def _check(change: Change, now: datetime) -> Wanted:
    """Return what it wants if nothing stands against it."""
    wanted = wanted_by(change)
    refuse_if_any(stands_against(change, wanted, now=now), wanted)
    return wanted


def _apply(wanted: Wanted, actor: Actor, now: datetime) -> None:
    """Alter the published shifts, both of a swap at once."""
    taker = None if wanted.new_starts_at else wanted.colleague or wanted.person
    altered = [Altered(wanted.shift, taker, wanted.new_starts_at, wanted.new_ends_at)]
    if wanted.other:
        altered.append(Altered(wanted.other, wanted.person))
    apply_changes(altered, actor=actor, now=now)
