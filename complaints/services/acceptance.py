"""Acceptance (受理): a complaint gets its handler, its reference and its clocks at once."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.base import File
from django.db import connection, transaction
from django.utils.translation import gettext as _

from agents.models import Site, User
from callcenter.access import require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from calls.enums import CustomerKind
from calls.models import Customer
from calls.services import customer_known_as
from complaints import selectors
from complaints.enums import Act, Channel, ClockKind, Status, Tier
from complaints.models import Clock, Complaint, Step
from complaints.services import attaching, clocks, notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the customer said, faithfully (投诉记录表).

    `form_key` tells one filled-in form from another, `external_number` (with the system that gave it, `source`) one
    complaint that comes from elsewhere. `customer_kind` asks that somebody who is not on file is put there.
    """

    subject: str
    account: str
    customer_name: str
    channel: Channel = Channel.TELEPHONE
    contact: str = ""
    demand: str = ""
    call: str = ""
    source: str = ""
    external_number: str = ""
    form_key: UUID | None = None
    customer_kind: CustomerKind | None = None
    attachments: Sequence[File] = ()

    def stored(self) -> dict[str, Any]:
        """Return what the complaint itself keeps, by field."""
        beside = ("customer_kind", "attachments")
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in beside}


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
    A form that is sent twice, even at once, gives the first one's complaint, and so does an external number.
    """
    require(actor, "complaints.record", tier)
    if customer:
        facts = replace(facts, contact=facts.contact or customer.phone)
    if before := recorded_before(actor, facts):
        return before
    received_at = received_at or now
    _refuse_the_future(received_at, now)
    day = received_at.astimezone(ZoneInfo(site.calendar.time_zone)).date()
    handler = selectors.handler_for(actor, site=site, tier=tier, accused=staff_concerned, now=now)
    complaint = Complaint(
        reference=selectors.next_reference(day),
        site=site,
        tier=tier,
        **facts.stored(),
        customer=customer or _put_on_file(actor, facts, now),
        staff_concerned=staff_concerned,
        team=selectors.team_on(staff_concerned or actor, day, site=site),
        recorded_by=actor,
        handler=handler,
        responsible=handler,
        received_at=received_at,
    )
    _save_with_clocks(complaint)
    if handler == actor:  # who took it speaks with the customer already
        clocks.stop(complaint, [ClockKind.RESPONSE], now=now)
    Step.objects.create(complaint=complaint, act=Act.ACCEPT, new=Status.ACCEPTED, at=now, by=actor)
    attaching.keep(complaint, facts.attachments, actor=actor, now=now)
    facts_of = {"tier": int(tier), "due_at": complaint.due_at.isoformat()}
    log.record(actor, "complaint.recorded", complaint, now=now, **facts_of)
    if handler != actor:
        notices.tell(complaint, "handler", [handler], now)
    return complaint


def _refuse_the_future(received_at: datetime, now: datetime) -> None:
    if received_at > now:
        raise DomainError(
            _("The complaint cannot have been received in the future."),
            field="received_at",
            mend=_("Give the time at which the customer reached us."),
        )


def _put_on_file(actor: User, facts: Facts, now: datetime) -> Customer | None:
    if not facts.customer_kind:
        return None
    who = {"name": facts.customer_name, "contact": facts.contact}
    return customer_known_as(actor=actor, kind=facts.customer_kind, now=now, **who)


def _save_with_clocks(complaint: Complaint) -> None:
    """Save a new complaint, due when its resolution clock ends, with the clocks that start at its receipt."""
    running = clocks.started(complaint, clocks.AT_RECEIPT, complaint.received_at)
    complaint.due_at = next(clock.due_at for clock in running if clock.kind == ClockKind.RESOLUTION)
    complaint.save(force_insert=True)
    for clock in running:
        clock.complaint = complaint
    Clock.objects.bulk_create(running)


def foresee(
    *, site: Site, tier: Tier, received_at: datetime, customer_kind: CustomerKind | str = ""
) -> list[Clock]:
    """Return the clocks, unsaved, that a complaint would start with: the same count as at its acceptance."""
    complaint = Complaint(site=site, tier=tier, handler=User())
    complaint.customer = Customer(kind=customer_kind) if customer_kind else None
    return clocks.started(complaint, clocks.AT_RECEIPT, received_at)


def recorded_before(actor: User, facts: Facts) -> Complaint | None:
    """Return what this form, or this number from elsewhere, has recorded; a second sending waits until the first is in.

    Whoever goes back, types something else and sends it is asked (Conflict), so that no second complaint is lost.
    """
    if facts.external_number:
        key: dict[str, Any] = {"source": facts.source, "external_number": facts.external_number}
    elif facts.form_key:
        key = {"recorded_by": actor, "form_key": facts.form_key}
    else:
        return None
    # One lock for all numbers of a source: a file of thousands would fill the table of locks otherwise.
    name = facts.source if facts.external_number else str(facts.form_key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    found: Complaint | None = Complaint.objects.filter(**key).first()
    told = facts.stored()
    if found and any(getattr(found, name) != told[name] for name in told.keys() - {"form_key"}):
        raise Conflict(
            _("This was recorded as %(reference)s before, with other content.") % {"reference": found},
            field="external_number" if facts.external_number else None,
            mend=_("If this is another complaint, give it another number.")
            if facts.external_number
            else _("If this is another complaint, save it once more."),
        )
    return found


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
