"""Every write about conduct records that a person makes. Messages name the record and never quote it."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents import conduct
from agents.enums import CONDUCT_STEPS, ConductKind, ConductState
from agents.models import ConductRecord, ConductReply, RoleGrant, ServiceRule, User
from agents.notices import notices
from agents.selectors import direct_superior
from callcenter.access import Role, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.outbox import queue
from callcenter.state import check_step


@dataclass(frozen=True, slots=True)
class ConductFacts:
    """What somebody did on a day, by which rule it is judged, and what follows.

    `complaint_reference` and `complaint_tier` name the complaint behind it: from tier 3 on, executives alone may record.
    """

    person: User
    kind: ConductKind
    rule: ServiceRule
    occurred_on: date
    account: str
    measure: str
    complaint_reference: str = ""
    complaint_tier: int | None = None


@transaction.atomic
def draft_conduct(*, actor: User, facts: ConductFacts, now: datetime) -> ConductRecord:
    """Write a record that nobody is told of yet.

    Of a penalty the direct superior of that day is jointly responsible. The rule must have held on that day.
    """
    record = ConductRecord(recorded_by=actor, recorded_at=now)
    _put(record, facts, now)
    require(actor, "agents.record_conduct", record)
    record.save(force_insert=True)
    log.record(actor, "conduct.drafted", record, now=now, **_in_audit(record))
    return record


@transaction.atomic
def change_draft(*, actor: User, record_id: int, facts: ConductFacts, now: datetime) -> ConductRecord:
    """Write a draft anew; once those concerned are told, nothing changes any more (409)."""
    record = conduct.locked(record_id)
    require(actor, "agents.record_conduct", record)
    if record.state != ConductState.DRAFTED:
        raise Conflict(_("It is no draft any more."), mend=_("Withdraw it and write a new one."))
    old = _in_audit(record)
    _put(record, facts, now)
    require(actor, "agents.record_conduct", record)
    record.save(update_fields=["joint_person", *(field.name for field in fields(facts))])
    log.record(actor, "conduct.changed", record, now=now, old=old, new=_in_audit(record))
    return record


def _put(record: ConductRecord, facts: ConductFacts, now: datetime) -> None:
    _need(
        facts.account,
        "account",
        _("What happened is missing."),
        _("Say what the person did, and how it is known."),
    )
    _need(facts.measure, "measure", _("The measure is missing."), _("Say what follows from it."))
    if facts.occurred_on > facts.person.day_at(now):
        raise DomainError(
            _("This day is to come."), field="occurred_on", mend=_("Choose today or an earlier one.")
        )
    if not ServiceRule.objects.on(facts.occurred_on).filter(pk=facts.rule.pk).exists():
        raise DomainError(
            _("The rule did not hold on that day."), field="rule", mend=_("Choose the rule as it was then.")
        )
    for field in fields(facts):
        setattr(record, field.name, getattr(facts, field.name))
    is_penalty = facts.kind == ConductKind.PENALTY
    record.joint_person = direct_superior(facts.person, facts.occurred_on) if is_penalty else None


def _in_audit(record: ConductRecord) -> dict[str, str]:
    return {
        "kind": record.kind,
        "person": str(record.person),
        "rule": str(record.rule),
        "joint_person": str(record.joint_person or ""),
    }


@transaction.atomic
def open_conduct(*, actor: User, record_id: int, now: datetime) -> ConductRecord:
    """Tell those concerned. A penalty gives them time for a reply; a reward is final at once."""
    record = conduct.locked(record_id)
    require(actor, "agents.record_conduct", record)
    record.opened_at = now
    if record.kind == ConductKind.REWARD:
        record.final_at = now
        _step(record, ConductState.FINAL, ["opened_at", "final_at"])
    else:
        record.reply_until = conduct.period_end(conduct.REPLY, record.person, now)
        _step(record, ConductState.REPLY_OPEN, ["opened_at", "reply_until"])
    until = record.reply_until.isoformat() if record.reply_until else ""
    log.record(actor, "conduct.opened", record, now=now, reply_until=until)
    _tell(record, "opened", record.accused, now)
    return record


@transaction.atomic
def withdraw_conduct(*, actor: User, record_id: int, reason: str, now: datetime) -> ConductRecord:
    """Take a record back before it is final; what was opened stays in sight of those concerned, with the reason."""
    record = conduct.locked(record_id)
    require(actor, "agents.record_conduct", record)
    _need(reason, "reason", _("The reason is missing."), _("Say why it is taken back."))
    record.withdrawn_by, record.withdrawn_at, record.withdrawal = actor, now, reason
    _step(record, ConductState.WITHDRAWN, ["withdrawn_by", "withdrawn_at", "withdrawal"])
    log.record(actor, "conduct.withdrawn", record, now=now)
    queue.cancel(record.topic)
    if record.opened_at:
        _tell(record, "withdrawn", record.accused, now)
    return record


@transaction.atomic
def reply_to_conduct(*, actor: User, record_id: int, text: str, now: datetime) -> ConductReply:
    """Say something about a record before it is final; its author is told."""
    record = conduct.locked(record_id)
    require(actor, "agents.answer_conduct", record)
    if record.state != ConductState.REPLY_OPEN or record.reply_until is None or now >= record.reply_until:
        raise Conflict(
            _("The time for a reply is over."), mend=_("Once the record is final, you can appeal.")
        )
    _need(text, "text", _("The reply is missing."), _("Say how you see it."))
    reply = ConductReply.objects.create(record=record, person=actor, text=text, at=now)
    log.record(actor, "conduct.replied", record, now=now)
    _tell(record, f"replied:{reply.pk}", [record.recorded_by], now)
    return reply


@transaction.atomic
def appeal_conduct(*, actor: User, record_id: int, text: str, now: datetime) -> ConductRecord:
    """Appeal against a final penalty, once for all whom it concerns; whoever may decide is told."""
    record = conduct.locked(record_id)
    require(actor, "agents.answer_conduct", record)
    if record.state == ConductState.FINAL and (record.appeal_until is None or now >= record.appeal_until):
        raise Conflict(_("The time for an appeal is over."), mend=_("Speak with your direct superior."))
    _need(text, "text", _("The appeal is missing."), _("Say why the record is wrong."))
    record.appealed_by, record.appealed_at, record.appeal = actor, now, text
    _step(record, ConductState.APPEALED, ["appealed_by", "appealed_at", "appeal"])
    log.record(actor, "conduct.appealed", record, now=now)
    _tell(record, "appealed", _judges(record, now), now)
    return record


@transaction.atomic
def decide_appeal(
    *, actor: User, record_id: int, outcome: ConductState, decision: str, now: datetime
) -> ConductRecord:
    """Uphold or lift a penalty after an appeal. Neither its author, nor the accused, nor who reports to them decides."""
    record = conduct.locked(record_id)
    require(actor, "agents.decide_appeal", record)
    _need(decision, "decision", _("The reason is missing."), _("Say why you decide so."))
    record.decided_by, record.decided_at, record.decision = actor, now, decision
    _step(record, outcome, ["decided_by", "decided_at", "decision"])
    log.record(actor, "conduct.decided", record, now=now, outcome=outcome)
    queue.cancel(record.topic)
    _tell(record, "decided", [*record.accused, record.recorded_by], now)
    return record


def _step(record: ConductRecord, state: ConductState, fields: list[str]) -> None:
    check_step(CONDUCT_STEPS, record.state, state)
    record.state = state
    record.save(update_fields=["state", *fields])


def _judges(record: ConductRecord, now: datetime) -> list[User]:
    """Return the people who may decide the appeal; few hold the roles, so that each is asked."""
    holders = RoleGrant.objects.on(record.person.day_at(now)).filter(
        role__in=[Role.SERVICE_MANAGER, Role.EXECUTIVE]
    )
    people = User.objects.filter(pk__in=holders.values("person"), is_active=True)
    return [
        one for one in people.select_related("site__calendar") if one.has_perm("agents.decide_appeal", record)
    ]


def _tell(record: ConductRecord, event: str, people: list[User], now: datetime) -> None:
    queue.enqueue(
        notices(
            f"{record.topic}:{event}",
            people,
            template=f"agents/notify/conduct_{event.partition(':')[0]}",
            context=conduct.in_message(record),
            topic=record.topic,
            now=now,
        )
    )


def _need(value: str, field: str, message: str, mend: str) -> None:
    if not value.strip():
        raise DomainError(message, code="required", field=field, mend=mend)
