"""Which tables answer a question: the coarsest roll-ups that know what it asks for, raw calls only where none does."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kpi.counters import Counter
from kpi.models.rollups import StaleMonth
from kpi.rollup.columns import COUNTED, EXTREMES, RANKED, RANKS
from kpi.selectors.counting import pieces
from kpi.selectors.counting.pieces import ONLY_RAW, Piece, Table
from kpi.selectors.counting.scope import OF_LINE, Scope

if TYPE_CHECKING:
    from kpi.selectors.series import Question

WITHIN_DAYS: Final = {"30m", "hour", "time_of_day", "hour_of_day", "half_hour_of_week", "hour_of_week"}
"""Intervals that a day is too long for."""
OF_BAGS: Final = {"within", "min", "max", "rank"}
EXTREME_OF: Final = {how: edge for edge, how in EXTREMES.items()}
MADE_OF: Final = {
    "unknown": ("answered", "abandoned", "flowed_out"),
    "of_somebody": ("answered", "nameless"),
    "wait": ("answered", "no_wait"),
    "lost_wait": ("abandoned", "no_lost_wait"),
    "talk": ("answered", "no_talk"),
    "handle": ("answered", "no_talk"),
    "hold": ("answered", "no_hold"),
    "wrap": ("answered", "no_wrap"),
}
"""The numbers that tell a tally that is not kept, or of how many calls a length is known."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The numbers of a table that counters need: such as are kept, people, and what only raw calls tell."""

    kept: tuple[str, ...]
    people: tuple[str, ...]
    only_raw: tuple[str, ...]
    ranks: tuple[str, ...] | None
    """The ready percentiles that take the place of all bags; None where some counter needs a bag."""

    @classmethod
    def of(cls, counters: Collection[Counter]) -> "Wanted":
        """Return what these counters of calls need; how many were offered is always counted."""
        numbers = dict.fromkeys(("offered", *(name for counter in counters for name in numbers_of(counter))))
        ranks = [f"{counter.what}_p{counter.at}" for counter in counters if counter.how in OF_BAGS]
        ready = all(
            counter.how == "rank" and counter.what in RANKED and counter.at in RANKS
            for counter in counters
            if counter.how in OF_BAGS
        )
        return cls(
            tuple(name for name in numbers if name not in pieces.PEOPLE and name not in ONLY_RAW),
            tuple(name for name in numbers if name in pieces.PEOPLE),
            tuple(name for name in numbers if name in ONLY_RAW),
            tuple(dict.fromkeys(ranks)) if ready else None,
        )

    @property
    def tallies(self) -> tuple[str, ...]:
        """Those that are kept, without bags."""
        return tuple(name for name in self.kept if name in COUNTED)

    @property
    def has_bags(self) -> bool:
        """Whether lengths themselves are needed."""
        return self.tallies != self.kept


def numbers_of(counter: Counter) -> tuple[str, ...]:
    """Return the numbers of a table that a counter is told from."""
    if counter.how == "distinct":
        return (counter.what,)
    if counter.how == "calls":
        return MADE_OF.get(counter.what, (counter.what,))
    known = MADE_OF[counter.what]
    if counter.how == "n":
        return known
    if counter.how == "sum":
        return (*known, f"{counter.what}_sum")
    beyond = EXTREME_OF.get(counter.how)
    return (*known, f"{counter.what}_bag", *((f"{counter.what}_{beyond}",) if beyond else ()))


def plan(question: "Question", scope: Scope, counters: Collection[Counter]) -> list[Piece]:
    """Return the pieces that answer a question together."""
    wanted, ask = Wanted.of(counters), Asked.of(question, scope)
    if ask.only_raw:
        found = _raw(question, (*wanted.kept, *wanted.only_raw))
        return [*found, *_raw(question, wanted.people)]
    if ask.agents:
        found = [_whole(pieces.AGENT_DAYS, question, wanted.kept)]
    elif ask.within_days:
        found = _half_hours(question, wanted, ask)
    else:
        found = _days(question, wanted.kept)
    if wanted.people:
        table = pieces.RAW_CALLS if ask.within_days else pieces.AGENT_DAYS
        found.append(_whole(table, question, wanted.people))
    return [*found, *_raw(question, wanted.only_raw)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question and its scope look at: agents, lines, teams, times within a day."""

    agents: bool
    lines: bool
    teams: bool
    within_days: bool
    only_raw: bool

    @classmethod
    def of(cls, question: "Question", scope: Scope) -> "Asked":
        """Look at a question."""
        names = {question.group_by, *(name for name, _value in question.filters)}
        agents = "agent" in names or scope.own
        within_days = question.interval in WITHIN_DAYS or question.before is not None
        odd = question.before is not None and bool(question.before.minute % 30 or question.before.second)
        return cls(
            agents=agents,
            lines=not names.isdisjoint(OF_LINE),
            teams="team" in names or bool(scope.teams),
            within_days=within_days,
            only_raw="topic" in names or odd or (agents and within_days),
        )


def _whole(table: Table, question: "Question", numbers: tuple[str, ...], also: str = "") -> Piece:
    return Piece(table, numbers, question.start, question.end, also)


def _raw(question: "Question", numbers: tuple[str, ...]) -> list[Piece]:
    return [_whole(pieces.RAW_CALLS, question, numbers)] if numbers else []


def _half_hours(question: "Question", wanted: Wanted, ask: Asked) -> list[Piece]:
    if not ask.teams:
        return [_whole(pieces.LINE_HALF_HOURS, question, wanted.kept)]
    if ask.lines:
        return [_whole(pieces.HALF_HOURS, question, wanted.kept)]
    if not wanted.has_bags:
        return [_whole(pieces.TEAM_HALF_HOURS, question, wanted.kept)]
    table = _ready_for(question)
    if wanted.ranks is None or table is None:
        return [_whole(pieces.HALF_HOURS, question, wanted.kept)]
    # What is of no team may be of several sites, and has to be merged.
    return [
        _whole(table, question, (*wanted.tallies, *wanted.ranks), "c.team > 0"),
        _whole(pieces.HALF_HOURS, question, wanted.kept, "c.team = 0"),
    ]


def _ready_for(question: "Question") -> Table | None:
    """Return the table in which every cell of the answer is one row, so that its percentiles can be read."""
    if question.group_by != "team" or question.before is not None:
        return None
    if question.interval == "30m":
        return pieces.TEAM_HALF_HOURS
    month = question.interval == "time_of_day" and question.end == _end_of_month(question.start)
    if month and question.start.day == 1 and question.start not in stale_months(question.start, question.end):
        return pieces.TEAM_TIMES
    return None


def _days(question: "Question", numbers: tuple[str, ...]) -> list[Piece]:
    """Count by days; where months do, by the months that lie wholly in the time asked for."""
    if question.interval not in ("none", "month"):
        return [_whole(pieces.TEAM_DAYS, question, numbers)]
    stale = stale_months(question.start, question.end)
    found: list[Piece] = []
    day = question.start
    while day <= question.end:
        last = min(_end_of_month(day), question.end)
        whole = day.day == 1 and last == _end_of_month(day) and day not in stale
        table = pieces.TEAM_MONTHS if whole else pieces.TEAM_DAYS
        if found and found[-1].table is table:
            last_piece = found.pop()
            found.append(Piece(table, numbers, last_piece.start, last))
        else:
            found.append(Piece(table, numbers, day, last))
        day = last + timedelta(days=1)
    return found


def stale_months(start: date, end: date) -> set[date]:
    """Return the months that lie wholly in this time, by their first day, and have changed since they were merged."""
    first = start if start.day == 1 else _end_of_month(start) + timedelta(days=1)
    if _end_of_month(first) > end:
        return set()
    return set(StaleMonth.objects.filter(at__range=(first, end)).values_list("at", flat=True))


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
