"""A centre whose calls are made by the database: 20 agents a team, six queues, 70 calls a day for each agent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from agents.models import Membership, Site, Team, User
from callcenter.worktime.models import Calendar
from calls.models import Queue
from calls.store import months

TEAM, QUEUES, CALLS_A_DAY = 20, 6, 70
FIRST_DAY: Final = date(2026, 7, 1)
FIRST: Final = datetime.combine(FIRST_DAY, time(), ZoneInfo("Asia/Shanghai")).astimezone(UTC)
NOW: Final = datetime(2026, 11, 22, 9, tzinfo=UTC)
SINCE: Final = DateRange(FIRST_DAY - timedelta(days=400), None)
HEADER: Final = "Call number,Date and time,Agent,Queue,Customer,Topic,Answered (Y/N),Wait,Talk,Hold,Wrap-up,Resolved (Y/N),Satisfaction"
# Nine in ten are answered, a team serves one queue. The steps have no common factor with the number of agents, so that everybody has calls.
ROWS: Final = f"""
SELECT 'C-' || lpad(n::text, 10, '0') AS call_id, %(since)s::timestamptz + (n - %(from)s) * (%(span)s::interval / %(count)s) AS at,
    n %% 10 > 0 AS taken, (n * 7919 %% %(agents)s)::int AS agent, n * 7919 %% %(agents)s / {TEAM} %% {QUEUES} AS queue, 13800000000 + n * 31 %% 900000 AS caller,
    (n * 13 %% 97)::int AS wait, (30 + n * 17 %% 571)::int AS talk, (n %% 30)::int AS hold, (20 + n %% 41)::int AS wrap,
    n %% 7 > 0 AS solved, CASE WHEN n %% 3 = 0 THEN (1 + n %% 5)::int END AS mark
FROM generate_series(%(from)s::bigint, %(from)s::bigint + %(count)s - 1) n
"""  # noqa: S608 (our own statement)
CSV: Final = f"""
SELECT call_id, to_char(timezone('Asia/Shanghai', at), 'YYYY-MM-DD HH24:MI:SS'),
    CASE WHEN taken THEN 'K' || lpad(agent::text, 5, '0') END, 'k' || queue, caller, 'Billing',
    CASE WHEN taken THEN 'Y' ELSE 'N' END, wait, CASE WHEN taken THEN talk END, CASE WHEN taken THEN hold END,
    CASE WHEN taken THEN wrap END, CASE WHEN taken THEN CASE WHEN solved THEN 'Y' ELSE 'N' END END,
    CASE WHEN taken THEN mark END
FROM ({ROWS}) made
"""  # noqa: S608 (our own statement)
STOCK: Final = f"""
WITH added AS (
    INSERT INTO calls_call (source, site_id, call_id, visit, revision, agent_id, agent_name, team_id, queue_id, queue_name,
        customer_name, topic, channel, project, entered_at, outcome, wait_seconds, talk_seconds, hold_seconds,
        wrap_seconds, resolved, satisfaction)
    SELECT 'acd', %(site)s, call_id, 0, 0, p.id, coalesce(p.work_number, ''), p.team_id, q.id, 'k' || queue, caller::text,
        'Billing', '', '', date_trunc('second', at), CASE WHEN taken THEN 'answered' ELSE 'abandoned' END, wait,
        CASE WHEN taken THEN talk END, CASE WHEN taken THEN hold END, CASE WHEN taken THEN wrap END,
        CASE WHEN taken THEN solved END, CASE WHEN taken THEN mark END
    FROM ({ROWS}) made JOIN calls_queue q ON q.code = 'k' || queue
    LEFT JOIN (
        SELECT u.id, u.work_number, m.team_id FROM agents_user u JOIN agents_membership m ON m.person_id = u.id
    ) p ON taken AND p.work_number = 'K' || lpad(agent::text, 5, '0')
    RETURNING call_id, entered_at, id
)
INSERT INTO calls_callkey (source_id, call_id, visit, revision, entered_at, call, digest)
SELECT %(source)s, call_id, 0, 0, entered_at, id, 0 FROM added
"""  # noqa: S608 (our own statement)


@dataclass(frozen=True, slots=True)
class Centre:
    """A site with this many agents."""

    site: Site
    agents: int

    def span(self, count: int) -> timedelta:
        """Return how long it takes until so many calls have come."""
        return timedelta(days=count / (self.agents * CALLS_A_DAY))

    def write(self, path: Path, *, first: int, count: int, since: datetime) -> None:
        """Write a call list of so many calls, numbered from `first`, that came from `since` on."""
        with connection.cursor() as cursor, path.open("w", encoding="utf-8") as file:
            file.write(HEADER + "\n")
            statement = cursor.mogrify(CSV, self._made(first, count, since)).decode()
            cursor.copy_expert(f"COPY ({statement}) TO STDOUT (FORMAT csv)", file)

    def fill(self, *, source: int, count: int, since: datetime) -> None:
        """Put so many calls into the tables, past the import: what is measured is what comes after them."""
        months.ensure(months.between(since, since + self.span(count)))
        with connection.cursor() as cursor:
            asked = self._made(0, count, since)
            cursor.execute(STOCK, asked | {"site": self.site.pk, "source": source})
            cursor.execute("UPDATE calls_source SET calls = %s WHERE id = %s", [count, source])
            cursor.execute("ANALYZE")

    def _made(self, first: int, count: int, since: datetime) -> dict[str, Any]:
        return {
            "from": first,
            "count": count,
            "since": since,
            "span": self.span(count),
            "agents": self.agents,
        }


def make(agents: int) -> Centre:
    """Return the centre of these agents, in teams, without a call."""
    site = Site.objects.create(code="kpi", name="Kpi", calendar=Calendar.objects.get(code="CN"))
    people = User.objects.bulk_create(
        User(work_number=f"K{number:05}", name=f"Agent {number}", password="!", site=site)  # noqa: S106 (no password)
        for number in range(agents)
    )
    teams = [Team.objects.create(site=site, name=f"Team {number}") for number in range(agents // TEAM + 1)]
    Membership.objects.bulk_create(
        Membership(person=person, team=teams[number // TEAM], period=SINCE)
        for number, person in enumerate(people)
    )
    for number in range(QUEUES):
        Queue.objects.create(code=f"k{number}", name=f"Queue {number}", site=site)
    return Centre(site, agents)
