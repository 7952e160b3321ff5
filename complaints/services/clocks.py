"""Starting, stopping and restarting the clocks of a complaint; the sweep moves them on."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from agents.models import User
from callcenter.outbox import queue
from callcenter.worktime import calendars
from callcenter.worktime.clock import WorkHours
from callcenter.worktime.models import Policy
from callcenter.worktime.policies import Due
from complaints import selectors, sla
from complaints.enums import ClockKind, Tier
from complaints.models import Alert, Clock, Complaint
from complaints.services import notices

AT_RECEIPT = (ClockKind.RESPONSE, ClockKind.SAME_DAY, ClockKind.RESOLUTION)
"""The clocks that start with the complaint, where a policy is set for its tier (tier 3 knows no same day)."""

Told = Mapping[int, tuple[str, WorkHours]]
"""What calendars say: their mark and their hours, by key."""


def started(
    complaint: Complaint, kinds: Iterable[ClockKind], start: datetime, *, version: int = 1
) -> list[Clock]:
    """Return the unsaved clocks of these kinds that start at `start`; a kind without a policy has none."""
    customer_kind = complaint.customer.kind if complaint.customer else ""
    policies = selectors.policies_for(kinds, Tier(complaint.tier), customer_kind)
    told = _told({_calendar_of(policy, complaint) for policy in policies.values()})
    return [
        _following(policy, told, start, complaint=complaint, kind=kind, version=version)
        for kind, policy in policies.items()
    ]


def clock(
    complaint: Complaint, kind: ClockKind, policy: Policy, start: datetime, *, keeper: User, version: int
) -> Clock:
    """Return an unsaved clock of `complaint` that counts `policy` from `start` on, on the calendar of its site."""
    told = _told({_calendar_of(policy, complaint)})
    return _following(policy, told, start, complaint=complaint, kind=kind, version=version, keeper=keeper)


def _told(calendar_ids: Collection[int]) -> Told:
    """Return what the calendars say; the marks first, so that a change in between is found and counted anew."""
    marks = calendars.revisions(calendar_ids)
    hours = calendars.load_many(calendar_ids)
    return {pk: (marks[pk], hours[pk]) for pk in hours}


def _calendar_of(policy: Policy, complaint: Complaint) -> int:
    return policy.calendar_id or complaint.site.calendar_id


def _following(policy: Policy, told: Told, start: datetime, **facts: Any) -> Clock:
    complaint: Complaint = facts["complaint"]
    calendar_id = _calendar_of(policy, complaint)
    return _ticking(
        calendar_id,
        told,
        policy.due(start, told[calendar_id][1]),
        **{"keeper": complaint.handler, **facts},
        starts_at=start,
        policy=policy,
        has_policy_calendar=policy.calendar_id is not None,
        mode=policy.mode,
        amount=policy.amount,
    )


def start_correction(complaint: Complaint, *, keeper: User, due_on: date, now: datetime) -> Clock:
    """Start the clock of a corrective action that `keeper` carries out; it ends at the close of business of `due_on`."""
    calendar_id = complaint.site.calendar_id
    told = _told({calendar_id})
    hours = told[calendar_id][1]
    due = sla.close_of(due_on, hours)
    last = complaint.clocks.filter(kind=ClockKind.CORRECTION).order_by("version").last()
    started = _ticking(
        calendar_id,
        told,
        Due(due, hours.provisional(now, due)),
        complaint=complaint,
        kind=ClockKind.CORRECTION,
        version=last.version + 1 if last else 1,
        keeper=keeper,
        starts_at=now,
    )
    started.save(force_insert=True)
    return started


def _ticking(calendar_id: int, told: Told, due: Due, **facts: Any) -> Clock:
    mark, hours = told[calendar_id]
    marks = sla.marks(facts["starts_at"], due.at, hours, sla.WARNS[facts["kind"]])
    return Clock(
        calendar_id=calendar_id,
        revision=mark,
        warn_50_at=marks.warn_50_at,
        warn_80_at=marks.warn_80_at,
        due_at=due.at,
        provisional=due.provisional,
        next_at=marks.warn_50_at,
        **facts,
    )


def move_on(clock: Clock, *, until: datetime) -> None:
    """Let a clock that stands still go on at `until`: what was still to come moves by the business time it stood; unsaved."""
    if clock.paused_at is None:
        return
    marks = sla.Marks(clock.warn_50_at, clock.warn_80_at, clock.due_at)
    hours = calendars.load(clock.calendar_id)
    marks = marks.moved([(clock.paused_at, until)], hours)
    clock.warn_50_at, clock.warn_80_at, clock.due_at = marks.warn_50_at, marks.warn_80_at, marks.due_at
    clock.provisional = hours.provisional(clock.starts_at, clock.due_at)
    clock.next_at, clock.paused_at = marks.after(clock.warned), None


MOVED = ("warn_50_at", "warn_80_at", "due_at", "provisional", "next_at", "paused_at")


def go_on(complaint: Complaint, *, now: datetime) -> list[Clock]:
    """Let every clock of the complaint that stands still go on at `now`, and its due instant follow; return them."""
    paused = list(complaint.clocks.filter(paused_at__isnull=False))
    for one in paused:
        move_on(one, until=now)
        one.save(update_fields=MOVED)
        if one.kind == ClockKind.RESOLUTION:
            complaint.due_at = one.due_at
            complaint.save(update_fields=["due_at"])
    return paused


def stop(complaint: Complaint, kinds: Iterable[ClockKind], *, now: datetime) -> None:
    """Stop what still runs of these kinds; its result stands, and what it has to say and was not sent is called back."""
    running = complaint.clocks.running().filter(kind__in=list(kinds))
    for one in running:
        _stop(one, now)


def stop_correction(clock: Clock, *, now: datetime) -> None:
    """Stop the clock of a corrective action: it was carried out, or its complaint has gone into another."""
    clock.refresh_from_db()
    if clock.stopped_at is None:
        _stop(clock, now)


def _stop(clock: Clock, now: datetime) -> None:
    move_on(clock, until=now)
    clock.stopped_at, clock.next_at = now, None
    clock.save(update_fields=[*MOVED, "stopped_at"])
    if clock.warned or clock.breached_at:
        alerts = Alert.objects.filter(clock=clock).values_list("kind", "mark", "recipient")
        keys = [(f"clock:{clock.pk}:{kind}:{mark}", recipient) for kind, mark, recipient in alerts]
        queue.call_back([name for key, recipient in keys for name in (key, f"{key}:in_app:{recipient}")])


def end(complaint: Complaint, *, now: datetime) -> None:
    """Stop every clock of the complaint itself (a corrective action's runs on), and call back what was not sent yet."""
    go_on(complaint, now=now)
    complaint.pauses.filter(ended_at=None).update(ended_at=now)
    complaint.clocks.running().filter(kind__in=AT_RECEIPT).update(stopped_at=now, next_at=None)
    queue.cancel(complaint.topic)


def restart(complaint: Complaint, *, now: datetime) -> Clock:
    """Start a new version of the resolution clock, one escalation level up; the result of the earlier one stands.

    Whoever stands on that level answers from now on, and is told; the next escalation goes to the one above.
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
    notices.tell_by_mail(complaint, "reopened", [complaint.responsible, complaint.handler], now)
    return again
