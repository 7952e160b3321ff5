"""Which lines of a call list the database can read by itself, without being told what a cell means. Pure.

What the pattern lets through, PostgreSQL and `calls.fields` understand alike; anything else is read cell by cell.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from callcenter.sheets.cells import FIRST_YEAR, LAST_YEAR, NO, YES
from calls.enums import Outcome
from calls.outcomes import OUTCOMES

# Whatever else counts as space, and what no text of a person has.
ODD_SIGNS: Final = r"\x00-\x1f\x7f\x85\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u3000\ufeff"
DAYS_OF_MONTHS: Final = (
    r"(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])"
)
DAY: Final = rf"(?P<day>(?:19[7-9]\d|20\d\d)-(?:{DAYS_OF_MONTHS}))"
CLOCK: Final = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?+"
FLAGS: Final = YES | NO
WORDS: Final = {
    "outcome": FLAGS | OUTCOMES.keys() | set(Outcome.values),
    "resolved": FLAGS,
    "transferred": FLAGS,
}
LENGTHS: Final = {"agent": 80, "queue": 80, "customer": 120, "topic": 120, "channel": 40, "project": 80}
CELLS: Final = {
    "entered_at": f"{DAY}[ T]{CLOCK}",
    "date": DAY,
    "time": CLOCK,
    **{
        name: "(?i:{})?+".format("|".join(sorted(words, key=len, reverse=True)))
        for name, words in WORDS.items()
    },
    **dict.fromkeys(("wait_seconds", "talk_seconds", "hold_seconds", "wrap_seconds"), r"\d{0,5}+"),
    "satisfaction": "[1-5]?+",
    "visit": r"\d{0,4}+",
    "revision": r"\d{0,9}+",
}
SHORT_WORD: Final = 15
STAGED_AS: Final = {"date": "day", "time": "clock"}
"""Field -> column of the stage, where they differ."""


def tester(columns: Sequence[str], separator: str, zone: ZoneInfo) -> Callable[[str], Any] | None:
    """Return what tells whether a line is plain; None if no line can be, because of what the columns hold.

    A local time of a day on which the clocks of `zone` change may not exist, or exist twice: that needs a closer look.
    """
    if {"entered_at", "date", "time"} & {*columns} not in ({"entered_at"}, {"date", "time"}):
        return None
    matches = _pattern(tuple(columns), separator).fullmatch
    if not (turning := _turning(zone.key)):
        return matches

    def is_plain(line: str) -> bool:
        found = matches(line)
        return found is not None and found["day"] not in turning

    return is_plain


def staged(columns: Sequence[str]) -> list[str]:
    """Return the columns of the stage that the cells of a line go to, the row's number first."""
    return ["row", *(STAGED_AS.get(key, key) or f"unused_{place}" for place, key in enumerate(columns))]


def _pattern(columns: tuple[str, ...], separator: str) -> re.Pattern[str]:
    ends = re.escape(separator) + '"'

    def cell(key: str) -> str:
        if not key:
            return f"[^{ends}]*+"
        if key in CELLS:
            return CELLS[key]
        return _text(ends, LENGTHS.get(key, 120), needed=key == "call_id")

    return re.compile(re.escape(separator).join(map(cell, columns)), re.ASCII)


def _text(ends: str, longest: int, *, needed: bool) -> str:
    """Match a word and some short ones behind it, each set apart by one space, which are never too long together."""
    sign = f"[^ {ends}{ODD_SIGNS}]"
    more = longest // 2 // (SHORT_WORD + 1)
    text = f"(?!'){sign}{{1,{longest - more * (SHORT_WORD + 1)}}}+(?: {sign}{{1,{SHORT_WORD}}}+){{0,{more}}}+"
    return text if needed else f"(?:{text})?+"


@cache
def _turning(zone: str) -> frozenset[str]:
    """Return the days on which the clocks of a zone change, and those beside them."""
    clocks, found = ZoneInfo(zone), set[str]()
    day, end = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    before = _offset(day, clocks)
    while day < end:
        day += timedelta(days=1)
        offset = _offset(day, clocks)
        if offset != before:
            found |= {(day + timedelta(days=step)).isoformat() for step in (-2, -1, 0, 1)}
        before = offset
    return frozenset(found)


def _offset(day: date, clocks: ZoneInfo) -> timedelta | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).astimezone(clocks).utcoffset()
