"""Starting, stopping and restarting the clocks of a complaint; the sweep moves them on."""

from collections.abc import Iterable
from datetime import datetime

from agents.models import User
from callcenter.outbox import queue
from callcenter.worktime import calendars
from callcenter.worktime.models import Policy
from complaints import selectors, sla
from complaints.enums import ClockKind, Tier
from complaints.models import Clock, Complaint

AT_RECEIPT = (ClockKind.RESPONSE, ClockKind.SAME_DAY, ClockKind.RESOLUTION)
"""The clocks that start with the complaint, where a policy is set for its tier (tier 3 knows no same day)."""


def started(
    complaint: Complaint, kinds: Iterable[ClockKind], start: datetime, *, version: int = 1
) -> list[Clock]:
    """Return the unsaved clocks of these kinds that start at `start`; a kind without a policy has none."""
    customer_kind = complaint.customer.kind if complaint.customer else ""
    policies = {kind: selectors.policy_for(kind, Tier(complaint.tier), customer_kind) for kind in kinds}
    return [
        clock(complaint, kind, policy, start, keeper=complaint.handler, version=version)
        for kind, policy in policies.items()
        if policy
    ]


def clock(
    complaint: Complaint, kind: ClockKind, policy: Policy, start: datetime, *, keeper: User, version: int
) -> Clock:
    """Return an unsaved clock of `complaint` that counts `policy` from `start` on, on the calendar of its site."""
    calendar_id = policy.calendar_id or complaint.site.calendar_id
    hours = calendars.load(calendar_id)
    due = policy.due(start, hours)
    marks = sla.marks(start, due.at, hours, sla.WARNS[kind])
    return Clock(
        complaint=complaint,
        kind=kind,
        version=version,
        policy=policy,
        calendar_id=calendar_id,
        revision=calendars.revision(calendar_id),
        mode=policy.mode,
        amount=policy.amount,
        keeper=keeper,
        starts_at=start,
        warn_50_at=marks.warn_50_at,
        warn_80_at=marks.warn_80_at,
        due_at=due.at,
        provisional=due.provisional,
        next_at=marks.warn_50_at,
    )


def stop(complaint: Complaint, kinds: Iterable[ClockKind], *, now: datetime) -> None:
    """Stop what still runs of these kinds; its result stands."""
    complaint.clocks.running().filter(kind__in=list(kinds)).update(
        stopped_at=now, next_at=None, paused_at=None
    )


def end(complaint: Complaint, *, now: datetime) -> None:
    """Stop every clock of the complaint itself (a corrective action's runs on), and call back what was not sent yet."""
    stop(complaint, AT_RECEIPT, now=now)
    queue.cancel(complaint.topic)


def restart(complaint: Complaint, *, now: datetime) -> Clock:
    """Start a new version of the resolution clock, one escalation level up; the result of the earlier one stands.

    Whoever stands on that level answers from now on; the next escalation goes to the one above.
    """
    last = complaint.clocks.filter(kind=ClockKind.RESOLUTION).latest("version")
    [again] = started(complaint, [ClockKind.RESOLUTION], now, version=last.version + 1)
    rung = selectors.rung_above(complaint, complaint.level, now=now)
    if rung:
        complaint.level, complaint.responsible_id = rung.level, rung.people[0]
    again.level = complaint.level
    again.save(force_insert=True)
    complaint.due_at = again.due_at
    complaint.save(update_fields=["level", "responsible", "due_at"])
    return again
