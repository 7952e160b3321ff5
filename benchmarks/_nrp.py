"""The nurse rostering instances of T. Curtois as a problem of the auto-roster, from their text format.

A shift type of a day is one half hour of its own, so that cover is counted by shifts; a month has no clock, so that rest
is only the list of shifts that may not follow one another.
"""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from shifts.engine.problem import STEP, Duty, Limits, Need, Person, Problem, Wish

DAY = 24 * 60
Lines = dict[str, list[list[str]]]


def load(path: Path) -> Problem:
    """Read an instance."""
    lines = _sections(path.read_text(encoding="utf-8"))
    days = int(lines["HORIZON"][0][0])
    shifts = {row[0]: number for number, row in enumerate(lines["SHIFTS"])}
    lengths = {shifts[row[0]]: int(row[1]) for row in lines["SHIFTS"]}
    return Problem(
        days=days,
        people=tuple(_person(number, row, lines, shifts) for number, row in enumerate(lines["STAFF"])),
        duties=tuple(
            Duty(day, shift, day * DAY, day * DAY + STEP, length, ((day * len(shifts) + shift,),))
            for day in range(days)
            for shift, length in lengths.items()
        ),
        need={
            (int(day) * len(shifts) + shifts[shift], None): Need(int(heads), int(under), int(over))
            for day, shift, heads, under, over in lines["COVER"]
        },
        barred=frozenset(
            (shifts[row[0]], shifts[follows])
            for row in lines["SHIFTS"]
            for follows in (row[2].split("|") if len(row) > 2 and row[2] else ())  # noqa: PLR2004
        ),
        is_strict=False,
    )


def _sections(text: str) -> Lines:
    found: Lines = defaultdict(list)
    name = ""
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("SECTION_"):
            name = line.removeprefix("SECTION_")
        elif line and not line.startswith("#"):
            found[name].append([part.strip() for part in line.split(",")])
    return found


def _person(number: int, row: list[str], lines: Lines, shifts: Mapping[str, int]) -> Person:
    name, most_of, most, least, most_row, least_row, least_off, weekends = row
    off = [int(day) for one in lines["DAYS_OFF"] if one[0] == name for day in one[1:]]
    return Person(
        key=number,
        limits=Limits(
            rest_minutes=0,
            days_in_row=int(most_row),
            weekly_minutes=None,
            most_minutes=int(most),
            least_minutes=int(least),
            least_days_in_row=int(least_row),
            least_days_off=int(least_off),
            most_weekends=int(weekends),
            most_of=tuple(
                (shifts[part.split("=")[0]], int(part.split("=")[1])) for part in most_of.split("|")
            ),
        ),
        away=tuple((day * DAY, (day + 1) * DAY) for day in off),
        wishes=(
            *_wishes(name, lines["SHIFT_ON_REQUESTS"], shifts, is_on=True),
            *_wishes(name, lines["SHIFT_OFF_REQUESTS"], shifts, is_on=False),
        ),
    )


def _wishes(name: str, rows: list[list[str]], shifts: Mapping[str, int], *, is_on: bool) -> list[Wish]:
    side = "wanted" if is_on else "unwanted"
    return [
        Wish(key=0, day=int(day), weight=int(weight), **{side: frozenset({shifts[shift]})})
        for who, day, shift, weight in rows
        if who == name
    ]
