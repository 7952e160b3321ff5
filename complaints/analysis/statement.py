"""One statement over the complaints in question: they are read once, with their working time, and counted in many ways.

`chosen` is the query of those complaints. `hours` are the ready intervals of the calendars (callcenter/worktime/table.py):
width_bucket finds in them what a bisect finds, so that working time is counted by the database as by `WorkHours`.
"""

EDGES = (1, 2, 4, 8, 12, 18, 27, 45)
"""Working hours between the bars of the distribution; a working day of the default calendar has nine."""
MOST_REPEATED = 20

POSITION = "({h}.shift[{i}] + least({at}, {h}.closes[{i}]))"


def _position(instant: str) -> str:
    """Return in SQL the working seconds up to `instant` by the calendar `h`."""
    at = f"date_part('epoch', {instant})"
    return POSITION.format(h="h", at=at, i=f"width_bucket({at}, h.opens)")


STATEMENT = """
WITH hours(calendar, opens, closes, shift) AS MATERIALIZED (VALUES {hours}),
chosen AS MATERIALIZED (
    SELECT c.id, c.received_at, c.resolved_at, c.cause_id, c.customer_id, c.staff_concerned_id, c.due_at,
           coalesce(k.calendar_id, s.calendar_id) AS calendar
      FROM ({chosen}) AS c
      JOIN agents_site s ON s.id = c.site_id
      LEFT JOIN complaints_clock k ON k.complaint_id = c.id AND k.kind = 'resolution' AND k.version = 1),
ruled AS (
    SELECT r.complaint_id FROM complaints_ruling r JOIN chosen ON chosen.id = r.complaint_id
     WHERE r.outcome = 'valid' AND NOT EXISTS (SELECT FROM complaints_ruling x WHERE x.replaces_id = r.id)),
waited AS (
    SELECT p.complaint_id, sum(greatest(0, {until} - {since})) AS seconds
      FROM complaints_pause p JOIN chosen c ON c.id = p.complaint_id JOIN hours h ON h.calendar = c.calendar
     GROUP BY 1),
told AS MATERIALIZED (
    SELECT c.*, ruled.complaint_id IS NOT NULL AS valid,
           to_char(date_trunc(%(grain)s, c.received_at AT TIME ZONE %(zone)s), 'YYYY-MM-DD') AS slot,
           greatest(0, {resolved} - {received}) AS lasted,
           coalesce(waited.seconds, 0) AS waited,
           {resolved} - {due} AS over
      FROM chosen c JOIN hours h ON h.calendar = c.calendar
      LEFT JOIN ruled ON ruled.complaint_id = c.id LEFT JOIN waited ON waited.complaint_id = c.id),
clocks AS MATERIALIZED (
    SELECT k.kind, k.level, k.breached_at IS NOT NULL AS breached
      FROM complaints_clock k JOIN chosen ON chosen.id = k.complaint_id WHERE k.kind <> 'correction')
SELECT json_build_object(
  'total', (SELECT json_build_object(
      'received', count(*), 'valid', count(*) FILTER (WHERE valid), 'resolved', count(resolved_at),
      'late', count(*) FILTER (WHERE resolved_at > due_at OR (resolved_at IS NULL AND due_at <= %(now)s)),
      'in_time', count(*) FILTER (WHERE resolved_at <= due_at),
      'in_time_with_pauses', count(*) FILTER (WHERE resolved_at <= due_at AND over + waited <= 0),
      'paused', count(*) FILTER (WHERE waited > 0), 'paused_seconds', coalesce(sum(waited), 0)) FROM told),
  'causes', (SELECT coalesce(json_agg(one), '[]') FROM (
      SELECT cause_id AS cause, count(*) AS received, count(*) FILTER (WHERE valid) AS valid
        FROM told GROUP BY 1 ORDER BY 2 DESC, 1) AS one),
  'trend', (SELECT coalesce(json_agg(one), '[]') FROM (
      SELECT slot, count(*) AS received, count(*) FILTER (WHERE valid) AS valid,
             count(*) FILTER (WHERE resolved_at > due_at OR (resolved_at IS NULL AND due_at <= %(now)s)) AS late
        FROM told GROUP BY 1 ORDER BY 1) AS one),
  'lasted', (SELECT json_build_object(
      'without_pauses', percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY greatest(0, lasted - waited)),
      'with_pauses', percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY lasted))
      FROM told WHERE resolved_at IS NOT NULL),
  'spread', (SELECT coalesce(json_agg(one), '[]') FROM (
      SELECT width_bucket(greatest(0, lasted - waited) / 3600, %(edges)s::float8[]) AS bar, count(*) AS resolved
        FROM told WHERE resolved_at IS NOT NULL GROUP BY 1 ORDER BY 1) AS one),
  'stages', (SELECT coalesce(json_agg(one), '[]') FROM (
      SELECT kind, count(*) AS clocks, count(*) FILTER (WHERE breached) AS breached FROM clocks GROUP BY 1) AS one),
  'levels', (SELECT coalesce(json_agg(one), '[]') FROM (
      SELECT level, count(*) AS clocks FROM clocks WHERE kind = 'resolution' AND level > 0 GROUP BY 1 ORDER BY 1) AS one),
  'customers', (SELECT json_build_object(
      'people', count(*), 'complaints', coalesce(sum(received), 0),
      'most', coalesce(json_agg(json_build_object('customer', customer_id, 'received', received) ORDER BY place)
                           FILTER (WHERE place <= %(most)s), '[]'))
      FROM (SELECT customer_id, count(*) AS received, row_number() OVER (ORDER BY count(*) DESC, customer_id) AS place
              FROM told WHERE customer_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1) AS one),
  'staff', (SELECT json_build_object(
      'people', count(*), 'complaints', coalesce(sum(received), 0),
      'most', coalesce(json_agg(json_build_object('person', staff_concerned_id, 'received', received, 'valid', valid)
                           ORDER BY place) FILTER (WHERE place <= %(most)s), '[]'))
      FROM (SELECT staff_concerned_id, count(*) AS received, count(*) FILTER (WHERE valid) AS valid,
                   row_number() OVER (ORDER BY count(*) FILTER (WHERE valid) DESC, count(*) DESC, staff_concerned_id) AS place
              FROM told WHERE staff_concerned_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1) AS one),
  'corrections', (SELECT json_build_object(
      'planned', count(*) FILTER (WHERE f.state = 'planned'),
      'overdue', count(*) FILTER (WHERE f.state = 'planned' AND k.due_at <= %(now)s),
      'done', count(*) FILTER (WHERE f.state = 'done'), 'holds', count(*) FILTER (WHERE f.state = 'holds'),
      'failed', count(*) FILTER (WHERE f.state = 'failed'))
      FROM complaints_correction f JOIN chosen ON chosen.id = f.complaint_id
      JOIN complaints_clock k ON k.id = f.clock_id))
"""


def statement(chosen: str, hours: str) -> str:
    """Return the statement over the complaints of the query `chosen`; `hours` are its rows of VALUES."""
    return STATEMENT.format(
        chosen=chosen,
        hours=hours,
        received=_position("c.received_at"),
        resolved=_position("c.resolved_at"),
        due=_position("c.due_at"),
        since=_position("greatest(p.at, c.received_at)"),
        until=_position("least(coalesce(p.ended_at, %(now)s), coalesce(c.resolved_at, %(now)s))"),
    )
