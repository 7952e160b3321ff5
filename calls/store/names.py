"""Whom the names of a source mean, for all rows at once; what was known by name only is matched when it can be."""

from datetime import datetime
from typing import Final

from django.db import connection

# What somebody set by hand, else the work number, else the only person of the site so called.
PEOPLE: Final = """
people AS MATERIALIZED (
    SELECT n.source, n.name, coalesce(
        (SELECT a.person_id FROM calls_agentname a
          WHERE a.source = n.source AND a.site_id = %(site)s AND a.name = n.name),
        (SELECT u.id FROM agents_user u WHERE u.work_number = n.name),
        (SELECT min(u.id) FROM agents_user u WHERE u.site_id = %(site)s AND u.name = n.name HAVING count(*) = 1)
    ) AS id FROM names n
)"""
# The days of a membership at the site, as the instants at which they begin and end there.
SEATS: Final = """
seats AS MATERIALIZED (
    SELECT m.person_id, m.team_id,
        coalesce(timezone(w.time_zone, lower(m.period)::timestamp), '-infinity') AS since,
        coalesce(timezone(w.time_zone, upper(m.period)::timestamp), 'infinity') AS until
    FROM agents_membership m
    CROSS JOIN agents_site t JOIN worktime_calendar w ON w.id = t.calendar_id
    WHERE t.id = %(site)s AND m.person_id IN (SELECT id FROM people)
)"""
QUEUES: Final = """
queues AS MATERIALIZED (
    SELECT q.name, coalesce(
        (SELECT k.id FROM calls_queue k WHERE k.code = q.name),
        (SELECT min(k.id) FROM calls_queue k WHERE k.site_id = %(site)s AND k.name = q.name HAVING count(*) = 1)
    ) AS id FROM queue_names q
)"""
# By telephone before name; two of them are none.
CUSTOMERS: Final = """
customers AS MATERIALIZED (
    SELECT DISTINCT ON (name) name, id FROM (
        SELECT c.name, min(k.id) AS id, 1 AS rank FROM customer_names c JOIN calls_customer k ON k.phone = c.name
        GROUP BY c.name HAVING min(k.id) = max(k.id)
        UNION ALL
        SELECT c.name, min(k.id), 2 FROM customer_names c JOIN calls_customer k ON k.name = c.name
        GROUP BY c.name HAVING min(k.id) = max(k.id)
    ) found ORDER BY name, rank
)"""

# Each returns the half hours that it changed and how many calls; the bounds spare the partitions without such a call.
MATCH: Final = {
    "agents": f"""
WITH names AS (
    SELECT DISTINCT source, agent_name AS name FROM calls_call
    WHERE agent_id IS NULL AND agent_name <> '' AND site_id = %(site)s
), {PEOPLE}, {SEATS}, changed AS (
    UPDATE calls_call c SET agent_id = p.id, team_id = (
        SELECT m.team_id FROM seats m
        WHERE m.person_id = p.id AND c.entered_at >= m.since AND c.entered_at < m.until LIMIT 1)
    FROM people p
    WHERE c.agent_id IS NULL AND c.agent_name <> '' AND c.site_id = %(site)s AND p.id IS NOT NULL
        AND c.source = p.source AND c.agent_name = p.name
    RETURNING c.entered_at
)""",  # noqa: S608
    "queues": f"""
WITH queue_names AS (
    SELECT DISTINCT queue_name AS name FROM calls_call
    WHERE queue_id IS NULL AND queue_name <> '' AND site_id = %(site)s
), {QUEUES}, changed AS (
    UPDATE calls_call c SET queue_id = q.id FROM queues q
    WHERE c.queue_id IS NULL AND c.queue_name <> '' AND c.site_id = %(site)s AND q.id IS NOT NULL
        AND c.queue_name = q.name
    RETURNING c.entered_at
)""",  # noqa: S608
    "customers": f"""
WITH customer_names AS (
    SELECT DISTINCT customer_name AS name FROM calls_call
    WHERE customer_id IS NULL AND customer_name <> '' AND site_id = %(site)s
), {CUSTOMERS}, changed AS (
    UPDATE calls_call c SET customer_id = k.id FROM customers k
    WHERE c.customer_id IS NULL AND c.customer_name <> '' AND c.site_id = %(site)s AND c.customer_name = k.name
    RETURNING c.entered_at
)""",  # noqa: S608
}
COUNTED: Final = """
SELECT date_bin('30 minutes', entered_at, '2000-01-01 00:00+00') AS slot, count(*) FROM changed GROUP BY slot
"""


def match(site: int) -> tuple[dict[str, int], list[datetime]]:
    """Match a site's agents, queues and customers that are known by name only.

    Returns how many calls each gained, and the half hours in which they entered the queue.
    """
    counts, slots = {}, set[datetime]()
    with connection.cursor() as cursor:
        for kind, statement in MATCH.items():
            cursor.execute(statement + COUNTED, {"site": site})
            found = dict(cursor.fetchall())
            counts[kind] = sum(found.values())
            slots |= found.keys()
    return counts, sorted(slots)
