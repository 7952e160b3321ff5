"""Signing what people's browsers have blinded: so many a month for each, whatever they do with it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import require
from callcenter.errors import Conflict, DomainError
from feedback.anonymity import blind, keys
from feedback.models import FeedbackPolicy, Issue
from feedback.selectors import day_of_centre

FEW = 2
"""So many at most are fetched ahead at one sign-in."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What somebody may still have signed this month, and how many of it a browser fetches by itself at a sign-in."""

    period: str
    left: int
    ahead: int


def allowance(person: User, *, now: datetime) -> Allowance:
    """Return it. Fetching ahead keeps step with the month: tokens that a sign-out wiped do not eat up all of it at once."""
    day = day_of_centre(now)
    opens, closes = keys.month_of(day)
    signed = (
        Issue.objects.filter(person=person, key__opens_on=opens).values_list("signed", flat=True).first() or 0
    )
    whole = _limit()
    by_now = math.ceil(whole * day.day / (closes - opens).days)
    left = max(0, whole - signed)
    return Allowance(f"{opens:%Y-%m}", left, min(FEW, left, max(0, by_now - signed)))


def _limit() -> int:
    return FeedbackPolicy.objects.get(pk=1).tokens_a_period


@transaction.atomic
def issue_tokens(*, actor: User, period: str, blinded: Sequence[bytes], now: datetime) -> list[bytes]:
    """Sign blinded tokens of the running month; Conflict when that is more than the month allows.

    Nothing of them is kept, and no audit tells when: only how many somebody had this month.
    """
    require(actor, "feedback.submit")
    key = keys.current_key(now=now)
    if period != key.period:
        raise Conflict(_("The month has changed."), mend=_("Load the page again."))
    if not blinded:
        raise DomainError(_("There is nothing to sign."), field="blinded")
    Issue.objects.bulk_create([Issue(person=actor, key=key)], ignore_conflicts=True)
    issue = Issue.objects.select_for_update().get(person=actor, key=key)
    if issue.signed + len(blinded) > _limit():
        raise Conflict(
            _("There are no rights to write without your name left this month."),
            code="used_up",
            mend=_("Write under your name, or wait for the next month."),
        )
    private = keys.private_part(key)
    try:
        signed = [blind.blind_sign(private, one) for one in blinded]
    except blind.Refused as error:
        raise DomainError(_("This is no blinded token."), field="blinded") from error
    issue.signed += len(blinded)
    issue.save(update_fields=["signed"])
    return signed
