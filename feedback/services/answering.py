"""The answering side and the talk with the author."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import Department, User
from callcenter.access import SYSTEM, Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.outbox import queue
from callcenter.state import check_step
from feedback import selectors
from feedback.enums import LAST_DISPUTE, STEPS, Addressee, Status
from feedback.models import Answer, HandOn, Item, Note, Word
from feedback.services.telling import (
    author_of,
    house_policy,
    in_working_days,
    inform,
    locked,
    locked_unnamed,
    need,
    need_open,
    tell,
)


@transaction.atomic
def answer_item(*, actor: User, item_id: int, text: str, now: datetime) -> Item:
    """Answer an item; a named author is told, and what still waits for the answering side is called back.

    A second answer is an IllegalTransition: of two owners who answer at once the first one counts. Unless the author
    objects within the house's days of silence, the answer counts as accepted.
    """
    item = locked(item_id)
    require(actor, "feedback.answer", item)
    give_answer(actor, item, text, now)
    return item


def give_answer(actor: User, item: Item, text: str, now: datetime) -> None:
    """Answer a locked item, whichever act the answer comes with."""
    check_step(STEPS, item.status, Status.ANSWERED)
    if item.disputes >= LAST_DISPUTE:
        raise Conflict(
            _("The author has disputed this twice; there is no third answer."),
            mend=_("Close it with a reason."),
        )
    need(text, "text", _("The answer is missing."), _("Say what was decided or done."))
    old, item.status = item.status, Status.ANSWERED
    item.silent_until = in_working_days(item, now, house_policy().silence_days)
    item.answered_at = item.answered_at or now
    item.save(update_fields=["status", "silent_until", "answered_at"])
    answer = Answer.objects.create(item=item, text=text, by=actor, at=now)
    log.record(actor, "feedback.answered", item, now=now, old=old, late=now >= item.due_at)
    queue.cancel(item.topic)
    inform(item, "answered", author_of(item), now, key=answer.pk)


@transaction.atomic
def ask_back(*, actor: User, item_id: int, text: str, now: datetime) -> Word:
    """Ask the author something; a named one is told, an anonymous one finds it with the receipt. No clock stops."""
    item = locked(item_id)
    require(actor, "feedback.ask_back", item)
    need_open(item)
    need(text, "text", _("The question is missing."), _("Say what you need to know."))
    word = Word.objects.create(item=item, text=text, by=actor, day=selectors.day_of_centre(now), at=now)
    log.record(actor, "feedback.asked_back", item, now=now)
    inform(item, "asked_back", author_of(item), now, key=word.pk)
    return word


@transaction.atomic
def say(*, actor: User, item_id: int, text: str, now: datetime) -> Word:
    """Add what the named author has to say; whoever answers now is told."""
    item = locked(item_id)
    require(actor, "feedback.say", item)
    return _say(actor, item, text, day=selectors.day_of_centre(now), at=now, now=now)


@transaction.atomic
def say_unnamed(*, item_id: int, text: str, day: date, now: datetime) -> Word:
    """Add what an anonymous author has to say, out of the intake; only the batch calls this. Of the time it keeps `day`."""
    return _say(SYSTEM, locked_unnamed(item_id), text, day=day, at=None, now=now)


def _say(actor: Actor, item: Item, text: str, *, day: date, at: datetime | None, now: datetime) -> Word:
    need_open(item)
    need(text, "text", _("There is nothing to send."), _("Write what you want to say."))
    word = Word.objects.create(item=item, text=text, day=day, at=at)
    log.record(actor, "feedback.said", item, now=now)
    tell(item, "said", selectors.Desk(now).answerers(item), now, key=word.pk)
    return word


@transaction.atomic
def hand_on(*, actor: User, item_id: int, to: Department, reason: str, now: datetime) -> Item:
    """Hand an item on to the department that can answer it, once; its deadline stays, but leaves one working day.

    Whoever answered for the old department no longer sees it.
    """
    item = locked(item_id)
    require(actor, "feedback.hand_on", item)
    old = _check_hand_on(item, to, now)
    need(reason, "reason", _("The reason is missing."), _("Say why the other department answers."))
    item.department = to
    people = selectors.Desk(now).answerers(item)
    if not people:
        raise _not_there(_("Nobody answers for %(department)s now.") % {"department": to})
    item.due_at = max(item.due_at, in_working_days(item, now, 1))
    item.save(update_fields=["department", "due_at"])
    HandOn.objects.create(item=item, old=old, new=to, reason=reason, by=actor, at=now)
    log.record(
        actor,
        "feedback.handed_on",
        item,
        now=now,
        old=str(old),
        new=str(to),
        due_at=item.due_at.isoformat(),
    )
    queue.cancel(item.topic)
    tell(item, "submitted", people, now, key="handed_on")
    inform(item, "handed_on", author_of(item), now)
    return item


def _check_hand_on(item: Item, to: Department, now: datetime) -> Department:
    """Return the department that has the item now."""
    old = item.department
    if old is None or item.addressee != Addressee.DEPARTMENT or item.status != Status.SUBMITTED:
        raise Conflict(_("Only what a department has yet to answer can be handed on."))
    if HandOn.objects.filter(item=item).exists():
        raise Conflict(
            _("It was handed on before."), mend=_("Answer it, or add in a note whom you need for it.")
        )
    if now >= item.due_at:
        raise Conflict(_("The deadline has passed: the executives answer now."))
    if to == old:
        raise _not_there(_("It is with %(department)s already.") % {"department": to})
    return old


def _not_there(message: str) -> DomainError:
    return DomainError(message, field="to", mend=_("Choose another department."))


@transaction.atomic
def write_note(*, actor: User, item_id: int, text: str, now: datetime) -> Note:
    """Add a note that only the answering side reads."""
    item = locked(item_id)
    require(actor, "feedback.note", item)
    need(text, "text", _("The note is empty."), _("Write what the others on your side should know."))
    note = Note.objects.create(item=item, text=text, by=actor, at=now)
    log.record(actor, "feedback.noted", item, now=now)
    return note
