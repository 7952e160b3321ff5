"""The course of a complaint, step by step, by people."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import gettext as _

from agents.models import Site, User
from callcenter.access import require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.outbox import queue
from callcenter.outbox.models import Channel as By
from callcenter.state import check_step
from callcenter.worktime import calendars, policies
from calls.models import Customer
from complaints import selectors, sla
from complaints.enums import STEPS, Channel, ClockKind, Status, Tier
from complaints.models import Clock, Complaint, StatusChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the customer said, faithfully (投诉记录表); `form_key` tells one filled-in form from another."""

    subject: str
    account: str
    customer_name: str
    channel: Channel = Channel.TELEPHONE
    contact: str = ""
    demand: str = ""
    form_key: UUID | None = None


@transaction.atomic
def record_complaint(
    *,
    actor: User,
    site: Site,
    tier: Tier,
    facts: Facts,
    now: datetime,
    received_at: datetime | None = None,
    staff_concerned: User | None = None,
    customer: Customer | None = None,
) -> Complaint:
    """Accept a complaint (受理): it gets its handler, its reference and its due instant at once.

    `received_at` is when the customer reached us, now if not given, never in the future.
    A form that is sent twice, even at once, gives the first one's complaint.
    """
    require(actor, "complaints.record", tier)
    if facts.form_key and (before := _recorded_before(actor, facts)):
        return before
    received_at = received_at or now
    if received_at > now:
        raise DomainError(
            _("The complaint cannot have been received in the future."),
            field="received_at",
            mend=_("Give the time at which the customer reached us."),
        )
    day = received_at.astimezone(ZoneInfo(site.calendar.time_zone)).date()
    handler = selectors.handler_for(actor, site=site, tier=tier, accused=staff_concerned, now=now)
    clock = _new_clock(site, tier, received_at, customer.kind if customer else "")
    complaint = Complaint.objects.create(
        reference=selectors.next_reference(day),
        site=site,
        tier=tier,
        **asdict(facts),
        customer=customer,
        staff_concerned=staff_concerned,
        team=selectors.team_on(staff_concerned or actor, day, site=site),
        recorded_by=actor,
        handler=handler,
        responsible=handler,
        received_at=received_at,
        due_at=clock.due_at,
    )
    clock.complaint = complaint
    clock.save(force_insert=True)
    StatusChange.objects.create(complaint=complaint, new=Status.ACCEPTED, at=now, by=actor)
    log.record(
        actor, "complaint.recorded", complaint, now=now, tier=int(tier), due_at=clock.due_at.isoformat()
    )
    if handler != actor:
        queue.enqueue([_handler_notice(complaint, handler, now)])
    return complaint


def _recorded_before(actor: User, facts: Facts) -> Complaint | None:
    """Return what this form has recorded; a second sending waits here until the first has committed.

    Whoever goes back, types something else and sends it is asked, so that no second complaint is lost.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(facts.form_key)])
    found: Complaint | None = Complaint.objects.filter(recorded_by=actor, form_key=facts.form_key).first()
    if found and any(getattr(found, name) != told for name, told in asdict(facts).items()):
        raise Conflict(
            _("This form was recorded as %(reference)s before.") % {"reference": found},
            mend=_("If this is another complaint, save it once more."),
        )
    return found


def _new_clock(site: Site, tier: Tier, start: datetime, customer_kind: str) -> Clock:
    policy = selectors.policy_for(ClockKind.RESOLUTION, tier, customer_kind)
    calendar_id = policy.calendar_id or site.calendar_id
    hours = calendars.load(calendar_id)
    due = policies.due(hours, policy.mode, policy.amount, start)
    marks = sla.marks(start, due.at, hours)
    return Clock(
        kind=ClockKind.RESOLUTION,
        policy=policy,
        calendar_id=calendar_id,
        starts_at=start,
        warn_50_at=marks.warn_50_at,
        warn_80_at=marks.warn_80_at,
        due_at=due.at,
        provisional=due.provisional,
        next_at=marks.warn_50_at,
    )


def _handler_notice(complaint: Complaint, handler: User, now: datetime) -> Any:
    return queue.message(
        f"complaint:{complaint.pk}:handler:{handler.pk}",
        channel=By.IN_APP,
        recipient=handler,
        template="complaints/notify/handler",
        context={
            "reference": complaint.reference,
            "subject": complaint.subject,
            "path": complaint.get_absolute_url(),
            "complaint_due_at": complaint.due_at.isoformat(),
        },
        topic=complaint.topic,
        now=now,
    )


@transaction.atomic
def resolve_complaint(*, actor: User, complaint_id: int, solution: str, now: datetime) -> Complaint:
    """Record the solution and end the complaint; its clock stops and nothing more is sent about it."""
    complaint: Complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint_id)
    require(actor, "complaints.resolve", complaint)
    check_step(STEPS, complaint.status, Status.RESOLVED)
    if not solution.strip():
        raise DomainError(_("The solution is missing."), field="solution", mend=_("Say what was done."))
    old, complaint.status = complaint.status, Status.RESOLVED
    complaint.resolved_at, complaint.solution = now, solution
    complaint.save(update_fields=["status", "resolved_at", "solution"])
    complaint.clocks.running().update(stopped_at=now, next_at=None)
    StatusChange.objects.create(
        complaint=complaint, old=old, new=complaint.status, at=now, by=actor, note=solution
    )
    log.record(actor, "complaint.resolved", complaint, now=now, old=old, solution=solution)
    queue.cancel(complaint.topic)
    return complaint


@transaction.atomic
def note_printing(*, actor: User, complaint_id: int, now: datetime) -> None:
    """Put on record that somebody took the complaint out of the house on paper."""
    complaint = Complaint.objects.visible_to(actor).get(pk=complaint_id)
    log.record(actor, "complaint.printed", complaint, now=now)


@transaction.atomic
def show_contact(*, actor: User, complaint_id: int, now: datetime) -> str:
    """Return the customer's contact in full; who looked at it, and when, is on record."""
    complaint: Complaint = Complaint.objects.get(pk=complaint_id)
    require(actor, "complaints.see_contact", complaint)
    log.record(actor, "complaint.contact_shown", complaint, now=now)
    return complaint.contact
