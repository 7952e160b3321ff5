"""What administrators set of complaints: the policy that each clock follows, and the numbers of the course.

A clock that runs keeps the policy that it started with; only those that start from now on follow another one.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.worktime.models import Policy
from complaints.enums import ClockKind, Tier
from complaints.models import ClockPolicy, CoursePolicy
from complaints.services.clocks import AT_RECEIPT

MANAGE = "complaints.manage_policies"
LONGEST_PAUSE = 90
"""Working days; a complaint that waits longer is one that nobody works on."""
RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"failed_follow_ups": (1, 30), "holds_days": (1, 3650)}
)
"""Least and most. At nought failed follow-ups a complaint would be closed without the customer's word."""


@transaction.atomic
def add_clock_policy(
    *,
    actor: Actor,
    kind: ClockKind,
    tier: Tier,
    policy: Policy,
    now: datetime,
    customer_kind: str = "",
    pause_days: int = 0,
) -> ClockPolicy:
    """Let a clock follow `policy` on `tier`, for every customer or a kind of customer; a second one is a Conflict.

    `pause_days` are working days in all. A DomainError names the field that is wrong.
    """
    require(actor, MANAGE)
    if kind not in AT_RECEIPT:
        raise DomainError(
            _("This clock follows no policy."), field="kind", mend=_("It ends on the day that was planned.")
        )
    _check_pause(kind, pause_days)
    values = {"policy": policy, "pause_days": pause_days}
    added, is_new = ClockPolicy.objects.get_or_create(
        kind=kind, tier=tier, customer_kind=customer_kind, defaults=values
    )
    if not is_new:
        raise Conflict(
            _("A policy is set for these customers already."),
            field="customer_kind",
            mend=_("Change that one, or choose another kind of customer."),
        )
    log.record(actor, "clock_policy.added", added, now=now, **_place(added), old=None, new=_values(added))
    return added


@transaction.atomic
def change_clock_policy(
    *, actor: Actor, clock_policy_id: int, policy: Policy, now: datetime, pause_days: int | None = None
) -> ClockPolicy:
    """Let a clock follow another policy from now on, and wait otherwise (None: as before); clocks that run keep theirs."""
    changed = _locked(actor, clock_policy_id)
    old = _values(changed)
    changed.policy = policy
    if pause_days is not None:
        _check_pause(changed.kind, pause_days)
        changed.pause_days = pause_days
    changed.save(update_fields=["policy", "pause_days"])
    log.record(
        actor, "clock_policy.changed", changed, now=now, **_place(changed), old=old, new=_values(changed)
    )
    return changed


@transaction.atomic
def remove_clock_policy(*, actor: Actor, clock_policy_id: int, now: datetime) -> None:
    """Let a kind of customer follow the tier's own policy again; without that one, the tier has no such clock.

    The tier's own deadline is never removed (Conflict): without it nothing could be accepted.
    """
    removed = _locked(actor, clock_policy_id)
    if removed.kind == ClockKind.RESOLUTION and not removed.customer_kind:
        raise Conflict(_("The deadline of a tier is never removed."), mend=_("Let it follow another policy."))
    log.record(
        actor, "clock_policy.removed", removed, now=now, **_place(removed), old=_values(removed), new=None
    )
    removed.delete()


@transaction.atomic
def set_course_policy(*, actor: Actor, changes: Mapping[str, int | bool], now: datetime) -> CoursePolicy:
    """Set some of the numbers of the course; a DomainError names the one that is out of its range."""
    require(actor, MANAGE)
    course: CoursePolicy = CoursePolicy.objects.select_for_update().get(pk=1)
    for name, (least, most) in RANGES.items():
        if not least <= changes.get(name, least) <= most:
            raise DomainError(
                _("This number is out of its range."),
                field=name,
                mend=_("Choose %(least)s to %(most)s.") % {"least": least, "most": most},
            )
    old = {name: getattr(course, name) for name in changes}
    for name, value in changes.items():
        setattr(course, name, value)
    course.save(update_fields=list(changes))
    log.record(actor, "course_policy.set", course, now=now, old=old, new=dict(changes))
    return course


def _check_pause(kind: str, days: int) -> None:
    if kind != ClockKind.RESOLUTION and days:
        raise DomainError(
            _("Only the deadline may wait for the customer."), field="pause_days", mend=_("Give 0.")
        )
    if not 0 <= days <= LONGEST_PAUSE:
        raise DomainError(
            _("This number is out of its range."),
            field="pause_days",
            mend=_("Choose %(least)s to %(most)s.") % {"least": 0, "most": LONGEST_PAUSE},
        )


def _locked(actor: Actor, clock_policy_id: int) -> ClockPolicy:
    require(actor, MANAGE)
    rows: Any = ClockPolicy.objects.select_for_update(of=("self",)).select_related("policy")
    found: ClockPolicy | None = rows.filter(pk=clock_policy_id).first()
    if found is None:
        raise Conflict(_("Somebody has removed it meanwhile."), mend=_("Look at the list again."))
    return found


def _place(one: ClockPolicy) -> dict[str, Any]:
    return {"clock": str(one.kind), "tier": int(one.tier), "customer_kind": str(one.customer_kind)}


def _values(one: ClockPolicy) -> dict[str, Any]:
    return {"policy": one.policy.code, "pause_days": one.pause_days}
