"""Counting running clocks anew when a calendar, a policy, or what is known of the holidays has changed (domain §2).

Whether anything has is asked every minute and costs two small queries. What was found to be counted already is remembered
for an hour, so that a clock which started just while something changed is found too.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import connection, transaction

from callcenter.access import SYSTEM
from callcenter.audit import log
from callcenter.worktime import calendars, policies
from callcenter.worktime.clock import OutOfRange, Pause, WorkHours
from callcenter.worktime.models import Policy
from complaints import sla
from complaints.enums import Act, ClockKind
from complaints.models import Complaint, Step

COUNTED = "complaints.counted"
REMEMBERED = 3600


class Basis(NamedTuple):
    """What a clock is counted from; clocks of one basis end at the same instant."""

    kind: str
    starts_at: datetime
    calendar: int
    revision: str
    mode: str
    amount: int | None
    due_on: date | None
    pauses: tuple[Pause, ...]


class Count(NamedTuple):
    """When a clock speaks, and whether that rests on holidays that are not published yet."""

    marks: sla.Marks
    is_provisional: bool


class Stale(NamedTuple):
    """A running clock that was counted from something else than what holds now, its `basis`."""

    id: int
    complaint: int
    reference: str
    status: str
    warned: int
    old: Count
    basis: Basis


def recount_clocks(*, now: datetime, batch: int = 1000) -> int:
    """Count anew what is stale and has not ended by `now`; return how many clocks. Nothing that has ended is moved.

    A clock that somebody works on is left to the next time.
    """
    marks = calendars.revisions()
    state = (sorted(marks.items()), sorted(Policy.objects.values_list("pk", "mode", "amount", "calendar")))
    if cache.get(COUNTED) == state:
        return 0
    stale = _stale(marks, now)
    batches = (stale[start : start + batch] for start in range(0, len(stale), batch))
    done = sum(_recount(marks, clocks, now) for clocks in batches)
    if done == len(stale):
        cache.set(COUNTED, state, REMEMBERED)
    return done


FROM = """
  FROM complaints_clock AS clock
  JOIN complaints_complaint AS complaint ON complaint.id = clock.complaint_id
  JOIN agents_site AS site ON site.id = complaint.site_id
  LEFT JOIN worktime_policy AS policy ON policy.id = clock.policy_id
 CROSS JOIN LATERAL (SELECT coalesce(policy.calendar_id,
           CASE WHEN clock.has_policy_calendar THEN site.calendar_id ELSE clock.calendar_id END)) AS calendar(id)
  JOIN unnest(%(calendars)s::bigint[], %(revisions)s::text[]) AS given(calendar_id, revision) ON given.calendar_id = calendar.id
 WHERE clock.stopped_at IS NULL AND clock.breached_at IS NULL AND (clock.due_at > %(now)s OR clock.paused_at IS NOT NULL)
   AND (clock.revision, clock.calendar_id, clock.mode, clock.amount)
       IS DISTINCT FROM (given.revision, calendar.id, coalesce(policy.mode, ''), policy.amount)
"""
STALE = f"SELECT clock.id {FROM} ORDER BY clock.id"
CLAIM = f"""
SELECT clock.id, complaint.id, complaint.reference, complaint.status, clock.warned,
       clock.warn_50_at, clock.warn_80_at, clock.due_at, clock.provisional,
       clock.kind, clock.starts_at, calendar.id, given.revision, coalesce(policy.mode, ''), policy.amount,
       (SELECT due_on FROM complaints_correction WHERE clock_id = clock.id),
       (SELECT array_agg(ARRAY[pause.at, pause.ended_at] ORDER BY pause.at) FROM complaints_pause AS pause
         WHERE pause.complaint_id = complaint.id AND pause.ended_at > clock.starts_at AND clock.kind <> 'correction')
{FROM} AND clock.id = ANY(%(clocks)s)
   FOR UPDATE OF clock, complaint SKIP LOCKED
"""  # noqa: S608 (two constants)


def _given(marks: dict[int, str], now: datetime) -> dict[str, Any]:
    return {"calendars": list(marks), "revisions": list(marks.values()), "now": now}


def _stale(marks: dict[int, str], now: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(STALE, _given(marks, now))
        return [pk for (pk,) in cursor.fetchall()]


@transaction.atomic
def _recount(marks: dict[int, str], clocks: list[int], now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, _given(marks, now) | {"clocks": clocks})
        rows = [_read(row) for row in cursor.fetchall()]
    if not rows:
        return 0
    counts = _counts(rows)
    counted = [(clock, counts.get(clock.basis, clock.old)) for clock in rows]
    _write(counted)
    _tell([(clock, new) for clock, new in counted if new != clock.old], now)
    return len(counted)


def _read(row: tuple[Any, ...]) -> Stale:
    *facts, pauses = row
    old = Count(sla.Marks(*facts[5:8]), facts[8])
    basis = Basis._make([*facts[9:], tuple((since, until) for since, until in pauses or ())])
    return Stale._make([*facts[:5], old, basis])


def _counts(clocks: Iterable[Stale]) -> dict[Basis, Count]:
    """Count once for each basis; a calendar that has lost its hours moves nothing."""
    bases = {clock.basis for clock in clocks}
    hours = calendars.load_many({basis.calendar for basis in bases})
    counts: dict[Basis, Count] = {}
    for basis in bases:
        with suppress(OutOfRange):
            counts[basis] = _count(basis, hours[basis.calendar])
    return counts


def _count(basis: Basis, hours: WorkHours) -> Count:
    if basis.due_on:
        due = sla.close_of(basis.due_on, hours)
    else:
        due = policies.due(hours, basis.mode, basis.amount or 0, basis.starts_at).at
    shares = sla.WARNS[ClockKind(basis.kind)]
    marks = sla.marks(basis.starts_at, due, hours, shares).moved(basis.pauses, hours)
    return Count(marks, hours.provisional(basis.starts_at, marks.due_at))


WRITE = """
UPDATE complaints_clock AS clock
   SET calendar_id = new.calendar, has_policy_calendar = policy.calendar_id IS NOT NULL, revision = new.revision,
       mode = new.mode, amount = new.amount, warn_50_at = new.warn_50_at, warn_80_at = new.warn_80_at,
       due_at = new.due_at, provisional = new.provisional, next_at = CASE WHEN clock.paused_at IS NULL THEN new.next_at END
  FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::int[], %s::timestamptz[], %s::timestamptz[],
           %s::timestamptz[], %s::boolean[], %s::timestamptz[])
       AS new(id, calendar, revision, mode, amount, warn_50_at, warn_80_at, due_at, provisional, next_at)
  JOIN complaints_clock AS same ON same.id = new.id LEFT JOIN worktime_policy AS policy ON policy.id = same.policy_id
 WHERE clock.id = new.id
"""
FOLLOW = """
UPDATE complaints_complaint AS complaint SET due_at = clock.due_at
  FROM complaints_clock AS clock
 WHERE clock.id = ANY(%s) AND clock.kind = 'resolution' AND complaint.id = clock.complaint_id
"""


def _write(counted: list[tuple[Stale, Count]]) -> None:
    rows = [
        (
            clock.id,
            *(clock.basis.calendar, clock.basis.revision, clock.basis.mode, clock.basis.amount),
            *(new.marks.warn_50_at, new.marks.warn_80_at, new.marks.due_at, new.is_provisional),
            new.marks.after(clock.warned),
        )
        for clock, new in counted
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [list(column) for column in zip(*rows, strict=True)])
        cursor.execute(FOLLOW, [[clock.id for clock, _new in counted]])


def _tell(changed: list[tuple[Stale, Count]], now: datetime) -> None:
    """Write the step of every complaint of which a clock has moved, and the audit."""
    steps, entries = [], []
    for clock, new in changed:
        facts = {
            "clock": clock.basis.kind,
            "due_at": [clock.old.marks.due_at.isoformat(), new.marks.due_at.isoformat()],
            "provisional": [clock.old.is_provisional, new.is_provisional],
        }
        states = {"old": clock.status, "new": clock.status}
        steps.append(Step(complaint_id=clock.complaint, act=Act.RECOMPUTE, at=now, facts=facts, **states))
        complaint = Complaint(pk=clock.complaint, reference=clock.reference)
        entries.append(log.entry(SYSTEM, "complaint.recomputed", complaint, now=now, **facts))
    Step.objects.bulk_create(steps)
    log.record_many(entries)
