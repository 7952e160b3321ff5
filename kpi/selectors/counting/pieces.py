"""Statements that count: over a table of roll-ups, or over raw calls, by the group and interval of a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from kpi.rollup.columns import ANSWERED, BEYOND, FROM_CALLS, LENGTHS, READY, bag_of, extremes_of, merged
from kpi.selectors.counting.scope import RAW, ROLLED, Names, Scope, conditions

if TYPE_CHECKING:
    from kpi.selectors.series import Question

# No wall clock is further than this from UTC.
ZONES: Final = timedelta(hours=15)

MINUTES: Final = "extract(hour FROM c.at)::integer * 60 + extract(minute FROM c.at)::integer"
SLOTS: Final = {
    "none": "NULL::integer",
    "30m": "c.at",
    "hour": "date_trunc('hour', c.at)",
    "day": "c.at::date",
    "week": "date_trunc('week', c.at)::date",
    "month": "date_trunc('month', c.at)::date",
    "time_of_day": MINUTES,
    "hour_of_day": "extract(hour FROM c.at)::integer",
    "weekday": "extract(isodow FROM c.at)::integer",
    "half_hour_of_week": f"extract(isodow FROM c.at)::integer * 1440 + {MINUTES}",
    "hour_of_week": "extract(isodow FROM c.at)::integer * 1440 + extract(hour FROM c.at)::integer * 60",
}
"""The interval of a local time, as what the database tells apart fastest."""


@dataclass(frozen=True, slots=True)
class Group:
    """How rows are grouped: by what, which name goes with it, and the key and name that readers see."""

    by: str
    name: str = "''"
    key: str = "x.g::text"
    label: str = "x.n"
    join: str = ""


GROUPS: Final = {
    "none": Group("''", label="''"),
    "site": Group("{site}", key="t.code", label="t.name", join="JOIN agents_site t ON t.id = x.g"),
    "team": Group(
        "coalesce({team}, 0)",
        key="coalesce(t.id::text, '')",
        label="coalesce(t.name, '')",
        join="LEFT JOIN agents_team t ON t.id = x.g",
    ),
    "agent": Group("coalesce(u.work_number, c.agent_name)", "max(coalesce(u.name, c.agent_name))"),
    "queue": Group("{line}.queue_key", "max({line}.queue_label)"),
    **{name: Group(f"{{line}}.{name}", label="x.g") for name in ("source", "project", "channel")},
    "topic": Group("c.topic", label="x.g"),
}
LINES: Final = """
JOIN (
    SELECT l.id, l.source, l.project, l.channel, coalesce(q.code, l.queue_name) AS queue_key,
        coalesce(q.name, l.queue_name) AS queue_label
    FROM kpi_line l LEFT JOIN calls_queue q ON q.id = l.queue_id
) l ON l.id = c.line"""
CALLS: Final = """(
    SELECT c.*, date_bin('30 minutes', timezone(w.time_zone, c.entered_at), timestamp '2000-01-01') AS at,
        timezone(w.time_zone, c.entered_at) AS local, coalesce(q.code, c.queue_name) AS queue_key,
        coalesce(q.name, c.queue_name) AS queue_label
    FROM calls_call c JOIN agents_site s ON s.id = c.site_id JOIN worktime_calendar w ON w.id = s.calendar_id
        LEFT JOIN calls_queue q ON q.id = c.queue_id
    WHERE c.entered_at >= %(first)s AND c.entered_at < %(last)s
) c"""

FOLLOWED: Final = f"{ANSWERED} AND c.customer_id IS NOT NULL AND c.entered_at <= now() - interval '7 days'"
AGAIN: Final = (
    "EXISTS (SELECT FROM calls_call k WHERE k.customer_id = c.customer_id "
    "AND k.entered_at > c.entered_at AND k.entered_at <= c.entered_at + interval '7 days')"
)
ONLY_RAW: Final = {
    "hold_bag": bag_of(*LENGTHS["hold"]),
    "wrap_bag": bag_of(*LENGTHS["wrap"]),
    **extremes_of(("hold", "wrap")),
    "followed": f"count(*) FILTER (WHERE {FOLLOWED})",
    "settled": f"count(*) FILTER (WHERE {FOLLOWED} AND NOT {AGAIN})",
}
"""What no roll-up knows: it is counted over raw calls whenever it is asked for."""
PEOPLE: Final = ("agents", "agent_days")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of roll-ups; raw calls have no name. `scale` is whether `at` are half hours, days or months."""

    name: str
    scale: str
    has_lines: bool = True


RAW_CALLS: Final = Table("", "calls")
HALF_HOURS: Final = Table("kpi_halfhour", "half hours")
LINE_HALF_HOURS: Final = Table("kpi_linehalfhour", "half hours")
TEAM_HALF_HOURS: Final = Table("kpi_teamhalfhour", "half hours", has_lines=False)
TEAM_TIMES: Final = Table("kpi_teamtimeofday", "half hours", has_lines=False)
AGENT_DAYS: Final = Table("kpi_agentday", "days")
TEAM_DAYS: Final = Table("kpi_teamday", "days")
TEAM_MONTHS: Final = Table("kpi_teammonth", "days")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some numbers of a question, counted over the rows of a table in [start, end] that `also` meet a condition."""

    table: Table
    numbers: tuple[str, ...]
    start: date
    end: date
    also: str = ""

    def statement(
        self, question: "Question", scope: Scope, columns: Sequence[str]
    ) -> tuple[str, dict[str, Any]]:
        """Return SELECT key, label, slot and the columns, and its parameters; columns that it does not count are NULL."""
        names = RAW if self.table is RAW_CALLS else ROLLED
        where, given = conditions(names, scope, question)
        where += [self.also] if self.also else []
        where += self._times(question, given)
        group = GROUPS[question.group_by]
        by, name = (
            part.format(site=names.site, team=names.team, line=names.line) for part in (group.by, group.name)
        )
        source = f"{self._source(question, names)} WHERE {' AND '.join(where)}"
        inner = (
            self._people(by, name, source, question)
            if self._of_people
            else self._counted(by, name, source, question)
        )
        counted = (
            f"x.{name}" if name in self.numbers else f"NULL::{_type(name)} AS {name}" for name in columns
        )
        text = f"SELECT {group.key} AS key, {group.label} AS label, x.slot, {', '.join(counted)} FROM ({inner}) x {group.join}"  # noqa: S608
        return text, given

    @property
    def _of_people(self) -> bool:
        return self.numbers[0] in PEOPLE

    def _times(self, question: "Question", given: dict[str, Any]) -> list[str]:
        days = {"start": self.start, "end": self.end + timedelta(days=1)}
        if self.table is RAW_CALLS:
            given["first"] = datetime.combine(self.start, time(), UTC) - ZONES
            given["last"] = datetime.combine(days["end"], time(), UTC) + ZONES
        stamp = "local" if self.table is RAW_CALLS else "at"
        where = [f"c.{stamp} >= '{days['start']}' AND c.{stamp} < '{days['end']}'"]
        if question.before:
            given["before"] = question.before
            where.append(f"c.{stamp}::time < %(before)s")
        return where

    def _source(self, question: "Question", names: Names) -> str:
        asked = {question.group_by, *(name for name, _value in question.filters)}
        of_line = not asked.isdisjoint({"queue", "source", "project", "channel"})
        source = CALLS if self.table is RAW_CALLS else f"{self.table.name} c {LINES if of_line else ''}"
        if question.group_by == "agent":
            source += f" LEFT JOIN agents_user u ON u.id = {names.agent}"
        return source

    def _counted(self, by: str, name: str, source: str, question: "Question") -> str:
        counted = ", ".join(f"{self._number(number)} AS {number}" for number in self.numbers)
        return f"SELECT {by} AS g, {name} AS n, {SLOTS[question.interval]} AS slot, {counted} FROM {source} GROUP BY 1, 3"  # noqa: S608

    def _number(self, name: str) -> str:
        if self.table is not RAW_CALLS:
            return merged(name)
        return ONLY_RAW.get(name) or FROM_CALLS[name]

    def _people(self, by: str, name: str, source: str, question: "Question") -> str:
        """Count agents with an answered call, and the days on which each had one."""
        raw = self.table is RAW_CALLS
        agent = "coalesce(c.agent_id, 0)" if raw else "c.agent"
        unmatched = "CASE WHEN c.agent_id IS NULL THEN c.agent_name ELSE '' END" if raw else "c.agent_name"
        answered = ANSWERED if raw else "c.answered > 0"
        label = name.removeprefix("max(").removesuffix(")") if name != "''" else name
        return f"""
            SELECT g, max(n) AS n, slot, count(*) AS agents, sum(days) AS agent_days FROM (
                SELECT g, max(n) AS n, slot, who, name, count(*) AS days FROM (
                    SELECT DISTINCT {by} AS g, {label} AS n, {SLOTS[question.interval]} AS slot, {agent} AS who,
                        {unmatched} AS name, c.at::date AS day
                    FROM {source} AND {answered} AND ({agent} > 0 OR c.agent_name <> '')
                ) days GROUP BY g, slot, who, name
            ) people GROUP BY g, slot"""  # noqa: S608


def _type(number: str) -> str:
    if number.endswith("_bag"):
        return "bytea"
    return "integer" if number in READY or number in BEYOND else "bigint"
