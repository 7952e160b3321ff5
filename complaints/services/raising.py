"""Raising the tier: the customer went on to somebody higher. It never falls."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from agents.selectors import organisation
from callcenter.errors import DomainError
from callcenter.worktime import calendars
from callcenter.worktime.models import Policy
from complaints import selectors
from complaints.course import AT_WORK
from complaints.enums import Act, ClockKind, Tier
from complaints.models import Clock, Complaint
from complaints.services import clocks, notices
from complaints.services.acting import begin, finish, need
from complaints.sla import Marks


@transaction.atomic
def raise_tier(*, actor: User, complaint_id: int, tier: Tier, reason: str, now: datetime) -> Complaint:
    """Put a complaint on the tier that the customer has reached; whoever handles that tier handles it from now on.

    Its clocks keep their start and follow the policies of the new tier; one that has ended stays as it is.
    """
    complaint = begin(Act.RAISE_TIER, complaint_id, actor=actor)
    why = need(reason, "reason", _("The reason is missing."), _("Say whom the customer has reached."))
    if tier <= complaint.tier:
        raise DomainError(_("The tier rises and never falls."), field="tier", mend=_("Choose a higher tier."))
    old = {
        "tier": str(complaint.get_tier_display()),
        "handler": str(complaint.handler),
        "due_at": complaint.due_at.isoformat(),
    }
    complaint.tier = tier
    reroute(complaint, actor=actor, now=now)
    count_anew(complaint, start=complaint.received_at, now=now)
    new = {
        "tier": str(complaint.get_tier_display()),
        "handler": str(complaint.handler),
        "due_at": complaint.due_at.isoformat(),
    }
    facts = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    finish(complaint, Act.RAISE_TIER, actor=actor, now=now, note=why, facts=facts)
    if complaint.handler != actor:
        notices.tell(complaint, "handler", [complaint.handler], now)
    return complaint


def reroute(complaint: Complaint, *, actor: User, now: datetime) -> None:
    """Give the complaint to whoever handles its tier now, and save both; the escalation level stays."""
    complaint.handler = selectors.handler_for(
        actor, site=complaint.site, tier=Tier(complaint.tier), accused=complaint.staff_concerned, now=now
    )
    if not complaint.clocks.running().filter(kind=ClockKind.RESOLUTION, breached_at__isnull=False).exists():
        complaint.responsible_id = _answers(complaint, now)
    complaint.save(update_fields=["tier", "handler", "responsible"])


def _answers(complaint: Complaint, now: datetime) -> int:
    """Return who answers on the level that a reopened complaint has; the handler where nothing escalated yet."""
    if not complaint.level:
        return complaint.handler.pk
    house = organisation({complaint.handler.pk}, now=now)
    conflicted = house.conflicted(complaint.staff_concerned_id)
    rung = house.rung_above(complaint.handler.pk, complaint.level - 1, conflicted)
    return rung.people[0] if rung else complaint.handler.pk


def count_anew(complaint: Complaint, *, start: datetime, now: datetime) -> None:
    """Let the clocks that have not ended follow the policies of the tier; first versions count from `start`.

    A clock that the tier does not know stops; one that it alone knows starts unless it would be over.
    """
    if complaint.status not in AT_WORK:
        return
    kind_of_customer = complaint.customer.kind if complaint.customer else ""
    newest = {ClockKind(clock.kind): clock for clock in complaint.clocks.order_by("version")}
    for kind in clocks.AT_RECEIPT:
        policy = selectors.policy_for(kind, Tier(complaint.tier), kind_of_customer)
        clock = newest.get(kind)
        if clock is None and policy:
            _start_late(complaint, kind, policy, start, now)
        elif clock and policy is None:
            clocks.stop(complaint, [kind], now=now)
        elif clock and policy and clock.stopped_at is None and (clock.due_at > now or clock.paused_at):
            _count(complaint, clock, policy, start if clock.version == 1 else clock.starts_at)


def _start_late(
    complaint: Complaint, kind: ClockKind, policy: Policy, start: datetime, now: datetime
) -> None:
    late = clocks.clock(complaint, kind, policy, start, keeper=complaint.handler, version=1)
    if late.due_at > now:
        late.save(force_insert=True)


COUNTED = (
    "policy",
    "calendar",
    "has_policy_calendar",
    "revision",
    "mode",
    "amount",
    "keeper",
    "starts_at",
    "provisional",
)


def _count(complaint: Complaint, clock: Clock, policy: Policy, start: datetime) -> None:
    """Count a running clock by `policy` from `start` on, its pauses included; it repeats no warning."""
    fresh = clocks.clock(
        complaint, ClockKind(clock.kind), policy, start, keeper=complaint.handler, version=clock.version
    )
    ended = complaint.pauses.filter(ended_at__gt=start).order_by("at")
    pauses = [(pause.at, pause.ended_at) for pause in ended if pause.ended_at]
    marks = Marks(fresh.warn_50_at, fresh.warn_80_at, fresh.due_at).moved(
        pauses, calendars.load(fresh.calendar_id)
    )
    for name in COUNTED:
        setattr(clock, name, getattr(fresh, name))
    clock.warn_50_at, clock.warn_80_at, clock.due_at = marks.warn_50_at, marks.warn_80_at, marks.due_at
    if clock.paused_at is None:
        clock.next_at = marks.after(clock.warned)
    clock.save()
    if clock.kind == ClockKind.RESOLUTION:
        complaint.due_at = clock.due_at
        complaint.save(update_fields=["due_at"])
