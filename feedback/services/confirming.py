"""How an item ends: confirmed, disputed, closed by the executives, or by silence."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import SYSTEM, Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.outbox import queue
from callcenter.state import check_step
from feedback import selectors
from feedback.enums import LAST_DISPUTE, STEPS, Ending, Escalation, Status
from feedback.models import Answer, Dispute, Item, Survey
from feedback.services.telling import author_of, inform, locked, locked_unnamed, need, tell

MOST_DAYS = 60
MARKS = range(1, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFacts:
    """What the author expected and found: working days until the answer, and how good it was, from 1 to 5."""

    expected_days: int
    expected_quality: int
    found_quality: int
    satisfied: bool

    def check(self) -> None:
        """Raise a DomainError naming the first figure that is out of its range."""
        if not 0 <= self.expected_days <= MOST_DAYS:
            raise DomainError(
                _("So many days are not asked for."), field="expected_days", mend=_("Say 0 to 60.")
            )
        for name in ("expected_quality", "found_quality"):
            if getattr(self, name) not in MARKS:
                raise DomainError(_("There is no such mark."), field=name, mend=_("Choose 1 to 5."))


@transaction.atomic
def confirm(*, actor: User, item_id: int, survey: SurveyFacts | None, now: datetime) -> Item:
    """Accept the answer as the named author; the item is closed, and the answering side is told."""
    item = locked(item_id)
    require(actor, "feedback.confirm", item)
    return _confirm(actor, item, survey, now)


@transaction.atomic
def confirm_unnamed(*, item_id: int, survey: SurveyFacts | None, now: datetime) -> Item:
    """Accept the answer as an anonymous author, out of the intake; only the batch calls this."""
    return _confirm(SYSTEM, locked_unnamed(item_id), survey, now)


def _confirm(actor: Actor, item: Item, survey: SurveyFacts | None, now: datetime) -> Item:
    _need_answer(item)
    if survey:
        survey.check()
        Survey.objects.create(item=item, **asdict(survey))
    _close(item, Ending.CONFIRMED, now)
    log.record(actor, "feedback.confirmed", item, now=now, surveyed=survey is not None)
    inform(item, "confirmed", selectors.Desk(now).answerers(item), now)
    return item


@transaction.atomic
def dispute(*, actor: User, item_id: int, reason: str, now: datetime) -> Item:
    """Say as the named author why the answer will not do: from now on the executives own the item, and are told by email.

    After the second dispute they alone close it, with a reason.
    """
    item = locked(item_id)
    require(actor, "feedback.confirm", item)
    return _dispute(actor, item, reason, selectors.day_of_centre(now), now)


@transaction.atomic
def dispute_unnamed(*, item_id: int, reason: str, day: date, now: datetime) -> Item:
    """Say why the answer will not do as an anonymous author, out of the intake; only the batch calls this."""
    return _dispute(SYSTEM, locked_unnamed(item_id), reason, day, now)


def _dispute(actor: Actor, item: Item, reason: str, day: date, now: datetime) -> Item:
    _need_answer(item)
    need(reason, "reason", _("The reason is missing."), _("Say what is missing or wrong in the answer."))
    was_escalated = item.escalated_at is not None
    item.status, item.silent_until = Status.DISPUTED, None
    item.disputes += 1
    item.escalated_at = item.escalated_at or now
    item.escalation = item.escalation or Escalation.DISPUTED
    item.save(update_fields=["status", "silent_until", "disputes", "escalated_at", "escalation"])
    Dispute.objects.create(item=item, number=item.disputes, reason=reason, day=day)
    log.record(actor, "feedback.disputed", item, now=now, number=item.disputes)
    queue.cancel(item.topic)
    desk = selectors.Desk(now)
    event = "disputed_again" if item.disputes >= LAST_DISPUTE else "disputed"
    tell(item, event, desk.executives(item), now)
    if not was_escalated:
        inform(item, "escalated", desk.only_asked(item), now)
    return item


def _need_answer(item: Item) -> None:
    if item.status != Status.ANSWERED:
        raise Conflict(
            _("There is no answer to confirm or to dispute now."),
            mend=_("Wait for the answer, or add what you have to say."),
        )


@transaction.atomic
def close_by_executive(*, actor: User, item_id: int, reason: str, now: datetime) -> Item:
    """Close what was disputed twice, with a reason, which is the last answer that the author reads."""
    item = locked(item_id)
    require(actor, "feedback.close", item)
    if item.disputes < LAST_DISPUTE:
        raise Conflict(_("It was not disputed twice."), mend=_("Answer it."))
    check_step(STEPS, item.status, Status.CLOSED)
    need(reason, "reason", _("The reason is missing."), _("Say why there will be no other answer."))
    Answer.objects.create(item=item, text=reason, by=actor, at=now)
    _close(item, Ending.EXECUTIVE, now)
    log.record(actor, "feedback.closed", item, now=now, ending=item.ending)
    queue.cancel(item.topic)
    desk = selectors.Desk(now)
    side = [one for one in desk.asked(item) if one != actor]
    inform(item, "closed_by_executive", [*author_of(item), *side], now)
    return item


def _close(item: Item, ending: Ending, now: datetime) -> None:
    item.status, item.closed_at, item.ending, item.silent_until = Status.CLOSED, now, ending, None
    item.save(update_fields=["status", "closed_at", "ending", "silent_until"])
