"""A file of a queue log as a table of visits: the lines of the log itself, or a dump of its realtime table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from callcenter.imports.kinds import bare
from callcenter.sheets import cells
from callcenter.sheets.cells import Cell
from callcenter.sheets.read import Row, Table, open_table
from callcenter.sheets.text import Broken
from calls.queue_log.events import EPOCH, BadLine, Event, clock, from_cells, from_line
from calls.queue_log.reading import Reading
from calls.queue_log.visits import Visit

HEADER: Final = [
    "call_id", "entered_at", "queue", "customer", "agent", "outcome", "wait_seconds", "talk_seconds",
    "transferred", "revision",
]  # fmt: skip
START, LONGEST_LINE = 4096, 1 << 20
# The columns of the realtime table, and other names that they go by.
COLUMNS: Final = (
    ("time", "eventtime", "timestamp", "created"),
    ("callid", "uniqueid"),
    ("queuename", "queue"),
    ("agent", "member"),
    ("event", "verb"),
    ("data1", "data"),
    ("data2",),
    ("data3",),
    ("data4",),
    ("data5",),
)
NEEDED: Final = 5
TABLE: Final = [names[0] for names in COLUMNS]
"""The header of the realtime table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogTable(Table):
    """Visits, each numbered by the line that told the last of it; lines that cannot be read stand between them."""

    reading: Reading


def is_log(file: BinaryIO) -> bool:
    """Say whether the file holds the lines of a log, not a table."""
    file.seek(0)
    first = next((line for line in file.read(START).splitlines() if line.strip(b"\xef\xbb\xbf \t")), b"")
    return bool(EPOCH.fullmatch(first.removeprefix(b"\xef\xbb\xbf").partition(b"|")[0].decode("latin-1")))


def open_log(file: BinaryIO, sheet: str, reading: Reading, zone: ZoneInfo | None) -> LogTable:
    """Open a log or a dump, whose times are local to `zone`; visits are read as they are asked for.

    DomainError if it is neither, or a dump without a zone.
    """
    if is_log(file):
        size = file.seek(0, 2)
        visits = _visits(reading, _lines(file))
        return LogTable(HEADER, visits, lambda: (min(file.tell(), size), size), reading=reading)
    table = open_table(file, sheet or None)
    places = _places(table.header)
    first = next(table.rows, None)
    if zone is None and not _says_the_moment(first, places):
        raise DomainError(
            _("The times of this table name no time zone."),
            field="time_zone",
            mend=_("Say of which time zone they are, like Asia/Shanghai."),
        )
    rows = chain([first] if first else [], table.rows)
    return LogTable(HEADER, _visits(reading, _rows(rows, places, zone)), table.progress, reading=reading)


def as_cells(line: str) -> list[str]:
    """Return a line of a log as a row of its table, whatever stands in it; what goes beyond is in the last cell."""
    return cells.shown(line.strip()).split("|", len(TABLE) - 1)


def _says_the_moment(first: tuple[int, Row] | None, places: list[int | None]) -> bool:
    """Say whether the times of the table are seconds since 1970, as in the lines of a log."""
    if first is None or isinstance(first[1], Broken) or places[0] is None or places[0] >= len(first[1]):
        return False
    return bool(EPOCH.fullmatch(cells.shown(first[1][places[0]]).strip()))


def _places(header: list[str]) -> list[int | None]:
    """Return where each column of the realtime table stands, None for parameters that are not there."""
    known = {bare(name): place for place, name in enumerate(header)}
    places = [next((known[name] for name in names if name in known), None) for names in COLUMNS]
    if None in places[:NEEDED]:
        raise DomainError(
            _(
                "This is no queue log: its lines begin with a time and “|”, its table has the columns %(names)s."
            )
            % {"names": ", ".join(names[0] for names in COLUMNS)},
            field="file",
            code="columns",
            mend=_("Send the file queue_log, or a CSV of the table with its columns named."),
        )
    return places


Read = Callable[[], Event]


def _lines(file: BinaryIO) -> Iterator[tuple[int, Read]]:
    file.seek(0)
    for row, line in enumerate(iter(partial(file.readline, LONGEST_LINE), b""), 1):
        if line.strip():
            yield row, partial(from_line, line.decode("utf-8-sig", errors="replace"), row)


def _rows(
    rows: Iterator[tuple[int, Row]], places: list[int | None], zone: ZoneInfo | None
) -> Iterator[tuple[int, Read]]:
    instant = clock(zone)

    def event(row: int, found: Row) -> Event:
        if isinstance(found, Broken):
            raise BadLine(str(found))
        told: list[Cell] = [None if at is None or at >= len(found) else found[at] for at in places]
        return from_cells(told, instant, row)

    for row, found in rows:
        yield row, partial(event, row, found)


def _visits(reading: Reading, lines: Iterator[tuple[int, Read]]) -> Iterator[tuple[int, Row]]:
    """Return the visits as they are settled, at last those that are still open, and the lines that are no events."""
    row, zone = 0, reading.tally.zone
    for row, read in lines:
        try:
            event = read()
        except BadLine as error:
            reading.take_unreadable()
            yield row, Broken(error)
            continue
        if settled := reading.take(event):
            yield row, _cells(settled, zone)
    for at, visit in enumerate(reading.visits.drain(), row + 1):
        yield at, _cells(visit, zone)


def _cells(visit: Visit, zone: ZoneInfo) -> list[Cell]:
    return [
        visit.call_id,
        visit.entered_at.astimezone(zone),
        visit.queue,
        visit.customer,
        visit.agent,
        visit.outcome,
        visit.wait_seconds,
        visit.talk_seconds,
        visit.transferred,
        visit.stage,
    ]
