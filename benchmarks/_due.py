"""Complaints by the million, some of them newly overdue, written by the database itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from agents.models import User
from benchmarks import _centre
from callcenter.worktime.china import CN
from callcenter.worktime.models import Policy

HANDLERS = 200
YEARS = timedelta(days=730)
PREFIX = "L"

COMPLAINTS = """
INSERT INTO complaints_complaint (reference, site_id, tier, channel, subject, account, demand, customer_name, contact,
    staff_concerned_id, team_id, recorded_by_id, handler_id, responsible_id, level, status, received_at, due_at,
    resolved_at, closed_at, solution, call, source, external_number)
SELECT %(prefix)s || lpad(n::text, 8, '0'), h.site_id, 1 + n %% 3, 'telephone', 'Charged twice for the same visit, case ' || n,
    repeat('The visit was charged twice. ', 8), 'The money back', 'Customer ' || n, '13800000000',
    CASE WHEN n %% 3 = 0 THEN h.concerned END, h.team_id, h.id, h.id, h.id, 0,
    CASE WHEN n <= %(due)s THEN 'accepted' ELSE 'closed' END, t.due_at - interval '2 days', t.due_at,
    CASE WHEN n > %(due)s THEN t.due_at END, CASE WHEN n > %(due)s THEN t.due_at + interval '2 days' END, '', '', '', ''
FROM generate_series(1, %(count)s) n
JOIN unnest(%(handlers)s::bigint[], %(sites)s::bigint[], %(teams)s::bigint[], %(concerned)s::bigint[])
    WITH ORDINALITY AS h(id, site_id, team_id, concerned, place) ON h.place = 1 + n %% %(people)s
CROSS JOIN LATERAL (
    SELECT CASE WHEN n <= %(due)s THEN %(due_at)s ELSE %(due_at)s - n * %(years)s::interval / %(count)s END AS due_at) t
"""
# What a trigger does for every complaint by itself: nearly all say the same, and each its own number.
WORDS = (
    "DROP INDEX complaint_words",
    """INSERT INTO complaints_wording (complaint_id, words)
       SELECT id, said.words || array_to_tsvector(ARRAY[id::text, lower(reference)])
         FROM complaints_complaint, (SELECT words_of('Charged twice for the same visit. The money back') AS words) AS said
        WHERE reference LIKE 'L%'""",
    "CREATE INDEX complaint_words ON complaints_wording USING gin (words)",
    "ALTER TABLE complaints_complaint ENABLE TRIGGER USER",
)
# The customer was contacted at once, and somebody joined at the end of the day: what is due is the deadline alone.
CLOCKS = """
INSERT INTO complaints_clock (complaint_id, kind, version, policy_id, calendar_id, has_policy_calendar, revision, mode, amount,
    keeper_id, starts_at, warn_50_at, warn_80_at, due_at, provisional, warned, level, breached_at, stopped_at)
SELECT c.id, k.kind, 1, %(policy)s, s.calendar_id, false, '', 'working_days', 2, c.handler_id, c.received_at,
    c.received_at + k.due * 0.5, c.received_at + k.due * 0.8, c.received_at + k.due, false, 80, 0,
    CASE k.kind WHEN 'same_day' THEN c.received_at + k.due END,
    CASE k.kind WHEN 'response' THEN c.received_at + k.due * 0.8 ELSE c.resolved_at END
FROM complaints_complaint c JOIN agents_site s ON s.id = c.site_id
CROSS JOIN (VALUES ('response', interval '30 minutes'), ('same_day', interval '7 hours'), ('resolution', interval '2 days')) AS k(kind, due)
WHERE c.reference LIKE %(ours)s
"""
# A message sent for every warning of the past, so that the outbox is as long as it would be.
SENT = """
INSERT INTO outbox_message (key, topic, channel, recipient_id, people, "to", cc, reached, language, time_zone, template,
    context, state, created_at, due_at, attempts, error, sent_at, untold)
SELECT 'clock:' || k.id || ':warning:80', 'complaint:' || c.id, 'email', c.handler_id, ARRAY[c.handler_id],
    ARRAY['somebody@example.org'], '{}', '{}', 'en', 'Asia/Shanghai', 'complaints/notify/warning',
    jsonb_build_object('reference', c.reference), 'sent', k.warn_80_at, k.warn_80_at, 1, '', k.warn_80_at, '{}'
FROM complaints_clock k JOIN complaints_complaint c ON c.id = k.complaint_id WHERE k.kind = 'resolution' AND c.reference LIKE %(ours)s
"""
REWIND = (
    "TRUNCATE complaints_alert, complaints_attempt, complaints_participant",
    "DELETE FROM complaints_step WHERE act = 'join'",
    "DELETE FROM outbox_message WHERE state <> 'sent'",
    "UPDATE complaints_clock SET next_at = NULL WHERE next_at IS NOT NULL",
    "UPDATE complaints_complaint SET level = 0, responsible_id = handler_id WHERE level > 0",
    """UPDATE complaints_clock k SET next_at = d.at, due_at = d.at, level = 0, breached_at = NULL, stopped_at = NULL
         FROM complaints_complaint c, LATERAL (SELECT %(at)s - c.id %% 20000 * %(apart)s AS at) d
        WHERE c.id = k.complaint_id AND k.kind = ANY(%(kinds)s) AND c.reference BETWEEN 'L' AND %(last)s""",
    "VACUUM (ANALYZE) complaints_complaint",
    "VACUUM (ANALYZE) complaints_clock",
    "VACUUM (ANALYZE) outbox_message",
)


@dataclass(frozen=True)
class Load:
    """What was made: how many are newly overdue, and the instant at which a sweep finds them so."""

    due: int
    now: datetime
    due_at: datetime

    def rewind(self, count: int, *, spread: bool = False, kinds: Sequence[str] = ("resolution",)) -> None:
        """Make the clocks of these `kinds` of the first `count` newly overdue again, all at one instant or `spread` over many."""
        facts = {
            "at": self.due_at,
            "last": f"{PREFIX}{count:08}",
            "apart": timedelta(seconds=spread),
            "kinds": list(kinds),
        }
        for statement in REWIND:
            _run(statement, facts)


def make(*, complaints: int, due: int) -> Load:
    """Write the centre and its complaints; nothing is due yet (`Load.rewind`)."""
    _centre.make(people=2 * HANDLERS, complaints=0, calls=0, now=timezone.now())
    User.objects.filter(work_number__startswith="G").update(
        email=Concat("work_number", Value("@example.org"))
    )
    handlers = list(
        User.objects.filter(work_number__startswith="G", leaderships=None)
        .order_by("work_number")
        .values_list("pk", "site_id", "memberships__team_id")
    )
    people, agents = handlers[:HANDLERS], handlers[HANDLERS:]
    due_at = CN.next_close(datetime(2026, 11, 20, tzinfo=UTC))
    columns = list(zip(*people, strict=True))
    _run("ALTER TABLE complaints_complaint DISABLE TRIGGER USER")
    facts = {"handlers": columns[0], "sites": columns[1], "teams": columns[2]}
    _run(
        COMPLAINTS,
        {name: list(column) for name, column in facts.items()}
        | {"concerned": [agents[n % len(agents)][0] for n in range(HANDLERS)], "people": HANDLERS}
        | {"prefix": PREFIX, "count": complaints, "due": due, "due_at": due_at, "years": YEARS},
    )
    for statement in WORDS:
        _run(statement)
    _run(CLOCKS, {"policy": Policy.objects.order_by("pk")[0].pk, "ours": f"{PREFIX}%"})
    _run(SENT, {"ours": f"{PREFIX}%"})
    _run("VACUUM (ANALYZE)")
    return Load(due, due_at + timedelta(minutes=1), due_at)


def _run(statement: str, facts: Mapping[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
