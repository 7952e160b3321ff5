"""What becomes of the rows in the stage: new, corrected, known already, or refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from psycopg2.errors import UniqueViolation

from callcenter.imports.lanes import Turn
from calls.enums import Outcome
from calls.intake import HANDLED, CallRow
from calls.store import months
from calls.store.names import CUSTOMERS, PEOPLE, QUEUES, SEATS
from calls.store.stage import DIGEST, ENTERED, FACTS, OUTCOME, SAID, STAGED, TEXTS, Lines, fill

NAMED: Final = ("agent", "queue", "customer")
STORED: Final = {name: f"{name}_name" if name in NAMED else name for name in (*TEXTS, *FACTS)}
"""Field of a row -> column of its call."""
KNOWN, HANDLED_BY_NOBODY, TOO_OLD, TO_COME = "known", "handled", "old", "to come"
"""Why a row is refused."""
SAMPLE: Final = 50
SCATTERED: Final = 2
"""Where so many times as many keys lie between a chunk's first and last as it has rows, its ids do not follow each other."""

# Rows that no call can be: somebody handled what nobody answered; a moment that is kept no more, or is still to come.
BY_NOBODY: Final = (
    f"greatest({', '.join(f's.{name}' for name in HANDLED)}) > 0 AND {OUTCOME} <> '{Outcome.ANSWERED}'"
)
AT_NO_TIME: Final = f"{ENTERED} < %(oldest)s OR {ENTERED} > %(latest)s"
ODD: Final = """
DELETE FROM pg_temp.calls_stage s WHERE ({by_nobody}) OR {at_no_time}
RETURNING s.row, CASE WHEN {at_no_time} THEN 'entered_at' {which} END,
    CASE WHEN {entered} < %(oldest)s THEN '{old}' WHEN {entered} > %(latest)s THEN '{to_come}' ELSE '{handled}' END
""".format(
    by_nobody=BY_NOBODY,
    at_no_time=AT_NO_TIME,
    which=" ".join(f"WHEN s.{name} > 0 THEN '{name}'" for name in HANDLED),
    entered=ENTERED,
    old=TOO_OLD,
    to_come=TO_COME,
    handled=HANDLED_BY_NOBODY,
)
HALF_HOUR: Final = "date_bin('30 minutes', {}, '2000-01-01 00:00+00')"
# What one look at the stage tells: how many rows lie in each half hour, from when to when, and whether one is odd.
HALF_HOURS: Final = f"""
SELECT {HALF_HOUR.format("entered")}, count(*), min(entered), max(entered), coalesce(bool_or(odd), false) FROM (
    SELECT {ENTERED} AS entered, ({BY_NOBODY}) OR {AT_NO_TIME} AS odd FROM pg_temp.calls_stage s OFFSET 0
) said GROUP BY 1
"""  # noqa: S608 (names of columns)
MONTHS: Final = f"SELECT DISTINCT date_trunc('month', {ENTERED}, 'UTC') FROM pg_temp.calls_stage s"  # noqa: S608

SOURCE: Final = "SELECT id FROM calls_source WHERE name = %(name)s"
NEW_SOURCE: Final = (
    "INSERT INTO calls_source (name, site_id, calls) VALUES (%(name)s, %(site)s, 0) ON CONFLICT DO NOTHING"
)
# A stage has no statistics, and gathering them takes longer than what they could spare: small tables are hashed.
PLANS: Final = "SET LOCAL enable_mergejoin = off; SET LOCAL work_mem = '64MB'"
# OFFSET keeps each look-up one by the key's index: in a chunk of a large file a plan that reads the whole table is dearer.
KEY: Final = f"""(
    SELECT k.* FROM calls_callkey k
    WHERE k.source_id = %(source)s AND k.call_id = s.call_id AND k.visit = {SAID["visit"]} OFFSET 0
) k"""  # noqa: S608
KEY_HELD: Final = KEY.replace("OFFSET 0", "OFFSET 0 FOR UPDATE")
SEEN: Final = (
    f"SELECT count(*) FROM (SELECT * FROM pg_temp.calls_stage LIMIT {SAMPLE}) s CROSS JOIN LATERAL {KEY}"  # noqa: S608
)
# What no call can be is refused, even where a later revision of the call is known.
SAME: Final = f"""(k.revision > {SAID["revision"]} OR (k.revision = {SAID["revision"]} AND k.digest = {DIGEST}))
    AND (({BY_NOBODY}) OR {AT_NO_TIME}) IS NOT TRUE"""
REPEATED: Final = (
    f"DELETE FROM pg_temp.calls_stage s WHERE EXISTS (SELECT 1 FROM {KEY} WHERE {SAME} OFFSET 0)"  # noqa: S608
)
# How many keys lie between the first and the last of the stage, counted up to some.
BETWEEN: Final = """
WITH ends AS MATERIALIZED (SELECT min(call_id) AS first, max(call_id) AS last FROM pg_temp.calls_stage)
SELECT first, last, (SELECT count(*) FROM (
    SELECT FROM calls_callkey k WHERE k.source_id = %(source)s AND k.call_id BETWEEN first AND last LIMIT %(most)s) k)
FROM ends
"""
REPEATED_BETWEEN: Final = f"""
DELETE FROM pg_temp.calls_stage s USING calls_callkey k
WHERE k.source_id = %(source)s AND k.call_id BETWEEN %(first_id)s AND %(last_id)s
    AND k.call_id = s.call_id AND k.visit = {SAID["visit"]} AND {SAME}
"""  # noqa: S608

# The calls of the staged rows whose ids are in “fresh”, with whom their names mean.
CALLS: Final = f"""
names AS (SELECT DISTINCT %(name)s AS source, agent AS name FROM pg_temp.calls_stage WHERE agent <> ''),
queue_names AS (SELECT DISTINCT queue AS name FROM pg_temp.calls_stage WHERE queue <> ''),
customer_names AS NOT MATERIALIZED (SELECT customer AS name FROM pg_temp.calls_stage WHERE customer <> ''),
{PEOPLE}, {SEATS}, {QUEUES}, {CUSTOMERS}
INSERT INTO calls_call (id, source, site_id, agent_id, queue_id, customer_id, team_id, call_id, visit, revision,
    {", ".join(STORED.values())})
SELECT s.id, %(name)s, %(site)s, p.id, q.id, c.id, m.team_id, s.call_id, s.visit, s.revision,
    {", ".join(f"s.{name}" for name in STORED)}
FROM ({STAGED}) s {{of}}
LEFT JOIN people p ON p.name = s.agent
LEFT JOIN seats m ON m.person_id = p.id AND s.entered_at >= m.since AND s.entered_at < m.until
LEFT JOIN queues q ON q.name = s.queue
LEFT JOIN customers c ON c.name = s.customer
"""  # noqa: S608
FRESH: Final = "JOIN fresh f ON f.call = s.id"
KEYS: Final = f"""
INSERT INTO calls_callkey (source_id, call_id, visit, revision, entered_at, call, digest)
SELECT %(source)s, {SAID["call_id"]}, {SAID["visit"]}, {SAID["revision"]}, {ENTERED}, s.id, {DIGEST}
FROM pg_temp.calls_stage s
"""  # noqa: S608 (names of columns, nothing from outside)
ADD: Final = "WITH " + CALLS.format(of="")
BY_AGENT: Final = "ORDER BY p.id"
"""So the indexes by agent and team are met leaf by leaf, where a month has them yet."""
ADD_SOME: Final = f"""
WITH fresh AS ({KEYS} {{order}} ON CONFLICT DO NOTHING RETURNING call), {CALLS.format(of=FRESH)}
"""
# The rows that stood aside, each with what holds its key, which nobody else changes from now on.
REST: Final = f"""
DROP TABLE IF EXISTS pg_temp.calls_rest;
CREATE TEMPORARY TABLE calls_rest ON COMMIT DROP AS
SELECT s.id, s.row, s.call_id, {SAID["visit"]} AS visit, {SAID["revision"]} AS revision, {DIGEST} AS digest,
    k.revision AS known, k.entered_at AS known_at, k.call AS known_call
FROM pg_temp.calls_stage s CROSS JOIN LATERAL {KEY_HELD} WHERE k.call <> s.id
"""  # noqa: S608
BETTER: Final = """
DROP TABLE IF EXISTS pg_temp.calls_better;
CREATE TEMPORARY TABLE calls_better ON COMMIT DROP AS
SELECT DISTINCT ON (call_id, visit) * FROM pg_temp.calls_rest WHERE revision > known
ORDER BY call_id, visit, revision DESC, row, id
"""
# A corrected call is taken out and put in anew, since it may have moved to another month. One look-up for each: the
# planner is kept from reading whole months.
REMOVE: Final = """
DELETE FROM calls_call c USING pg_temp.calls_better b WHERE c.entered_at = b.known_at AND c.id = b.known_call
    AND c.entered_at BETWEEN %(first)s AND %(last)s
"""
REPLACE: Final = f"""
WITH fresh AS (
    UPDATE calls_callkey k SET revision = b.revision, call = b.id, digest = b.digest, entered_at = {ENTERED}
    FROM pg_temp.calls_better b JOIN pg_temp.calls_stage s ON s.id = b.id
    WHERE k.source_id = %(source)s AND k.call_id = b.call_id AND k.visit = b.visit RETURNING k.call
), {CALLS.format(of=FRESH)}
"""  # noqa: S608
# The same revision with other content: which of the two is right, we cannot know. Names the first field that differs.
DIFFERENT: Final = " ".join(
    f"WHEN s.{name} IS DISTINCT FROM c.{stored} THEN '{name}'" for name, stored in STORED.items()
)
CONTRADICTIONS: Final = f"""
SELECT row, field FROM (
    SELECT s.row, CASE {DIFFERENT} END AS field
    FROM ({STAGED} JOIN pg_temp.calls_rest r ON r.id = s.id) s CROSS JOIN LATERAL {KEY} CROSS JOIN LATERAL (
        SELECT * FROM calls_call c WHERE c.entered_at = k.entered_at AND c.id = k.call OFFSET 0
    ) c
    WHERE k.revision = s.revision AND k.call <> s.id
) compared WHERE field IS NOT NULL ORDER BY row
"""  # noqa: S608
# A corrected call leaves one half hour and may come to another.
MOVED: Final = """
SELECT {known} FROM pg_temp.calls_better
UNION SELECT {now} FROM pg_temp.calls_stage s JOIN pg_temp.calls_better b USING (id)
""".format(known=HALF_HOUR.format("known_at"), now=HALF_HOUR.format(ENTERED))  # noqa: S608


@dataclass(slots=True)
class Stored:
    """What became of rows. `refused` names the row, the field and why; `slots` are the half hours that changed."""

    new: int = 0
    corrected: int = 0
    repeated: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    slots: set[datetime] = field(default_factory=set)
    first_at: datetime | None = None
    last_at: datetime | None = None

    def add(self, more: "Stored") -> None:
        """Count what became of more rows."""
        self.new += more.new
        self.corrected += more.corrected
        self.repeated += more.repeated
        self.refused += more.refused
        self.slots |= more.slots
        self.first_at = min(filter(None, (self.first_at, more.first_at)), default=None)
        self.last_at = max(filter(None, (self.last_at, more.last_at)), default=None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows belong, and which moments are taken (both included)."""

    name: str
    site: int
    oldest: datetime
    latest: datetime


def settle(rows: Sequence[CallRow], lines: Lines | None, place: Place, turn: Turn) -> Stored:
    """Store rows and lines of one source; of those with one key the highest revision stays, the first of equal ones.

    Calls that are simply new are added beside others of the source that are on the way; for anything else, and before it
    holds what those before may need, it takes its `turn`.
    """
    staged = fill(rows, lines)
    with connection.cursor() as cursor:
        return _Settling(cursor, place, lines, turn).run(
            staged, is_mixed=bool(rows and lines and lines.texts)
        )


class _Settling:
    """The statements over one stage."""

    def __init__(self, cursor: Any, place: Place, lines: Lines | None, turn: Turn) -> None:
        self.cursor, self.turn, self.of_file = cursor, turn, lines is not None
        self.names: dict[str, Any] = {
            "name": place.name,
            "site": place.site,
            "oldest": place.oldest,
            "latest": place.latest,
            "zone": lines.zone if lines else "UTC",
        }

    def run(self, staged: int, *, is_mixed: bool) -> Stored:
        self.do(PLANS)
        stored, may_be_known, left = Stored(), False, staged
        if known := self.all(SOURCE):
            [(self.names["source"],)] = known
            if self.all(SEEN)[0][0]:
                gone, may_be_known = self.drop_repeated(staged)
                left -= gone
        if left:
            found = self.all(HALF_HOURS)
            if any(is_odd for *_counted, is_odd in found):
                stored.refused = self.all(ODD)
                found = self.all(HALF_HOURS)
            if found:
                self.take(stored, found, is_mixed=is_mixed, may_be_known=may_be_known)
        stored.repeated = staged - stored.new - stored.corrected - len(stored.refused)
        return stored

    def drop_repeated(self, staged: int) -> tuple[int, bool]:
        """Drop from the stage what is known as it stands there; return how much, and whether more may be known.

        Where ids follow each other, as in most files, all keys between the first and the last are read at once: twice as
        fast as a look-up for each.
        """
        self.names["most"] = most = staged * SCATTERED
        [(self.names["first_id"], self.names["last_id"], between)] = self.all(BETWEEN)
        gone = self.do(REPEATED_BETWEEN if between < most else REPEATED)
        return gone, between > gone

    def take(self, stored: Stored, found: list[Any], *, is_mixed: bool, may_be_known: bool) -> None:
        """Add the calls that are new, by what was `found` in each half hour; then look at those whose key is taken.

        If none of the first rows is known, most likely none is, and the keys find out.
        """
        if "source" not in self.names:
            self.turn.ahead(self.claim)
            [(self.names["source"],)] = self.all(SOURCE)
        stored.first_at = min(first for _slot, _count, first, _last, _odd in found)
        stored.last_at = max(last for _slot, _count, _first, last, _odd in found)
        wanted = set(map(months.name_of, months.between(stored.first_at, stored.last_at)))
        if not months.existing().keys() >= wanted:
            needed = [month for (month,) in self.all(MONTHS)]
            self.turn.ahead(partial(months.ensure, needed, bare=self.of_file))
        order = "ORDER BY s.row, s.id" if is_mixed else ""
        stored.new = 0 if may_be_known else self.add_all("" if wanted.issubset(months.bare()) else BY_AGENT)
        if not stored.new:
            self.turn.take()
            left = sum(count for _slot, count, *_times in found)
            if not may_be_known and self.drop_repeated(left)[0]:
                found = self.all(HALF_HOURS)
            stored.new = self.do(ADD_SOME.format(order=order))
        if stored.new:
            stored.slots |= {slot for slot, *_counted in found}
        if stored.new < sum(count for _slot, count, *_times in found):
            self.do(REST)
            self.do(BETTER)
            stored.corrected = self.correct(stored)
            stored.refused += [(row, name, KNOWN) for row, name in self.all(CONTRADICTIONS)]

    def claim(self) -> None:
        """Put the source down as that of the site."""
        with connection.cursor() as cursor:
            cursor.execute(NEW_SOURCE, self.names)

    def add_all(self, order: str) -> int:
        """Add every row in this order, which is the rule, and the quicker way; 0 if one is known or stands there twice."""
        try:
            with transaction.atomic():
                self.do(KEYS)
                return self.do(ADD + order)
        except IntegrityError as error:
            if isinstance(error.__cause__, UniqueViolation):
                return 0
            raise

    def correct(self, stored: Stored) -> int:
        """Put calls in anew whose higher revision has come; return how many."""
        [(count, first, last)] = self.all(
            "SELECT count(*), min(known_at), max(known_at) FROM pg_temp.calls_better"
        )
        if not count:
            return 0
        stored.slots |= {slot for (slot,) in self.all(MOVED)}
        self.do("SET LOCAL enable_hashjoin = off")
        self.names |= {"first": first, "last": last}
        self.do(REMOVE)
        self.do("SET LOCAL enable_hashjoin = on")
        return self.do(REPLACE)

    def do(self, statement: str) -> int:
        self.cursor.execute(statement, self.names)
        return int(self.cursor.rowcount)

    def all(self, statement: str) -> list[Any]:
        self.do(statement)
        found: list[Any] = self.cursor.fetchall()
        return found


def lock(source: str, *, shared: bool = False) -> None:
    """Wait for the other imports of the source; those that come after wait for the end of this transaction.

    Two of the same calls do not race, nor do two sites that claim one source. Those that share it wait for who does not.
    """
    how = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {how}(hashtextextended('calls ' || %s, 0))", [source])
