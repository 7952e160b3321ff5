"""Roll-ups held against raw calls, counted from them once more by another road: in Python, call by call."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from kpi.rollup import bags
from kpi.rollup.columns import BAGS, BEYOND, COUNTED, EXACT
from kpi.rollup.grains import AGENT_DAYS, HALF_HOURS, LINE_HALF_HOURS, TEAM_DAYS, Grain

CALLS: Final = """
SELECT l.id, coalesce(c.team_id, 0), coalesce(c.agent_id, 0), CASE WHEN c.agent_id IS NULL THEN c.agent_name ELSE '' END,
    c.entered_at, c.outcome, c.wait_seconds, c.talk_seconds, c.hold_seconds, c.wrap_seconds, c.resolved, c.transferred,
    c.satisfaction
FROM calls_call c LEFT JOIN kpi_line l ON l.site_id = c.site_id AND l.source = c.source AND l.project = c.project
    AND l.channel = c.channel AND l.queue_id IS NOT DISTINCT FROM c.queue_id
    AND l.queue_name = CASE WHEN c.queue_id IS NULL THEN c.queue_name ELSE '' END
WHERE c.site_id = %(site)s AND c.entered_at >= %(first)s AND c.entered_at < %(last)s
"""
GRAINS: Final[tuple[tuple[Grain, bool], ...]] = (
    (HALF_HOURS, True),
    (LINE_HALF_HOURS, True),
    (AGENT_DAYS, False),
    (TEAM_DAYS, False),
)
"""The grains that are checked, and whether their times are half hours."""
MIDDLE: Final = (*COUNTED, *BEYOND, *BAGS)
JOINED: Final = {"least": min, "most": max}


@dataclass(frozen=True, slots=True)
class Difference:
    """A number of a roll-up that is not that of the raw calls."""

    table: str
    key: tuple[Any, ...]
    number: str
    kept: Any
    counted: Any

    def __str__(self) -> str:
        where = " ".join(str(part) for part in self.key)
        return f"{self.table} [{where}] {self.number}: {self.kept} is kept, {self.counted} was counted"


def differences(site: int, zone: ZoneInfo, day: datetime) -> Iterator[Difference]:
    """Yield what differs on a day of a site, whose beginning is given as a local time."""
    given: dict[str, Any] = {
        "site": site,
        "first": day.replace(tzinfo=zone),
        "last": (day + timedelta(days=1)).replace(tzinfo=zone),
    }
    with connection.cursor() as cursor:
        cursor.execute(CALLS, given)
        calls = [_Call(zone, *row) for row in cursor.fetchall()]
        for grain, halves in GRAINS:
            yield from _compare(grain, _kept(cursor, grain, site, day), _counted(grain, calls, halves=halves))


class _Call:
    """A raw call, with its place at every grain."""

    __slots__ = ("agent", "agent_name", "at", "day", "facts", "line", "team")

    def __init__(
        self,
        zone: ZoneInfo,
        line: int,
        team: int,
        agent: int,
        agent_name: str,
        entered: datetime,
        *facts: Any,
    ) -> None:
        local = entered.astimezone(zone).replace(tzinfo=None)
        self.at = local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)
        self.day = local.date()
        self.line, self.team, self.agent, self.agent_name = line, team, agent, agent_name
        self.facts = facts

    def numbers(self) -> Iterator[tuple[str, int]]:
        """Yield what the call adds to its row; to a bag, the step of its length."""
        outcome, wait, talk, hold, wrap, resolved, transferred, mark = self.facts
        taken, lost = outcome == "answered", outcome == "abandoned"
        handle = None if talk is None else talk + (hold or 0) + (wrap or 0)
        yield "offered", 1
        flags = {
            "answered": taken,
            "abandoned": lost,
            "flowed_out": outcome == "flowed_out",
            "nameless": taken and not self.agent and not self.agent_name,
            "resolved": resolved,
            "transferred": transferred,
            "no_resolved": taken and resolved is None,
            "no_transferred": taken and transferred is None,
            f"rated_{mark}": mark,
        }
        yield from ((name, 1) for name, is_so in flags.items() if is_so)
        lengths = {
            "wait": (wait, taken),
            "lost_wait": (wait, lost),
            "talk": (talk, taken),
            "hold": (hold, taken),
        }
        for name, (seconds, counts) in {**lengths, "wrap": (wrap, taken), "handle": (handle, taken)}.items():
            if counts and seconds is None and name != "handle":
                yield f"no_{name}", 1
            if counts and seconds is not None:
                yield f"{name}_sum", seconds
                if f"{name}_bag" in BAGS:
                    yield f"{name}_bag", bags.step_of(seconds)
                    if seconds > EXACT:
                        yield from ((f"{name}_{edge}", seconds) for edge in JOINED)


Rows = dict[tuple[Any, ...], dict[str, Any]]


def _counted(grain: Grain, calls: list[_Call], *, halves: bool) -> Rows:
    found: defaultdict[tuple[Any, ...], dict[str, Any]] = defaultdict(dict)
    for call in calls:
        names = (call.at if halves else call.day, *(getattr(call, key) for key in grain.keys[1:]))
        row = found[names]
        for name, number in call.numbers():
            if name in BAGS:
                row.setdefault(name, Counter())[number] += 1
            elif name in BEYOND:
                row[name] = JOINED[name.rpartition("_")[2]](row.get(name, number), number)
            else:
                row[name] = row.get(name, 0) + number
    return dict(found)


def _kept(cursor: Any, grain: Grain, site: int, day: datetime) -> Rows:
    names = ", ".join((*grain.keys, *MIDDLE))
    cursor.execute(
        f"SELECT {names} FROM {grain.table} WHERE site = %s AND at >= %s AND at < %s",  # noqa: S608 (names of columns)
        [site, day, day + timedelta(days=1)],
    )
    many = len(grain.keys)
    return {
        row[:many]: {
            name: _plain(name, value)
            for name, value in zip(MIDDLE, row[many:], strict=True)
            if value is not None
        }
        for row in cursor.fetchall()
    }


def _plain(name: str, value: Any) -> Any:
    if name not in BAGS:
        return value
    counts = bags.counts_of(value)
    return Counter({step: int(counts[step]) for step in counts.nonzero()[0].tolist()})


def _compare(grain: Grain, kept: Rows, counted: Rows) -> Iterator[Difference]:
    for key in sorted(kept.keys() | counted.keys(), key=str):
        one, other = kept.get(key, {}), counted.get(key, {})
        for name in MIDDLE:
            # Null stands for none, and so does 0.
            number, wanted = one.get(name) or None, other.get(name) or None
            if number != wanted:
                yield Difference(grain.table, key, name, number, wanted)
