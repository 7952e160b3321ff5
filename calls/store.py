"""Calls into their table in sets: COPY into a stage, then a few statements. Services call it in a transaction."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Final

from django.db import connection

from calls.intake import CallRow

TEXTS: Final = ("agent", "queue", "customer")
FACTS: Final = (
    "topic", "entered_at", "outcome", "wait_seconds", "talk_seconds", "hold_seconds", "wrap_seconds",
    "resolved", "satisfaction",
)  # fmt: skip
STAGED: Final = ("row", "call_id", "visit", "revision", *TEXTS, *FACTS)
NAMED: Final = tuple(f"{name}_name" for name in TEXTS)
MATCHED: Final = ("agent_id", "queue_id", "customer_id", "team_id")
KEPT: Final = ("call_id", "visit", "revision", *NAMED, *FACTS)

CREATE_STAGE: Final = """
DROP TABLE IF EXISTS pg_temp.calls_stage;
CREATE TEMPORARY TABLE calls_stage (
    row integer, call_id text, visit smallint, revision integer, agent text, queue text, customer text, topic text,
    entered_at timestamptz, outcome text, wait_seconds integer, talk_seconds integer, hold_seconds integer,
    wrap_seconds integer, resolved boolean, satisfaction smallint
) ON COMMIT DROP
"""
COPY: Final = """
COPY pg_temp.calls_stage ({columns})
FROM STDIN (FORMAT csv, FORCE_NOT_NULL (call_id, agent, queue, customer, topic, outcome))
""".format(columns=", ".join(STAGED))

# Whom a name means: what somebody set by hand, else the work number, else the only person of the site so called.
PEOPLE: Final = """
people AS MATERIALIZED (
    SELECT n.source, n.site_id, n.name, coalesce(
        (SELECT a.person_id FROM calls_agentname a
          WHERE a.source = n.source AND a.site_id = n.site_id AND a.name = n.name),
        (SELECT u.id FROM agents_user u WHERE u.work_number = n.name),
        (SELECT min(u.id) FROM agents_user u WHERE u.site_id = n.site_id AND u.name = n.name HAVING count(*) = 1)
    ) AS id FROM names n
)"""
QUEUES: Final = """
queues AS MATERIALIZED (
    SELECT q.site_id, q.name, coalesce(
        (SELECT k.id FROM calls_queue k WHERE k.code = q.name),
        (SELECT min(k.id) FROM calls_queue k WHERE k.site_id = q.site_id AND k.name = q.name HAVING count(*) = 1)
    ) AS id FROM queue_names q
)"""
CUSTOMERS: Final = """
customers AS MATERIALIZED (
    SELECT c.name, coalesce(
        (SELECT min(k.id) FROM calls_customer k WHERE k.phone = c.name HAVING count(*) = 1),
        (SELECT min(k.id) FROM calls_customer k WHERE k.name = c.name HAVING count(*) = 1)
    ) AS id FROM customer_names c
)"""
# The team of the day at the site; the time zone is that of the site's calendar.
TEAM_OF_DAY: Final = """
(SELECT m.team_id FROM agents_membership m JOIN agents_site t ON t.id = {site}
   JOIN worktime_calendar w ON w.id = t.calendar_id
  WHERE m.person_id = {person} AND m.period @> timezone(w.time_zone, {at})::date)"""

INSERT: Final = f"""
WITH names AS (SELECT DISTINCT %(source)s AS source, %(site)s AS site_id, agent AS name FROM pg_temp.calls_stage),
queue_names AS (SELECT DISTINCT %(site)s AS site_id, queue AS name FROM pg_temp.calls_stage),
customer_names AS (SELECT DISTINCT customer AS name FROM pg_temp.calls_stage WHERE customer <> ''),
{PEOPLE}, {QUEUES}, {CUSTOMERS},
latest AS (
    SELECT DISTINCT ON (call_id, visit) * FROM pg_temp.calls_stage ORDER BY call_id, visit, revision DESC, row
),
done AS (
    INSERT INTO calls_call (source, site_id, {", ".join(MATCHED)}, {", ".join(KEPT)})
    SELECT %(source)s, %(site)s, p.id, q.id, c.id,
        {TEAM_OF_DAY.format(site="%(site)s", person="p.id", at="s.entered_at")},
        s.call_id, s.visit, s.revision, {", ".join(f"s.{name}" for name in (*TEXTS, *FACTS))}
    FROM latest s
    LEFT JOIN people p ON p.name = s.agent LEFT JOIN queues q ON q.name = s.queue
    LEFT JOIN customers c ON c.name = s.customer
    ON CONFLICT (source, call_id, visit) DO UPDATE SET
        ({", ".join((*MATCHED, *KEPT[2:]))})
        = ROW({", ".join(f"excluded.{name}" for name in (*MATCHED, *KEPT[2:]))})
    WHERE calls_call.revision < excluded.revision
    RETURNING (xmax = 0) AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM done
"""  # noqa: S608 (names of columns, nothing from outside)

# The same revision with other content: which of the two is right, we cannot know. Names the first field that differs.
# OFFSET keeps each look-up one by the unique index: within the transaction the planner does not know how large the
# table has become, and would read all of it for every chunk.
DIFFERENT: Final = " ".join(
    f"WHEN s.{name} IS DISTINCT FROM c.{known} THEN '{name}'"
    for name, known in zip((*TEXTS, *FACTS), (*NAMED, *FACTS), strict=True)
)
CONTRADICTIONS: Final = f"""
SELECT * FROM (
    SELECT s.row, CASE {DIFFERENT} END AS field
    FROM pg_temp.calls_stage s CROSS JOIN LATERAL (
        SELECT * FROM calls_call k
        WHERE k.source = %(source)s AND k.call_id = s.call_id AND k.visit = s.visit AND k.revision = s.revision
        OFFSET 0
    ) c
) compared WHERE field IS NOT NULL ORDER BY row
"""  # noqa: S608

MATCH_AGENTS: Final = f"""
WITH names AS (
    SELECT DISTINCT source, site_id, agent_name AS name FROM calls_call
    WHERE agent_id IS NULL AND agent_name <> '' AND site_id = %(site)s
), {PEOPLE}
UPDATE calls_call c SET agent_id = p.id,
    team_id = {TEAM_OF_DAY.format(site="c.site_id", person="p.id", at="c.entered_at")}
FROM people p
WHERE c.agent_id IS NULL AND p.id IS NOT NULL
    AND c.source = p.source AND c.site_id = p.site_id AND c.agent_name = p.name
"""  # noqa: S608
MATCH_QUEUES: Final = f"""
WITH queue_names AS (
    SELECT DISTINCT site_id, queue_name AS name FROM calls_call
    WHERE queue_id IS NULL AND queue_name <> '' AND site_id = %(site)s
), {QUEUES}
UPDATE calls_call c SET queue_id = q.id FROM queues q
WHERE c.queue_id IS NULL AND q.id IS NOT NULL AND c.site_id = q.site_id AND c.queue_name = q.name
"""  # noqa: S608
MATCH_CUSTOMERS: Final = f"""
WITH customer_names AS (
    SELECT DISTINCT customer_name AS name FROM calls_call
    WHERE customer_id IS NULL AND customer_name <> '' AND site_id = %(site)s
), {CUSTOMERS}
UPDATE calls_call c SET customer_id = k.id FROM customers k
WHERE c.customer_id IS NULL AND k.id IS NOT NULL AND c.site_id = %(site)s AND c.customer_name = k.name
"""  # noqa: S608


@dataclass(slots=True)
class Stored:
    """What became of rows; `refused` names the row and the field of those that contradict what is known."""

    new: int = 0
    corrected: int = 0
    repeated: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    first_at: datetime | None = None
    last_at: datetime | None = None

    def add(self, more: "Stored") -> None:
        """Count what became of more rows."""
        self.new += more.new
        self.corrected += more.corrected
        self.repeated += more.repeated
        self.refused += more.refused
        self.first_at = min(filter(None, (self.first_at, more.first_at)), default=None)
        self.last_at = max(filter(None, (self.last_at, more.last_at)), default=None)


def lock(source: str) -> None:
    """Wait for the other imports of the source; those that come after wait for the end of this transaction.

    Two of the same file do not race, nor do two sites that claim one source.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('calls ' || %s, 0))", [source])


def bring(rows: Sequence[CallRow], *, source: str, site: int) -> Stored:
    """Move rows into the table; None becomes NULL, “” stays a text.

    Each call is counted once: a known one changes nothing, unless its revision is higher. The source must be locked
    and its calls be the site's own.
    """
    lines = io.StringIO()
    csv.writer(lines).writerows(map(attrgetter(*STAGED), rows))
    lines.seek(0)
    names: dict[str, str | int] = {"source": source, "site": site}
    with connection.cursor() as cursor:
        cursor.execute(CREATE_STAGE)
        cursor.copy_expert(COPY, lines)
        cursor.execute("ANALYZE pg_temp.calls_stage")
        cursor.execute(INSERT, names)
        new, corrected = cursor.fetchone()
        refused = []
        if new + corrected < len(rows):
            cursor.execute(CONTRADICTIONS, names)
            refused = cursor.fetchall()
        cursor.execute("SELECT min(entered_at), max(entered_at) FROM pg_temp.calls_stage")
        first_at, last_at = cursor.fetchone()
    repeated = len(rows) - new - corrected - len(refused)
    return Stored(new, corrected, repeated, refused, first_at, last_at)


def match(site: int) -> dict[str, int]:
    """Match a site's agents, queues and customers that are known by name only; return how many calls each gained."""
    counts = {}
    with connection.cursor() as cursor:
        for kind, statement in (
            ("agents", MATCH_AGENTS),
            ("queues", MATCH_QUEUES),
            ("customers", MATCH_CUSTOMERS),
        ):
            cursor.execute(statement, {"site": site})
            counts[kind] = cursor.rowcount
    return counts
