"""Four questions over many calls: the roll-ups of the house beside raw calls with a covering index and plain roll-ups.

All sides are timed in the server, wrapped in a count and a checksum; “answered” is the time until Python has the figures.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db import connection

from agents.models import Site, User
from benchmarks._kpi_centre import FIRST, FIRST_DAY, Centre, make
from benchmarks._kpi_intake import forget
from benchmarks.runner import Bench
from calls.models import Source
from kpi.metrics import REGISTRY
from kpi.selectors.counting import answer
from kpi.selectors.counting.scope import Scope
from kpi.selectors.series import Question
from kpi.services import rollups

METRICS: Final = ("offered", "answered", "handle_time_mean", "handle_time_p50", "handle_time_p90")
ROLLED: Final = (
    "halfhour", "linehalfhour", "teamhalfhour", "agentday", "teamday", "teammonth", "teamtimeofday", "line",
)  # fmt: skip
# What the four questions need of a call, in the order in which an index can answer them alone.
RAW: Final = """
DROP TABLE IF EXISTS raw_calls, plain_half, plain_agent;
CREATE TABLE raw_calls AS
    SELECT timezone('Asia/Shanghai', entered_at) AS at, team_id AS team, queue_id AS queue, agent_id AS agent,
        outcome = 'answered' AS taken, wait_seconds AS wait, talk_seconds + hold_seconds + wrap_seconds AS handle
    FROM calls_call;
CREATE INDEX raw_by_time ON raw_calls (at) INCLUDE (team, queue, agent, taken, wait, handle);
CREATE INDEX raw_by_agent ON raw_calls (agent, at) INCLUDE (taken, handle)
"""
# Roll-ups as anybody would make them: counters, and the lengths of the cell in an array.
PLAIN: Final = """
CREATE TABLE plain_half AS
    SELECT team, queue, date_bin('30 minutes', at, timestamp '2000-01-01') AS at, count(*)::integer AS offered,
        count(handle)::integer AS answered, sum(handle)::integer AS handle_sum,
        array_agg(handle::smallint ORDER BY handle) FILTER (WHERE handle IS NOT NULL) AS handles
    FROM raw_calls GROUP BY 1, 2, 3;
CREATE INDEX ON plain_half (at);
CREATE TABLE plain_agent AS
    SELECT agent, queue, at::date AS at, count(*)::integer AS offered, count(handle)::integer AS answered,
        sum(handle)::integer AS handle_sum,
        array_agg(handle::smallint ORDER BY handle) FILTER (WHERE handle IS NOT NULL) AS handles
    FROM raw_calls WHERE agent IS NOT NULL GROUP BY 1, 2, 3;
CREATE INDEX ON plain_agent (agent, at)
"""
FIGURES: Final = "count(*) AS offered, count(handle) AS answered, sum(handle) AS handle_sum, percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY handle) AS ranks"
OF_RAW: Final = f"SELECT {{by}}, {FIGURES} FROM raw_calls WHERE {{where}} GROUP BY {{by}}"  # noqa: S608 (our own statements)
OF_PLAIN: Final = """
SELECT * FROM (SELECT {by}, sum(offered) AS offered, sum(answered) AS answered, sum(handle_sum) AS handle_sum
               FROM {table} WHERE {where} GROUP BY {by}) counted
JOIN (SELECT {by}, percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY one) AS ranks
      FROM {table}, unnest(handles) one WHERE {where} GROUP BY {by}) ranked USING ({names})
"""
CHECKED: Final = "SELECT count(*), sum(offered), sum(handle_sum) FROM ({}) answered"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and how raw calls and plain roll-ups are asked the same."""

    name: str
    question: Question
    raw_by: str
    by: str
    where: str
    table: str = "plain_half"


def measure(bench: Bench) -> None:
    """Fill the centre, count its calls, and ask."""
    bench.database()
    agents, calls = bench.size("agents", 3000), bench.size("asked", 10_000_000)
    known = Site.objects.filter(code="kpi").first()
    centre = Centre(known, agents) if known else make(agents)
    with connection.cursor() as cursor:
        forget(cursor)
    source = Source.objects.get_or_create(name="acd", defaults={"site": centre.site})[0]
    centre.fill(source=source.pk, count=calls, since=FIRST)
    span = centre.span(calls)
    rollups.rebuild()
    rollups.refresh_all()
    with connection.cursor() as cursor:
        for statement in (RAW, PLAIN):
            cursor.execute(statement)
        connection.connection.autocommit = True
        cursor.execute("VACUUM ANALYZE")
    _report_size(bench)
    for asked in _questions(span):
        _compare(bench, asked)


def _report_size(bench: Bench) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('calls_call') WHERE isleaf"
        )
        [[raw]] = cursor.fetchall()
        total = 0
        for name in ROLLED:
            cursor.execute("SELECT pg_total_relation_size(%s)", [f"kpi_{name}"])
            size = cursor.fetchone()[0]
            total += size
            bench.report(f"size_{name}", 100 * size / float(raw), "%")
    bench.report("size_rolled_up", 100 * total / float(raw), "%", 15)


def _questions(span: timedelta) -> list[Asked]:
    day = FIRST_DAY + timedelta(days=1)
    end = min(date(2026, 7, 31), FIRST_DAY + timedelta(days=span.days - 1))
    month = Question(METRICS, FIRST_DAY, end)
    of_month = f"at >= '{FIRST_DAY}' AND at < '{end + timedelta(days=1)}'"
    half = "date_bin('30 minutes', at, timestamp '2000-01-01')"
    agent = User.objects.filter(work_number="K00042").values_list("pk", flat=True)[0]
    return [
        Asked(
            "team_half_hours",
            replace(month, group_by="team", interval="30m"),
            f"team, {half}",
            "team, at",
            of_month,
        ),
        Asked(
            "team_times_of_day",
            replace(month, group_by="team", interval="time_of_day"),
            "team, date_bin('30 minutes', at, timestamp '2000-01-01')::time",
            "team, at::time",
            of_month,
        ),
        Asked(
            "centre_day",
            Question(METRICS, start=day, end=day, interval="30m"),
            half,
            "at",
            f"at >= '{day}' AND at < '{day + timedelta(days=1)}'",
        ),
        Asked(
            "agent_days",
            replace(month, interval="day", filters=(("agent", "K00042"),)),
            "at::date",
            "at",
            f"agent = {agent} AND {of_month}",
            "plain_agent",
        ),
    ]


class Everybody:
    """Whoever sees all calls."""

    def holds(self, *_roles: str) -> bool:
        """Say that every role is held."""
        return True


def _compare(bench: Bench, asked: Asked) -> None:
    counters = {part for key in METRICS for part in REGISTRY[key].parts}
    text, given, columns = answer.statement(asked.question, Scope.of(Everybody()), counters)
    bags = "".join(f", sum(length({name}))" for name in columns if name.endswith("_bag"))
    ranks = "".join(f", sum({name})" for name in columns if "_p" in name)
    product = partial(
        _run,
        f"SELECT count(*), sum(offered), sum(handle_sum){bags}{ranks} FROM ({text}) a",  # noqa: S608
        given,
    )
    by = asked.by
    named = {"by": "at::time" if by == "team, at::time" else by, "table": asked.table, "where": asked.where}
    plain = OF_PLAIN.format(**named | {"by": by, "names": by})
    if "::" in by:
        plain = plain.replace("SELECT team, at::time", "SELECT team, at::time AS at").replace(
            "(team, at::time)", "(team, at)"
        )
    raw = OF_RAW.format(by=asked.raw_by, where=asked.where)
    bench.compare(
        asked.name, product=product, limit=partial(_run, CHECKED.format(plain), None), unit="ms", goal=1.0
    )
    bench.compare(
        f"{asked.name}_of_raw",
        product=product,
        limit=partial(_run, CHECKED.format(raw), None),
        unit="ms",
        goal=None,
    )
    _report_answer(bench, asked, counters)


def _report_answer(bench: Bench, asked: Asked, counters: Any) -> None:
    begin = datetime.now().astimezone()
    answer.counted(Everybody(), asked.question, counters, most=10**9)
    bench.report(f"{asked.name}_answered", (datetime.now().astimezone() - begin).total_seconds() * 1000, "ms")


def _run(statement: str, given: dict[str, Any] | None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()
