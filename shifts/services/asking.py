"""Asking for a change of one's published roster: nothing is altered before somebody approves it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from shifts.enums import ChangeKind, ChangeState
from shifts.models import Change
from shifts.moving import LONGEST, STEP, Obstacle, Times
from shifts.selectors.fitting import Wanted, is_settled, obstacles, told_shifts
from shifts.services import change_notices
from shifts.services.occupying import lock_people

OF_TWO = (ChangeKind.SWAP, ChangeKind.SUBSTITUTE)
OF_TIMES = (ChangeKind.EXTEND, ChangeKind.FLEXIBLE)


@transaction.atomic
def ask_change(  # noqa: PLR0913 (a change has this many facts)
    *,
    actor: Actor,
    person: User,
    kind: ChangeKind,
    shift_id: int,
    now: datetime,
    other_shift_id: int | None = None,
    colleague: User | None = None,
    times: Times | None = None,
    reason: str = "",
) -> Change:
    """Ask for a change of a published shift of `person`, or for an open one (pick up).

    A swap names the colleague's shift, a substitute the colleague, an extension and a flexible hour the new times.
    Whoever is next to agree is told. What stands against it is a Conflict that says all of it.
    """
    require(actor, "shifts.ask", person)
    wanted = _wanted(person, kind, shift_id, other_shift_id, colleague, times)
    lock_people([one.pk for one in wanted.people])
    _check_unasked(wanted)
    refuse_if_any(obstacles(wanted, now=now), wanted)
    change = _new(wanted, reason, now)
    try:
        with transaction.atomic():
            change.save(force_insert=True)
    except IntegrityError as taken:
        raise _already_asked(kind) from taken
    log.record(actor, "change.asked", change, now=now, kind=kind, shift=shift_id)
    change_notices.tell_next(change, now=now)
    return change


def refuse_if_any(found: list[Obstacle], wanted: Wanted) -> None:
    """Raise a Conflict that says everything that stands against a change, and of whom it is true."""
    if not found:
        return
    names = {one.pk: one.name for one in wanted.people}
    mend = _("Choose another shift, time or colleague, or ask whoever plans the roster.")
    if found[0].code == "changed":
        mend = _("Refuse or withdraw this change; it can be asked for anew.")
    said = [f"{names[one.person]}: {one.words}" if one.person else one.words for one in found]
    raise Conflict(" ".join(said), code=found[0].code, mend=mend)


def _new(wanted: Wanted, reason: str, now: datetime) -> Change:
    change = Change(
        kind=wanted.kind,
        state=ChangeState.ASKED if wanted.colleague else ChangeState.ACCEPTED,
        person=wanted.person,
        colleague=wanted.colleague,
        shift=wanted.shift,
        other_shift=wanted.other,
        starts_at=wanted.shift.published_starts_at,
        ends_at=wanted.shift.published_ends_at,
        new_starts_at=wanted.new_starts_at,
        new_ends_at=wanted.new_ends_at,
        due_at=wanted.due_at,
        reason=reason,
        asked_at=now,
    )
    if wanted.other:
        change.other_starts_at = wanted.other.published_starts_at
        change.other_ends_at = wanted.other.published_ends_at
    return change


def _wanted(
    person: User,
    kind: ChangeKind,
    shift_id: int,
    other_shift_id: int | None,
    colleague: User | None,
    times: Times | None,
) -> Wanted:
    """Return what is asked for, with the parts that its kind has and no others."""
    owner = None if kind == ChangeKind.PICK_UP else person
    shift = _told(shift_id, "shift", roster__site=person.site_id, published_person=owner)
    if kind == ChangeKind.SWAP:
        _need(other_shift_id, "other_shift", _("The shift of the colleague is missing."))
        theirs = {"roster__site": person.site_id, "published_person__isnull": False}
        other = _told(other_shift_id, "other_shift", **theirs)
        colleague = _another(other.published_person, person, "other_shift")
        return Wanted(kind, person, shift, colleague, other)
    if kind == ChangeKind.SUBSTITUTE:
        _need(colleague, "colleague", _("The colleague is missing."))
        return Wanted(kind, person, shift, _another(colleague, person, "colleague"))
    if kind in OF_TIMES:
        _need(times, "new_starts_at", _("The new times are missing."))
        since, until = _checked(kind, shift, times, Wanted(kind, person, shift))
        return Wanted(kind, person, shift, new_starts_at=since, new_ends_at=until)
    return Wanted(kind, person, shift)


def _told(shift_id: int | None, field: str, **whose: Any) -> Any:
    shift = told_shifts().filter(pk=shift_id, **whose).first()
    if shift is None:
        raise DomainError(
            _("There is no such published shift, or it is not yours to ask about."),
            field=field,
            code="unknown",
            mend=_("Choose one that your roster shows."),
        )
    if not is_settled(shift):
        raise Conflict(
            _("Whoever plans the roster is changing this shift."),
            field=field,
            code="being_changed",
            mend=_("Wait until the change is published, then ask again."),
        )
    return shift


def _need(value: object, field: str, words: str) -> None:
    if value is None:
        raise DomainError(words, field=field, code="required", mend=_("Choose one."))


def _another(colleague: Any, person: User, field: str) -> User:
    if colleague.pk == person.pk:
        raise DomainError(_("This is you."), field=field, mend=_("Choose somebody else."))
    found: User = User.objects.select_related("site__calendar").get(pk=colleague.pk)
    return found


def _checked(kind: ChangeKind, shift: Any, times: Any, wanted: Wanted) -> Times:
    """Return the new times if they are what the kind allows: an extension contains the shift, a flexible hour moves it."""
    old = Times(shift.published_starts_at, shift.published_ends_at)
    earlier, later = old.starts_at - times.starts_at, times.ends_at - old.ends_at
    if earlier % STEP or later % STEP:
        raise _wrong(_("Times move in half hours."), _("Choose a whole number of half hours."))
    if times.starts_at.astimezone(wanted.zone).date() != shift.day:
        raise _wrong(_("The shift would begin on another day."), _("Let it begin on the same day."))
    if kind == ChangeKind.FLEXIBLE and (earlier != -later or not earlier):
        raise _wrong(
            _("A flexible hour moves begin and end alike."), _("Move both by the same time, and not by none.")
        )
    if kind == ChangeKind.EXTEND and (min(earlier, later) < timedelta() or earlier == later == timedelta()):
        raise _wrong(
            _("An extension keeps the time of the shift and adds some."), _("Begin earlier, or end later.")
        )
    if times.ends_at - times.starts_at > LONGEST:
        raise _wrong(_("A shift is 16 hours long at most."), _("Extend it by less."))
    return Times(*times)


def _wrong(words: str, mend: str) -> DomainError:
    return DomainError(words, field="new_starts_at", mend=mend)


def _check_unasked(wanted: Wanted) -> None:
    """Refuse a shift that another change, which still waits, is about."""
    keys = [shift.pk for shift in wanted.shifts]
    if Change.objects.open().about(keys).exists():
        raise _already_asked(wanted.kind)


def _already_asked(kind: ChangeKind) -> Conflict:
    if kind == ChangeKind.PICK_UP:
        said, mend = (
            _("A colleague was quicker: this shift is kept for them."),
            _("Choose another open shift."),
        )
    else:
        said = _("Another change of this shift waits already.")
        mend = _("Wait until it is decided, or choose another shift.")
    return Conflict(said, code="already_asked", field="shift", mend=mend)
