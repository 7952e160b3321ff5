"""The sweep over the clocks: it warns, escalates and lets join whatever is due, each exactly once.

A batch is one transaction of a fixed number of statements. Clocks are claimed with SKIP LOCKED, so sweeps may run
side by side; unique keys on alerts and messages make a repeated one harmless. What a killed worker leaves
undone is simply still due at the next sweep.

Python decides once for each situation that occurs, however many clocks are in it; the database writes what follows,
from what it has claimed and what was decided: tables that live as long as the batch, read together as `said`.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from agents.ladder import Organisation
from agents.selectors import organisation, regional_managers
from callcenter.worktime import calendars
from complaints.enums import ClockKind, Tier
from complaints.escalation import CLIMB, Face, Step, next_step
from complaints.models import Complaint
from complaints.services import pausing
from complaints.services.telling import Telling, tell


class Situation(NamedTuple):
    """All that the next step of a clock depends on; a mark that has passed counts as now.

    `handler` is who keeps the clock. Only who joins depends on the site.
    """

    calendar: int
    clock_kind: str
    tier: int
    site: int | None
    handler: int
    accused: int | None
    level: int
    is_breached: bool
    warn_80_at: datetime
    speaks_at: datetime


Claimed = dict[Situation, list[int]]
"""The numbers that a situation has in the table `claimed`."""
Managers = dict[int, tuple[int, ...]]
"""The regional managers of each site."""
Plan = list[tuple[list[int], Step | None, Telling | None]]
"""Numbers of situations, what all clocks in them say now, and in which words; None where nobody is left to tell."""


def sweep_clocks(*, now: datetime, batch: int = 10_000) -> int:
    """Warn and escalate everything that is due at `now`; return how many clocks spoke or had nobody left to tell.

    Pauses that have reached their limit end before, so that their clocks go on.
    """
    pausing.end_pauses(now=now)
    total = 0
    while done := _sweep_batch(now, batch):
        total += done
    return total


@transaction.atomic
def _sweep_batch(now: datetime, batch: int) -> int:
    with connection.cursor() as cursor:
        # Most sweeps find nothing, and no table is made for them.
        cursor.execute(READY, {"now": now})
        if not cursor.fetchone():
            return 0
        cursor.execute(CLAIM, {"now": now, "batch": batch, "climb": list(map(str, CLIMB))})
        total: int = cursor.rowcount
        # What somebody else holds is due as well, and left to them.
        if total:
            _write_what_follows(now)
        cursor.execute("DROP TABLE claimed")
    return total


def _write_what_follows(now: datetime) -> None:
    plan = _plan(_situations(), now)
    tellings = list(dict.fromkeys(words for _numbers, _step, words in plan if words))
    with connection.cursor() as cursor:
        cursor.execute(DECIDED, _decided(plan, tellings))
        cursor.execute(SAID, [Complaint(reference="*").get_absolute_url()])
        cursor.execute(ADVANCE, {"now": now})
        cursor.execute(HAND_OVER)
        cursor.execute(ALERT, {"now": now})
        if any(step and step.joins for _numbers, step, _words in plan):
            cursor.execute(JOIN, {"now": now})
        tell("said", tellings, now=now)
        cursor.execute("DROP TABLE decided CASCADE")


READY = "SELECT 1 FROM complaints_clock WHERE next_at <= %(now)s LIMIT 1"
# Both rows are locked by one statement that never waits, so that neither a second sweep nor somebody working on the
# complaint can stand in a circle with it; rows that somebody else holds are left to them.
CLAIM = """
CREATE TEMPORARY TABLE claimed AS
WITH locked AS (
    SELECT clock.calendar_id, clock.kind AS clock_kind, complaint.tier,
           CASE WHEN clock.kind = 'same_day' THEN complaint.site_id END AS site_id,
           clock.keeper_id, complaint.staff_concerned_id, clock.level, clock.breached_at IS NOT NULL AS is_breached,
           greatest(clock.warn_80_at, %(now)s) AS warn_80_at,
           greatest(clock.due_at, clock.next_at, CASE WHEN clock.kind <> ALL(%(climb)s) THEN %(now)s END) AS speaks_at,
           clock.id AS clock_id, clock.warned, clock.due_at AS clock_due_at, complaint.id AS complaint_id,
           complaint.reference, complaint.subject, complaint.status, complaint.received_at, complaint.due_at
      FROM complaints_clock AS clock JOIN complaints_complaint AS complaint ON complaint.id = clock.complaint_id
     WHERE clock.next_at <= %(now)s
     ORDER BY clock.next_at, clock.id
     LIMIT %(batch)s
       FOR UPDATE OF clock, complaint SKIP LOCKED)
SELECT locked.*, dense_rank() OVER (ORDER BY calendar_id, clock_kind, tier, site_id, keeper_id, staff_concerned_id,
       level, is_breached, warn_80_at, speaks_at) AS situation
  FROM locked
"""
SITUATIONS = """
SELECT DISTINCT ON (situation) calendar_id, clock_kind, tier, site_id, keeper_id, staff_concerned_id, level, is_breached,
       warn_80_at, speaks_at, situation
  FROM claimed
"""


def _situations() -> Claimed:
    with connection.cursor() as cursor:
        cursor.execute(SITUATIONS)
        return {Situation(*situation): [number] for *situation, number in cursor.fetchall()}


def _plan(claimed: Claimed, now: datetime) -> Plan:
    managers = _managers(claimed, now)
    joining = {person for people in managers.values() for person in people}
    concerned = {one.accused for one in claimed if one.clock_kind == ClockKind.SAME_DAY and one.accused}
    snapshot = organisation({*(one.handler for one in claimed), *joining, *concerned}, now=now)
    hours = calendars.load_many({situation.calendar for situation in claimed})
    plan: Plan = []
    for situation, numbers in _merged(claimed, snapshot).items():
        face = _face(situation, managers)
        step = next_step(face, snapshot, hours[situation.calendar], now=now)
        plan.append((numbers, step, _words(situation, step) if step else None))
    return plan


def _managers(claimed: Claimed, now: datetime) -> Managers:
    sites = {one.site for one in claimed if one.site and one.tier == Tier.COMPANY}
    return regional_managers(sites, now=now) if sites else {}


def _merged(claimed: Claimed, snapshot: Organisation) -> Claimed:
    """Take together what differs only in an accused who is on nobody's ladder, and joins nobody: that changes nothing."""
    merged: Claimed = defaultdict(list)
    people = snapshot.people
    for situation, numbers in claimed.items():
        matters = (
            situation.accused in people
            or situation.accused == situation.handler
            or situation.clock_kind == ClockKind.SAME_DAY
        )
        merged[situation if matters else situation._replace(accused=None)] += numbers
    return merged


def _face(situation: Situation, managers: Managers) -> Face:
    return Face(
        kind=situation.clock_kind,
        tier=situation.tier,
        warn_80_at=situation.warn_80_at,
        due_at=situation.speaks_at,
        next_at=situation.speaks_at,
        level=situation.level,
        handler=situation.handler,
        accused=situation.accused,
        is_breached=situation.is_breached,
        managers=managers.get(situation.site or 0, ()),
    )


def _words(situation: Situation, step: Step) -> Telling:
    return Telling(
        clock_kind=situation.clock_kind,
        kind=step.kind,
        mark=step.mark,
        is_urgent=situation.tier == Tier.AUTHORITY,
        handler=situation.handler,
        recipients=step.recipients,
        copies=step.copies,
        joins_as="" if step.joins is None else "concerned" if step.joins == situation.accused else "superior",
    )


# Without figures the planner thinks that hardly a row is left and tries every one with every other; and what was claimed
# a moment ago lies in memory, so that reaching for it by its key is cheaper than reading the table through.
DECIDED = """
CREATE TEMPORARY TABLE decided AS
SELECT * FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::int[], %s::bigint[], %s::bigint[], %s::timestamptz[])
    AS decided(situation, pattern, kind, mark, person, joins, next_at);
ANALYZE claimed (situation, clock_kind), decided (situation, kind, joins);
SET LOCAL random_page_cost = 0.1
"""
# The columns that the audit and the outbox ask for are among them.
SAID = """
CREATE TEMPORARY VIEW said AS
SELECT claimed.clock_id, claimed.clock_kind, claimed.warned, NOT claimed.is_breached AS is_first,
       claimed.complaint_id, claimed.reference, claimed.status, decided.*,
       'clock:' || claimed.clock_id || ':' AS key,
       'complaint:' || claimed.complaint_id
           || CASE claimed.clock_kind WHEN 'correction' THEN ':correction:' || claimed.clock_id ELSE '' END AS topic,
       jsonb_build_object(
           'reference', claimed.reference, 'subject', claimed.subject, 'tier', claimed.tier,
           'path', replace(%s, '*', claimed.reference),
           'received_at', claimed.received_at, 'complaint_due_at', claimed.clock_due_at, 'resolve_at', claimed.due_at,
           'next_step_at', coalesce(to_jsonb(decided.next_at), '""')) AS context
  FROM claimed JOIN decided USING (situation)
"""


def _decided(plan: Plan, tellings: list[Telling]) -> list[Any]:
    places = {words: place for place, words in enumerate(tellings)}
    rows: list[tuple[Any, ...]] = []
    for numbers, step, words in plan:
        said = (
            (places[words], str(step.kind), step.mark, step.recipients[0], step.joins, step.next_at)
            if step and words
            else (None,) * 6
        )
        rows += [(number, *said) for number in numbers]
    return list(map(list, zip(*rows, strict=True)))


# Whatever is no warning says that the time is over, even where nobody is left to tell.
ADVANCE = """
UPDATE complaints_clock AS clock
   SET next_at = said.next_at,
       warned = CASE WHEN said.kind = 'warning' THEN said.mark ELSE clock.warned END,
       level = CASE WHEN said.kind = 'escalation' THEN said.mark ELSE clock.level END,
       breached_at = CASE WHEN said.kind = 'warning' THEN clock.breached_at ELSE coalesce(clock.breached_at, %(now)s) END
  FROM said
 WHERE clock.id = said.clock_id
"""
# Only the deadline of the complaint itself hands it over; a complaint has one such clock that runs.
HAND_OVER = """
UPDATE complaints_complaint AS complaint
   SET level = greatest(complaint.level, said.mark), responsible_id = said.person
  FROM said
 WHERE complaint.id = said.complaint_id AND said.kind = 'escalation' AND said.clock_kind = 'resolution'
"""
ALERT = """
INSERT INTO complaints_alert (clock_id, complaint_id, kind, mark, at, recipient_id)
SELECT clock_id, complaint_id, kind, mark, %(now)s, person FROM said WHERE kind IS NOT NULL
    ON CONFLICT (clock_id, kind, mark) DO NOTHING
"""
JOIN = """
WITH joined AS (
    INSERT INTO complaints_participant (complaint_id, person_id, since)
    SELECT complaint_id, joins, %(now)s FROM said WHERE joins IS NOT NULL
        ON CONFLICT (complaint_id, person_id) DO NOTHING)
INSERT INTO complaints_step (complaint_id, act, old, new, at, note, facts)
SELECT said.complaint_id, 'join', said.status, said.status, %(now)s, '', jsonb_build_object('person', person.name || ' ' || person.work_number)
  FROM said JOIN agents_user AS person ON person.id = said.joins
"""
