"""Accountability (追责): the cause, whoever is at fault, and what the bulletin tells of it afterwards."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agents import services as people
from agents.enums import ConductKind
from agents.models import ConductRecord, ServiceRule, User
from callcenter.access import SYSTEM
from callcenter.errors import Conflict, DomainError
from calls.contacts import masked
from complaints.enums import Act, Outcome
from complaints.models import Cause, Complaint, CoursePolicy, Liability
from complaints.services.acting import begin, finish, need
from complaints.services.ruling import TAKEN_BACK
from floor import services as bulletin


@transaction.atomic
def set_cause(*, actor: User, complaint_id: int, cause: Cause, now: datetime) -> Complaint:
    """Say why the customer had to complain, by the tree of causes; one that is retired is chosen no more."""
    complaint = begin(Act.SET_CAUSE, complaint_id, actor=actor)
    if cause.retired:
        raise DomainError(
            _("This cause is no longer chosen."), field="cause", mend=_("Choose another from the tree.")
        )
    old, complaint.cause = complaint.cause, cause
    complaint.save(update_fields=["cause"])
    finish(complaint, Act.SET_CAUSE, actor=actor, now=now, facts={"cause": [str(old or ""), str(cause)]})
    return complaint


@transaction.atomic
def hold_to_account(
    *,
    actor: User,
    complaint_id: int,
    now: datetime,
    person: User | None = None,
    broken: ServiceRule | None = None,
    measure: str = "",
    account: str = "",
    note: str = "",
) -> Liability:
    """Decide who is at fault: a conduct record that is opened at once, or, without a person, no member of staff.

    The record is by the rule of the ruling and tells what the customer said, unless it is given; it is of the day of
    receipt. Those concerned may reply and appeal (agents.services.conduct). Several people can be held to account.
    """
    complaint = begin(Act.HOLD_TO_ACCOUNT, complaint_id, actor=actor)
    _refuse_contradiction(complaint, person)
    if person is None:
        said = need(note, "note", _("The reason is missing."), _("Say why no member of staff is at fault."))
        record, facts = None, {}
    else:
        said = note.strip()
        broken = broken or complaint.rulings.get(outcome=Outcome.VALID, replaced_by=None).rule
        record = _record(complaint, actor, person, broken, measure, account, now)
        facts = {"record": str(record)}
    liability = Liability.objects.create(complaint=complaint, record=record, note=said, by=actor, at=now)
    # The course tells that a record was opened; who and why is for those alone who may see the record.
    told = "" if record else said
    finish(complaint, Act.HOLD_TO_ACCOUNT, actor=actor, now=now, note=told, facts=facts)
    return liability


def _refuse_contradiction(complaint: Complaint, person: User | None) -> None:
    """Refuse a second record for the same person, and “nobody” beside a record that stands, or twice."""
    standing = complaint.liabilities.exclude(record__state__in=TAKEN_BACK)
    if person is None and standing.exists():
        raise Conflict(_("This is decided already."), mend=_("Withdraw the conduct record first."))
    if standing.filter(record__person=person, record__isnull=False).exists():
        raise Conflict(
            _("%(person)s is held to account for it already.") % {"person": person},
            mend=_("Look at the conduct record, or choose somebody else."),
        )


def _record(
    complaint: Complaint,
    actor: User,
    person: User,
    broken: ServiceRule | None,
    measure: str,
    account: str,
    now: datetime,
) -> ConductRecord:
    if broken is None:
        raise DomainError(_("The rule is missing."), field="broken", mend=_("Name the rule that was broken."))
    zone = ZoneInfo(complaint.site.calendar.time_zone)
    facts = people.ConductFacts(
        person=person,
        kind=ConductKind.PENALTY,
        rule=broken,
        occurred_on=complaint.received_at.astimezone(zone).date(),
        account=account or masked(complaint.account),
        measure=measure,
        complaint_reference=complaint.reference,
        complaint_tier=complaint.tier,
    )
    record = people.draft_conduct(actor=actor, facts=facts, now=now)
    return people.open_conduct(actor=actor, record_id=record.pk, now=now)


def publish_outcomes(*, now: datetime, batch: int = 100) -> int:
    """Put on the bulletin what was settled at `now` (right of reply and appeal are over); return how many.

    Sweeps may run side by side: a decision is claimed with SKIP LOCKED, and published in the transaction that says so.
    """
    total = 0
    while done := _publish_batch(now, batch):
        total += done
    return total


@transaction.atomic
def _publish_batch(now: datetime, batch: int) -> int:
    settled = Liability.objects.filter(
        record__in=ConductRecord.objects.settled(now), record__isnull=False, published_at=None
    )
    related = ("complaint", "by__site__calendar", "record__person", "record__joint_person", "record__rule")
    found = list(
        settled.select_related(*related)
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")[:batch]
    )
    if not found:
        return 0
    named = CoursePolicy.objects.get().names_published
    for liability in found:
        with translation.override(liability.by.language or "en"):
            title, text = _post(liability, named=named)
        source = liability.complaint.reference
        bulletin.publish_post(
            actor=SYSTEM, author=liability.by, title=title, text=text, source=source, now=now
        )
        liability.published_at = now
    Liability.objects.bulk_update(found, ["published_at"])
    return len(found)


def _post(liability: Liability, *, named: bool) -> tuple[str, str]:
    """Return title and text: work number, rule and measure; never the customer, the name only where the policy says so."""
    record = liability.record
    if record is None:
        message = "without a record there is nothing to publish"
        raise ValueError(message)

    def who(person: User) -> str:
        return str(person) if named else person.work_number

    lines = [
        _("Work number: %(who)s") % {"who": who(record.person)},
        _("Rule: %(rule)s") % {"rule": record.rule},
        _("Measure: %(measure)s") % {"measure": record.measure},
    ]
    if record.joint_person:
        lines.append(
            _("Jointly responsible as the direct superior: %(who)s") % {"who": who(record.joint_person)}
        )
    title = _("Outcome of a complaint: rule %(code)s") % {"code": record.rule.code}
    return title, "\n".join(lines)
