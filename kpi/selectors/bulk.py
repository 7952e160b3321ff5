"""Many rows at a time: an answer piece by piece along its time, so that no more than a piece is ever held."""

import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final

from kpi.selectors.changes import DATED, day_of
from kpi.selectors.series import WEEKDAYS, Question, series, tells_lost

Row = dict[str, Any]
Place = tuple[str, str]
"""Where a row stands: its interval, in an order, and its group."""
ENOUGH: Final = 2_000
"""Rows that a piece of time is to have; with fewer, the next one is twice as long."""
LONGEST: Final = 366
SLOTS: Final = {"30m": 48, "hour": 24}
"""Intervals in a day where they are shorter than one."""
GROUPS: Final = {
    "none": 1,
    "site": 10,
    "source": 10,
    "channel": 10,
    "project": 20,
    "queue": 50,
    "team": 200,
    "topic": 200,
}
"""How many there are in a large centre, about; agents are more than is wanted at once."""
BEGIN: Final = ("", "")


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of an answer, and the place of the last one where more follow."""

    rows: list[Row]
    following: Place | None


def page(
    user: Any, question: Question, *, limit: int, after: Place = BEGIN, only: Collection[str] | None = None
) -> Page:
    """Return the rows that follow a place; each costs the same however far it lies in."""
    rows = list(islice(rows_of(user, question, after=after, only=only), limit + 1))
    more = len(rows) > limit
    return Page(rows[:limit], place_of(rows[limit - 1]) if more else None)


def rows_of(
    user: Any, question: Question, *, after: Place = BEGIN, only: Collection[str] | None = None
) -> Iterator[Row]:
    """Yield every row by interval and group, those after a place; of the intervals in `only`, if it is given."""
    told = tells_lost(user, question)
    if question.interval not in DATED:
        yield from _following(series(user, question, most=sys.maxsize, told=told), after)
        return
    length = _first_length(question)
    day = max(question.start, _day_of(after))
    while day <= question.end:
        end = min(_end(day, question.interval, length), question.end)
        if only is None or any(_lies_in(slot, day, end, question.interval) for slot in only):
            rows = series(user, replace(question, start=day, end=end), most=sys.maxsize, told=told)
            yield from _following((row for row in rows if only is None or row["interval"] in only), after)
            length = min(2 * length, LONGEST) if len(rows) < ENOUGH else max(1, length // 2)
        day = end + timedelta(days=1)


def _first_length(question: Question) -> int:
    cells = SLOTS.get(question.interval, 1) * GROUPS.get(question.group_by, ENOUGH)
    return min(max(1, ENOUGH // cells), LONGEST)


def place_of(row: Row) -> Place:
    """Return where a row stands. Weekdays come in their order, hours by their number."""
    slot = row["interval"]
    if isinstance(slot, int):
        return f"{slot:02}", row["group"]
    name, _space, rest = slot.partition(" ")
    return (f"{WEEKDAYS.index(name)} {rest}" if name in WEEKDAYS else slot), row["group"]


def _following(rows: Any, after: Place) -> Iterator[Row]:
    placed = sorted(((place_of(row), row) for row in rows), key=lambda one: one[0])
    yield from (row for place, row in placed if after == BEGIN or place > after)


def _day_of(place: Place) -> date:
    slot = place[0][:10]
    return date.fromisoformat(f"{slot}-01"[:10]) if slot else date.min


def _end(day: date, interval: str, length: int) -> date:
    """Return the last day of `length` intervals (of days, within a day) that begin with the one `day` lies in."""
    begin = day_of(day, interval)
    for _one in range(length if interval == "month" else 0):
        begin = (begin + timedelta(days=32)).replace(day=1)
    days = {"week": 7 * length, "month": 0}.get(interval, length)
    return begin + timedelta(days=days - 1)


def _lies_in(slot: str, start: date, end: date, interval: str) -> bool:
    return day_of(start, interval) <= date.fromisoformat(f"{slot}-01"[:10]) <= end
