"""Counters of calls for each group and interval: one statement, its parts merged, lengths told from their bags."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from operator import add
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from kpi.counters import Counter
from kpi.rollup import bags
from kpi.rollup.columns import EXACT
from kpi.selectors.counting.plan import numbers_of, plan
from kpi.selectors.counting.scope import Scope

if TYPE_CHECKING:
    from kpi.selectors.series import Question

Row = dict[str, Any]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _minute(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _minute_of_week(minutes: int) -> str:
    return f"{minutes // 1440} {_clock(minutes % 1440)}"


WRITTEN: Final[dict[str, Callable[[Any], str]]] = {
    "none": lambda _slot: "",
    "30m": _minute,
    "hour": _minute,
    "day": date.isoformat,
    "week": date.isoformat,
    "month": lambda day: day.isoformat()[:7],
    "time_of_day": _clock,
    "hour_of_day": lambda hour: f"{hour:02}",
    "weekday": str,
    "half_hour_of_week": _minute_of_week,
    "hour_of_week": _minute_of_week,
}
"""How the intervals of the statement are written; those of a week begin with the number of the day, Monday 1."""

JOINED: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "bag": lambda one, other: bytes(one) + bytes(other),
    "least": min,
    "most": max,
}
"""How what two pieces say of one cell becomes one number, by how its name ends; all others are added."""


def counted(user: Any, question: "Question", counters: Collection[Counter], *, most: int) -> list[Row]:
    """Return {group, label, interval, NAME: number} for each group and interval that has calls, at most `most` + 1 rows.

    Ordered by interval, label and group. Without grouping and interval there is one row, even if no call was found.
    """
    scope = Scope.of(user)
    text, given, columns = statement(question, scope, counters)
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        cells = _merged(cursor.fetchall(), columns)
    if not cells and question.group_by == question.interval == "none":
        cells = [("", "", None, dict.fromkeys(columns))]
    parts = [(counter, counter.name, numbers_of(counter)) for counter in counters]
    written = WRITTEN[question.interval]
    order = sorted(cells, key=lambda cell: (cell[2] is None or cell[2], cell[1], cell[0]))
    return [
        {"group": key, "label": label, "interval": written(slot), **_told(numbers, parts)}
        for key, label, slot, numbers in order[: most + 1]
    ]


def statement(
    question: "Question", scope: Scope, counters: Collection[Counter]
) -> tuple[str, dict[str, Any], list[str]]:
    """Return the one statement that answers a question, its parameters, and the numbers among its columns."""
    found = plan(question, scope, counters)
    columns = list(dict.fromkeys(name for piece in found for name in piece.numbers))
    parts = [piece.statement(question, scope, columns) for piece in found]
    given = {name: value for _text, values in parts for name, value in values.items()}
    return " UNION ALL ".join(text for text, _given in parts), given, columns


def _merged(rows: list[tuple[Any, ...]], columns: list[str]) -> list[tuple[str, str, Any, Row]]:
    """Return (key, label, interval, numbers) of each cell; what several pieces say of one is added up."""
    cells: dict[tuple[str, Any], tuple[str, str, Any, Row]] = {}
    for key, label, slot, *values in rows:
        numbers = dict(zip(columns, values, strict=True))
        cell = cells.setdefault((key, slot), (key, label, slot, numbers))
        if cell[3] is not numbers:
            _add(cell[3], numbers)
    return [cell for cell in cells.values() if cell[3].get("offered")]


def _add(numbers: Row, more: Row) -> None:
    for name, value in more.items():
        if value is None:
            continue
        kept = numbers[name]
        joined = JOINED.get(name.rpartition("_")[2], add)
        numbers[name] = value if kept is None else joined(kept, value)


def _told(numbers: Mapping[str, Any], parts: Collection[tuple[Counter, str, tuple[str, ...]]]) -> Row:
    """Return every counter by its name, from the numbers of a cell; `parts` names those that each is made of."""
    kept: dict[str, bags.Counts] = {}
    return {name: _value(counter, made_of, numbers, kept) for counter, name, made_of in parts}


def _value(
    counter: Counter, made_of: tuple[str, ...], numbers: Mapping[str, Any], kept: dict[str, bags.Counts]
) -> Any:
    first, *less = made_of
    if counter.how == "calls":
        total = numbers["offered"] if counter.what == "unknown" else numbers[first]
        taken = made_of if counter.what == "unknown" else less
        return _number(total) - sum(_number(numbers[name]) for name in taken)
    if counter.how == "distinct":
        return _number(numbers[first])
    known = _number(numbers[first]) - _number(numbers[less[0]])
    if counter.how == "n":
        return known
    if not known:
        return 0 if counter.how == "within" else None
    if counter.how == "sum":
        return _number(numbers[f"{counter.what}_sum"])
    bag = numbers.get(f"{counter.what}_bag")
    if bag is None:
        return numbers.get(f"{counter.what}_p{counter.at}")
    if counter.what not in kept:
        kept[counter.what] = bags.counts_of(bag)
    return _of_bag(counter, kept[counter.what], beyond=numbers[made_of[-1]])


def _of_bag(counter: Counter, counts: bags.Counts, *, beyond: Any) -> int | None:
    """Return what a bag tells; `beyond` is the extreme of lengths that it tells only nearly, None until it is counted."""
    if counter.how == "within":
        return bags.within(counts, counter.at)
    if counter.how == "rank":
        return bags.rank(counts, counter.at)
    found = bags.shortest(counts) if counter.how == "min" else bags.longest(counts)
    return found if found is None or found <= EXACT else int(beyond or found)


def _number(value: Any) -> int:
    return int(value or 0)
