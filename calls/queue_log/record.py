"""What a log told is written: its visits as calls, its counts, and what agents did. One transaction with the caller's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from agents.models import Site
from callcenter.access import Actor
from callcenter.imports.kinds import Taken
from calls import services, store
from calls.intake import CallRow
from calls.models import Call, CallKey
from calls.queue_log.models import LogCount, OpenVisit
from calls.queue_log.tally import Count, Key
from calls.queue_log.visits import CONNECTED, ENDED, LONGEST, Visit

Place = tuple[str, datetime]
"""Queue and time of entry: what tells visits of one call apart."""
Known = dict[str, dict[Place, tuple[int, int]]]
"""By call and place: number of the visit, and its revision."""
ADD_COUNTS: Final = """
INSERT INTO calls_logcount (source, day, event, queue, member, events, orphans, rang_ms, last_at)
SELECT %s, * FROM unnest(
    %s::date[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[]
)
ON CONFLICT (source, day, event, queue, member) DO UPDATE SET
    events = calls_logcount.events + excluded.events, orphans = calls_logcount.orphans + excluded.orphans,
    rang_ms = calls_logcount.rang_ms + excluded.rang_ms,
    last_at = greatest(calls_logcount.last_at, excluded.last_at)
"""


def still_open(source: str) -> list[Visit]:
    """Return the visits of a source that had not ended when its log was last read, in the order in which they began."""
    rows = OpenVisit.objects.filter(source=source).order_by("entered_at", "pk")
    return [
        Visit(
            row.call_id,
            row.queue,
            row.entered_at,
            row.customer,
            row.agent,
            outcome="answered" if row.stage == CONNECTED else "unknown",
            wait_seconds=row.wait_seconds,
            stage=row.stage,
        )
        for row in rows
    ]


@transaction.atomic
def record_visits(*, actor: Actor, source: str, site: Site, visits: Sequence[Visit], now: datetime) -> Taken:
    """Bring in visits as calls, and keep those that have not ended for what comes next."""
    rows = settle_visits(source, visits)
    return services.record_calls(actor=actor, source=source, site=site, rows=rows, now=now)


def settle_visits(source: str, visits: Sequence[Visit]) -> list[CallRow]:
    """Return visits as the calls that they are, and keep those that have not ended for what comes next.

    A visit that is known by call, queue and time of entry keeps its number; another of the same call gets the next one.
    """
    store.lock(source)
    known = _known(source, visits)
    rows = [_row(visit, known[visit.call_id]) for visit in visits]
    _keep_open(source, visits, known)
    return rows


def _known(source: str, visits: Iterable[Visit]) -> Known:
    keys = CallKey.objects.filter(source__name=source, call_id__in={visit.call_id for visit in visits})
    facts = list(keys.values_list("call_id", "visit", "revision", "entered_at", "call"))
    # Both, so that each is one step by the primary key of the calls.
    at, ids = [fact[3] for fact in facts], [fact[4] for fact in facts]
    queues = dict(Call.objects.filter(entered_at__in=at, pk__in=ids).values_list("pk", "queue_name"))
    known: Known = defaultdict(dict)
    for call_id, number, revision, entered_at, pk in facts:
        known[call_id][queues.get(pk, ""), entered_at] = (number, revision)
    return known


def _row(visit: Visit, known: dict[Place, tuple[int, int]]) -> CallRow:
    place = (visit.queue, visit.entered_at)
    if place not in known:
        known[place] = (max((number for number, _revision in known.values()), default=-1) + 1, visit.stage)
    return CallRow(
        call_id=visit.call_id,
        entered_at=visit.entered_at,
        outcome=visit.outcome,
        agent=visit.agent,
        queue=visit.queue,
        customer=visit.customer,
        wait_seconds=visit.wait_seconds,
        talk_seconds=visit.talk_seconds,
        transferred=visit.transferred,
        visit=known[place][0],
        revision=visit.stage,
        row=visit.row,
    )


def _keep_open(source: str, visits: Iterable[Visit], known: Known) -> None:
    """Remember the visits that have not ended, and forget those that have, or can no more."""
    last = {visit.call_id: visit for visit in visits}
    if not last:
        return
    oldest = max(visit.entered_at for visit in last.values()) - LONGEST
    mine = OpenVisit.objects.filter(source=source)
    mine.filter(entered_at__lt=oldest).delete()
    later = {
        row.call_id for row in mine.filter(call_id__in=last) if row.entered_at > last[row.call_id].entered_at
    }
    mine.filter(call_id__in=last.keys() - later).delete()
    OpenVisit.objects.bulk_create(
        OpenVisit(
            source=source,
            call_id=visit.call_id,
            queue=visit.queue,
            customer=visit.customer,
            agent=visit.agent,
            entered_at=visit.entered_at,
            wait_seconds=visit.wait_seconds,
            stage=visit.stage,
        )
        for call_id, visit in last.items()
        if call_id not in later
        and visit.entered_at >= oldest
        and known[call_id][visit.queue, visit.entered_at][1] < ENDED
        and visit.stage < ENDED
    )


def add_counts(source: str, counts: Mapping[Key, Count]) -> None:
    """Add what a log told how often to what the source told before."""
    if not counts:
        return
    rows = [
        (*key, count.events, count.orphans, count.rang_ms, count.last_at)
        for key, count in sorted(counts.items())
    ]
    with connection.cursor() as cursor:
        cursor.execute(ADD_COUNTS, [source, *map(list, zip(*rows, strict=True))])


def counts_of(source: str) -> dict[str, int]:
    """Return how often a source told each event."""
    found: dict[str, int] = defaultdict(int)
    for event, events in LogCount.objects.filter(source=source).values_list("event", "events"):
        found[event] += events
    return dict(found)
