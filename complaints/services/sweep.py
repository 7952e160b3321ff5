"""The sweep over the clocks: it warns and escalates whatever is due, each exactly once.

A batch is one transaction of a fixed number of statements. Clocks are claimed with SKIP LOCKED, so sweeps may run
side by side; unique keys on alerts and messages make a repeated one harmless. What a killed worker leaves
undone is simply still due at the next sweep.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from agents.mailing import mail_window
from agents.models import User
from agents.selectors import organisation
from callcenter.access import SYSTEM
from callcenter.audit import log
from callcenter.outbox import queue
from callcenter.outbox.models import Message
from callcenter.worktime import calendars
from callcenter.worktime.clock import OutOfRange, WorkHours
from complaints.enums import AlertKind, Tier
from complaints.escalation import Face, Step, next_step
from complaints.models import Alert, Clock
from complaints.sla import WARNINGS

Planned = tuple[Clock, Step]


def sweep_clocks(*, now: datetime, batch: int = 1000) -> int:
    """Warn and escalate everything that is due at `now`; return how many clocks spoke or had nobody left to tell."""
    total = 0
    while done := _sweep_batch(now, batch):
        total += done
    return total


@transaction.atomic
def _sweep_batch(now: datetime, batch: int) -> int:
    clocks = list(Clock.objects.claimed(now, batch))
    if not clocks:
        return 0
    plan = _plan(clocks, now)
    spoken = {clock.pk for clock, _step in plan}
    Clock.objects.filter(pk__in=[clock.pk for clock in clocks if clock.pk not in spoken]).update(next_at=None)
    people = User.objects.select_related("site__calendar").in_bulk(
        {person for _clock, step in plan for person in (*step.recipients, *step.copies)}
    )
    Alert.objects.bulk_create((_alert(clock, step, now) for clock, step in plan), ignore_conflicts=True)
    _advance_clocks(plan, now)
    _hand_over(plan)
    log.record_many(_audit(clock, step, people, now) for clock, step in plan)
    hours = calendars.load_many({person.site.calendar_id for person in people.values()})
    queue.call_back(key for clock, step in plan for key in _overtaken(clock, step))
    queue.enqueue(row for clock, step in plan for row in _messages(clock, step, people, hours, now))
    return len(clocks)


def _plan(clocks: Collection[Clock], now: datetime) -> list[Planned]:
    snapshot = organisation({clock.complaint.handler_id for clock in clocks}, now=now)
    hours = calendars.load_many({clock.calendar_id for clock in clocks})
    steps = (
        (clock, next_step(_face(clock), snapshot, hours[clock.calendar_id], now=now)) for clock in clocks
    )
    return [(clock, step) for clock, step in steps if step]


def _face(clock: Clock) -> Face:
    complaint = clock.complaint
    return Face(
        warn_80_at=clock.warn_80_at,
        due_at=clock.due_at,
        next_at=clock.next_at or clock.due_at,
        level=clock.level,
        handler=complaint.handler_id,
        accused=complaint.staff_concerned_id,
    )


def _alert(clock: Clock, step: Step, now: datetime) -> Alert:
    return Alert(
        clock=clock,
        complaint_id=clock.complaint_id,
        kind=step.kind,
        mark=step.mark,
        at=now,
        recipient_id=step.recipients[0],
    )


ADVANCE = """
UPDATE complaints_clock AS clock
   SET next_at = plan.next_at,
       warned = CASE WHEN plan.kind = 'warning' THEN plan.mark ELSE clock.warned END,
       level = CASE WHEN plan.kind = 'escalation' THEN plan.mark ELSE clock.level END,
       breached_at = CASE WHEN plan.kind = 'escalation' THEN coalesce(clock.breached_at, %s) ELSE clock.breached_at END
  FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::timestamptz[]) AS plan(id, kind, mark, next_at)
 WHERE clock.id = plan.id
"""


def _advance_clocks(plan: list[Planned], now: datetime) -> None:
    columns = zip(*((clock.pk, str(step.kind), step.mark, step.next_at) for clock, step in plan), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, [now, *map(list, columns)])


HAND_OVER = """
UPDATE complaints_complaint AS complaint
   SET level = greatest(complaint.level, plan.level), responsible_id = plan.person
  FROM unnest(%s::bigint[], %s::int[], %s::bigint[]) AS plan(id, level, person)
 WHERE complaint.id = plan.id
"""


def _hand_over(plan: list[Planned]) -> None:
    rows = [
        (clock.complaint_id, step.mark, step.recipients[0])
        for clock, step in plan
        if step.kind == AlertKind.ESCALATION
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(HAND_OVER, [list(column) for column in zip(*rows, strict=True)])


def _audit(clock: Clock, step: Step, people: dict[int, User], now: datetime) -> Any:
    action = "complaint.escalated" if step.kind == AlertKind.ESCALATION else "complaint.warned"
    told = [str(people[person]) for person in step.recipients]
    return log.entry(SYSTEM, action, clock.complaint, now=now, mark=step.mark, told=told, clock=clock.kind)


def _key(clock: Clock, kind: AlertKind, mark: int) -> str:
    return f"clock:{clock.pk}:{kind}:{mark}"


def _overtaken(clock: Clock, step: Step) -> list[str]:
    """Return the keys of warnings that have become pointless if they still wait for working hours."""
    marks = WARNINGS if step.kind == AlertKind.ESCALATION else [mark for mark in WARNINGS if mark < step.mark]
    return [_key(clock, AlertKind.WARNING, mark) for mark in marks]


def _messages(
    clock: Clock, step: Step, people: Mapping[int, User], hours: Mapping[int, WorkHours], now: datetime
) -> list[Message]:
    complaint = clock.complaint
    first = people[step.recipients[0]]
    name = "escalation" if step.kind == AlertKind.ESCALATION else "warning"
    return queue.messages(
        _key(clock, step.kind, step.mark),
        recipients=[people[person] for person in step.recipients],
        copies=[people[person] for person in step.copies],
        template=f"complaints/notify/{name}",
        context={
            "reference": complaint.reference,
            "subject": complaint.subject,
            "tier": complaint.tier,
            "mark": step.mark,
            "handler": str(people.get(complaint.handler_id, "")),
            "path": complaint.get_absolute_url(),
            "received_at": complaint.received_at.isoformat(),
            "complaint_due_at": clock.due_at.isoformat(),
            "next_step_at": step.next_at.isoformat() if step.next_at else "",
        },
        topic=complaint.topic,
        now=now,
        due_at=_mail_time(step.kind, complaint.tier, first, hours[first.site.calendar_id], now),
    )


def _mail_time(kind: AlertKind, tier: int, recipient: User, hours: WorkHours, now: datetime) -> datetime:
    """Return when the mail may go: warnings in working hours, escalations in the mail window, tier 3 at any time."""
    site = recipient.site
    if kind == AlertKind.ESCALATION and tier == Tier.AUTHORITY:
        return now
    open_hours = hours if kind == AlertKind.WARNING else mail_window(hours, site.mail_opens, site.mail_closes)
    try:
        return open_hours.next_opening(now)
    except OutOfRange:
        # A site whose calendar has no hours is told at once: one bad row must not hold up everybody's mail.
        return now
