"""A week of half hours as a table of cells to read and to type into. Pure but for the words."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shifts.cover import STEP
from shifts.enums import Origin

DAYS = 7
BY_HAND = (Origin.ENTERED, Origin.IMPORTED)


@dataclass(slots=True)
class Cell:
    """One half hour: the name of its input, what it shows, and whether a program wrote that."""

    name: str
    at: datetime
    text: str = ""
    is_made: bool = False
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The same half hour of seven days."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Day:
    """The head of a column, with what its cells add up to."""

    day: date
    total: str
    is_peak: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The table of a week from its Monday on."""

    monday: date
    days: list[Day]
    lines: list[Line]

    @property
    def cells(self) -> list[Cell]:
        """Return every cell."""
        return [cell for line in self.lines for cell in line.cells]


def week(
    monday: date,
    zone: ZoneInfo,
    known: Mapping[datetime, tuple[str, Origin]],
    *,
    shown: tuple[time, time],
    peaks: Collection[date] = (),
    total: Callable[[list[str]], str] = lambda _texts: "",
) -> Week:
    """Return the week of a site: the half hours from and to the times `shown`, and any others in which something is known."""
    days = [monday + timedelta(days=number) for number in range(DAYS)]
    lines = []
    for minutes in range(0, 24 * 60, 30):
        at = time(minutes // 60, minutes % 60)
        cells = [_cell(datetime.combine(day, at, zone), known) for day in days]
        if shown[0] <= at < shown[1] or any(cell.text for cell in cells):
            lines.append(Line(f"{at:%H:%M}", cells))
    heads = [
        Day(day, total([line.cells[number].text for line in lines]), day in peaks)
        for number, day in enumerate(days)
    ]
    return Week(monday, heads, lines)


def _cell(at: datetime, known: Mapping[datetime, tuple[str, Origin]]) -> Cell:
    text, origin = known.get(at, ("", Origin.ENTERED))
    return Cell(f"at-{int(at.timestamp())}", at, text, bool(text) and origin not in BY_HAND)


def next_half_hour(at: time) -> time:
    """Return the end of the half hour in which a time of day lies; the last one of the day ends with it."""
    minutes = (at.hour * 60 + at.minute) // 30 * 30 + (STEP.seconds // 60 if at.minute % 30 else 0)
    return time(minutes // 60, minutes % 60) if minutes < 24 * 60 else time.max
