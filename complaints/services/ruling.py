"""Ruling (判定): whether a service rule was broken. The history of rulings stays."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.enums import ConductState
from agents.models import ServiceRule, User
from callcenter.errors import Conflict, DomainError, NotAllowed
from complaints.enums import ENDED, Act, ClockKind, Outcome, Status
from complaints.models import Complaint, Ruling
from complaints.services import clocks, notices
from complaints.services.acting import begin, finish, need

TAKEN_BACK = (ConductState.WITHDRAWN, ConductState.LIFTED)
LEADS_TO = {Outcome.VALID: Status.VALID, Outcome.INVALID: Status.INVALID}


@transaction.atomic
def rule(
    *,
    actor: User,
    complaint_id: int,
    outcome: Outcome,
    opinion: str,
    now: datetime,
    broken: ServiceRule | None = None,
) -> Ruling:
    """Rule whether a service rule was broken, and which; there is no ruling without evidence.

    Of one that was reopened a second person alone may rule otherwise than before. Whoever handles it is told.
    """
    complaint = begin(Act.RULE, complaint_id, actor=actor)
    if not complaint.evidence.exists():
        raise Conflict(
            _("There is no evidence yet."),
            mend=_("Add a call, a recording, an order or a statement first."),
        )
    before = complaint.rulings.filter(replaced_by=None).first()
    if before and before.by_id == actor.pk and before.outcome != outcome:
        raise NotAllowed(_("The ruling before was yours."), mend=_("A second person alone rules otherwise."))
    ruling = _write(complaint, actor, outcome, opinion, broken, now, replaces=before)
    finish(
        complaint, Act.RULE, actor=actor, now=now, to=LEADS_TO[outcome], note=opinion, facts=_facts(ruling)
    )
    _tell(complaint, ruling, now)
    return ruling


@transaction.atomic
def change_ruling(
    *,
    actor: User,
    complaint_id: int,
    outcome: Outcome,
    opinion: str,
    now: datetime,
    broken: ServiceRule | None = None,
) -> Ruling:
    """Rule anew, as a second person. Where the outcome turns round, the course goes on from the new one.

    What had ended by then starts a new version of its clock; without a fault there is nothing to correct. Records of
    conduct that rest on the old ruling must be withdrawn or lifted first.
    """
    complaint = begin(Act.CHANGE_RULING, complaint_id, actor=actor)
    before = complaint.rulings.get(replaced_by=None)
    turned = before.outcome != outcome
    if (
        turned
        and complaint.liabilities.filter(record__isnull=False).exclude(record__state__in=TAKEN_BACK).exists()
    ):
        raise Conflict(
            _("A conduct record rests on this ruling."), mend=_("Withdraw it, or lift it on appeal, first.")
        )
    ruling = _write(complaint, actor, outcome, opinion, broken, now, replaces=before)
    had_ended = complaint.status in ENDED
    if turned:
        complaint.resolved_at = None
    to = LEADS_TO[outcome] if turned else None
    finish(complaint, Act.CHANGE_RULING, actor=actor, now=now, to=to, note=opinion, facts=_facts(ruling))
    if turned and had_ended:
        clocks.restart(complaint, now=now)
    if turned and outcome == Outcome.INVALID:
        clocks.stop(complaint, [ClockKind.CORRECTION], now=now)
    if turned:
        _tell(complaint, ruling, now)
    return ruling


def _write(
    complaint: Complaint,
    actor: User,
    outcome: Outcome,
    opinion: str,
    broken: ServiceRule | None,
    now: datetime,
    replaces: Ruling | None = None,
) -> Ruling:
    need(opinion, "opinion", _("The opinion is missing."), _("Say why you rule so."))
    if outcome == Outcome.VALID and broken is None:
        raise DomainError(
            _("Valid means that a service rule was broken."), field="broken", mend=_("Name the rule.")
        )
    return Ruling.objects.create(
        complaint=complaint,
        outcome=outcome,
        rule=broken if outcome == Outcome.VALID else None,
        opinion=opinion.strip(),
        by=actor,
        at=now,
        replaces=replaces,
    )


def _tell(complaint: Complaint, ruling: Ruling, now: datetime) -> None:
    is_valid = ruling.outcome == Outcome.VALID
    people = [] if complaint.handler == ruling.by else [complaint.handler]
    notices.tell(complaint, "ruled", people, now, is_valid=is_valid)


def _facts(ruling: Ruling) -> dict[str, str]:
    return {"outcome": ruling.outcome, "rule": str(ruling.rule or "")}


@transaction.atomic
def explain(*, actor: User, complaint_id: int, explanation: str, reaction: str, now: datetime) -> Complaint:
    """Record how an invalid complaint was explained to the customer, and what they said to it; its clocks stop."""
    complaint = begin(Act.EXPLAIN, complaint_id, actor=actor)
    said = need(explanation, "explanation", _("The explanation is missing."), _("Say what was explained."))
    heard = need(reaction, "reaction", _("The reaction is missing."), _("Say how the customer took it."))
    complaint.resolved_at = now
    finish(
        complaint,
        Act.EXPLAIN,
        actor=actor,
        now=now,
        to=Status.EXPLAINED,
        note=said,
        facts={"reaction": heard},
    )
    clocks.end(complaint, now=now)
    return complaint
