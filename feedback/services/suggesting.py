"""The course of a suggestion (合理化建议): assessed, carried out, verified by another, rewarded."""

from collections.abc import Sequence
from datetime import date, datetime
from hmac import compare_digest

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import SYSTEM, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError, NotFound
from callcenter.state import check_step
from feedback import selectors
from feedback.enums import LAST_DISPUTE, SUGGESTION_STEPS, SuggestionState
from feedback.models import Claim, Item, Note, Suggestion
from feedback.querysets import OPEN
from feedback.services.answering import give_answer
from feedback.services.telling import author_of, followers, inform, locked, locked_unnamed, need

REWARD_LETTERS = 200


@transaction.atomic
def assess_suggestion(
    *, actor: User, item_id: int, adopt: bool, reason: str, carry_out_by: date | None, now: datetime
) -> Suggestion:
    """Adopt a suggestion, to be carried out by a date, or decline it; either with a reason, which the author reads.

    While the item waits for an answer, this is its answer. What is adopted can be adopted anew with another date, or
    be declined after all.
    """
    item, suggestion = _locked(item_id)
    require(actor, "feedback.assess", item)
    new = SuggestionState.ADOPTED if adopt else SuggestionState.DECLINED
    check_step(SUGGESTION_STEPS, suggestion.state, new)
    need(reason, "reason", _("The reason is missing."), _("Say why it is adopted or declined."))
    if adopt:
        _need_date(carry_out_by, now)
    if item.status in OPEN and item.disputes < LAST_DISPUTE:
        give_answer(actor, item, reason, now)
    old, suggestion.state = suggestion.state, new
    suggestion.reason, suggestion.assessed_by, suggestion.assessed_at = reason, actor, now
    suggestion.carry_out_by, suggestion.reminded_at = (carry_out_by if adopt else None), None
    suggestion.save()
    log.record(actor, "feedback.suggestion_assessed", item, now=now, old=old, new=new)
    _progress(item, "assessed", now)
    return suggestion


@transaction.atomic
def carry_out_suggestion(*, actor: User, item_id: int, result: str, now: datetime) -> Suggestion:
    """Say what was done; somebody else verifies it."""
    item, suggestion = _locked(item_id)
    require(actor, "feedback.carry_out", item)
    check_step(SUGGESTION_STEPS, suggestion.state, SuggestionState.CARRIED_OUT)
    need(
        result,
        "result",
        _("What was done is missing."),
        _("Say what was done, so that another can verify it."),
    )
    suggestion.state, suggestion.result = SuggestionState.CARRIED_OUT, result
    suggestion.carried_out_by, suggestion.carried_out_at = actor, now
    suggestion.save()
    log.record(actor, "feedback.suggestion_carried_out", item, now=now)
    _progress(item, "carried_out", now)
    others = [one for one in selectors.Desk(now).asked(item) if one != actor]
    inform(item, "to_verify", others, now, key=int(now.timestamp()))
    return suggestion


@transaction.atomic
def verify_suggestion(
    *, actor: User, item_id: int, holds: bool, note: str = "", carry_out_by: date | None = None, now: datetime
) -> Suggestion:
    """Say, as somebody else than whoever carried it out, that it holds; else it is to be done anew by another date.

    The note is for the answering side, and needed where it does not hold.
    """
    item, suggestion = _locked(item_id)
    require(actor, "feedback.verify", item)
    new = SuggestionState.VERIFIED if holds else SuggestionState.ADOPTED
    if suggestion.state != SuggestionState.CARRIED_OUT:
        raise Conflict(_("There is nothing to verify now."), mend=_("It has to be carried out first."))
    suggestion.state = new
    if holds:
        suggestion.verified_by, suggestion.verified_at = actor, now
    else:
        need(note, "note", _("The note is missing."), _("Say what does not hold."))
        suggestion.carry_out_by, suggestion.reminded_at = _need_date(carry_out_by, now), None
        suggestion.carried_out_by, suggestion.carried_out_at, suggestion.result = None, None, ""
    suggestion.save()
    if note.strip():
        Note.objects.create(item=item, text=note, by=actor, at=now)
    log.record(actor, "feedback.suggestion_verified", item, now=now, holds=holds)
    side = [one for one in selectors.Desk(now).asked(item) if one != actor]
    _progress(item, "verified" if holds else "not_verified", now, side)
    return suggestion


@transaction.atomic
def reward_suggestion(*, actor: User, item_id: int, reward: str, now: datetime) -> Suggestion:
    """Record the reward of a verified suggestion, once; an anonymous author claims it with the receipt, or leaves it."""
    item, suggestion = _locked(item_id)
    require(actor, "feedback.reward", item)
    if suggestion.state != SuggestionState.VERIFIED or suggestion.rewarded_at:
        raise Conflict(_("Only a verified suggestion is rewarded, and once."))
    need(reward, "reward", _("The reward is missing."), _("Say what the author gets."), most=REWARD_LETTERS)
    suggestion.reward, suggestion.rewarded_at = reward, now
    suggestion.save(update_fields=["reward", "rewarded_at"])
    log.record(actor, "feedback.suggestion_rewarded", item, now=now)
    inform(item, "rewarded", author_of(item), now)
    return suggestion


@transaction.atomic
def show_reward(*, actor: User, item_id: int, shown: bool, now: datetime) -> Suggestion:
    """Agree, as the named author, that the board shows the reward with the name; or no longer."""
    item, suggestion = _locked(item_id)
    require(actor, "feedback.show_reward", item)
    _need_reward(suggestion)
    suggestion.shown = shown
    suggestion.save(update_fields=["shown"])
    log.record(actor, "feedback.reward_shown", item, now=now, shown=shown)
    return suggestion


@transaction.atomic
def claim_reward(
    *, item_id: int, receipt: bytes, person: User, shown: bool, day: date, now: datetime
) -> Claim:
    """Give up anonymity for the reward, by the receipt alone and for good; only the batch calls this.

    The item itself stays anonymous: who claimed it stands beside it. A wrong receipt is a NotFound.
    """
    item = locked_unnamed(item_id)
    suggestion = _suggestion(item)
    if not compare_digest(bytes(item.receipt or b""), receipt):
        raise NotFound(_("There is nothing with this receipt."))
    _need_reward(suggestion)
    if Claim.objects.filter(item=item).exists():
        raise Conflict(_("The reward was claimed before."))
    claim: Claim = Claim.objects.create(item=item, receipt=receipt, person=person, day=day)
    suggestion.shown = shown
    suggestion.save(update_fields=["shown"])
    log.record(SYSTEM, "feedback.reward_claimed", item, now=now)
    inform(item, "claimed", selectors.Desk(now).asked(item), now)
    return claim


def _locked(item_id: int) -> tuple[Item, Suggestion]:
    item = locked(item_id)
    return item, _suggestion(item)


def _suggestion(item: Item) -> Suggestion:
    found: Suggestion | None = Suggestion.objects.filter(item=item).first()
    if found is None:
        raise Conflict(_("%(reference)s is a question, not a suggestion.") % {"reference": item})
    item.suggestion = found
    return found


def _need_date(day: date | None, now: datetime) -> date:
    if day is None or day < selectors.day_of_centre(now):
        raise DomainError(
            _("The date is missing or over."), field="carry_out_by", mend=_("Say by when it is carried out.")
        )
    return day


def _need_reward(suggestion: Suggestion) -> None:
    if not suggestion.rewarded_at:
        raise Conflict(_("There is no reward yet."))


def _progress(item: Item, event: str, now: datetime, side: Sequence[User] = ()) -> None:
    """Tell the named author, those who follow the item on the board, and these of the answering side."""
    people = {person.pk: person for person in (*author_of(item), *followers(item), *side)}
    inform(item, event, list(people.values()), now, key=int(now.timestamp()))
