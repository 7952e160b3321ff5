"""Reading a list of calls: a spreadsheet or separated text becomes rows to store and rows refused. No database.

One row is read at a time; only a spreadsheet's sheet is held whole. Rows are numbered as a spreadsheet shows them.
"""

import codecs
import csv
import io
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from callcenter.errors import DomainError
from calls import cells
from calls.cells import Cell
from calls.columns import HEADERS, arrange
from calls.enums import Outcome

CHUNK: Final = 1 << 20
SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
SEPARATORS: Final = ",;\t|"


@dataclass(frozen=True, slots=True)
class CallRow:
    """One visit of a call to a queue, ready to store. `entered_at` is aware; what is not known is None or ""."""

    call_id: str
    entered_at: datetime
    outcome: str
    agent: str = ""
    queue: str = ""
    customer: str = ""
    topic: str = ""
    wait_seconds: int | None = None
    talk_seconds: int | None = None
    hold_seconds: int | None = None
    wrap_seconds: int | None = None
    resolved: bool | None = None
    satisfaction: int | None = None
    visit: int = 0
    revision: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be stored, and why. `raw` holds its cells that are not blank, as column and text."""

    row: int
    column: str
    reason: str
    raw: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CallList:
    """A list that was opened: its rows, still to be read, and the columns that mean nothing to us."""

    rows: Iterator[CallRow | BadRow]
    unused_columns: list[str]


class Refused(ValueError):
    """A cell of `field` cannot be used."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


READERS: Final[dict[str, Callable[[Cell], Any]]] = {
    "call_id": lambda cell: cells.text(cell, 120),
    "visit": lambda cell: cells.whole(_number(cell), 0, 32_000) or 0,
    "revision": lambda cell: cells.whole(_number(cell), 0, 2_000_000_000) or 0,
    "entered_at": cells.moment,
    "date": cells.day,
    "time": cells.clock,
    "agent": lambda cell: cells.text(cell, 80),
    "queue": lambda cell: cells.text(cell, 80),
    "customer": lambda cell: cells.text(cell, 120),
    "topic": lambda cell: cells.text(cell, 120),
    "outcome": cells.outcome,
    "resolved": cells.yes_or_no,
    "wait_seconds": cells.seconds,
    "talk_seconds": cells.seconds,
    "hold_seconds": cells.seconds,
    "wrap_seconds": cells.seconds,
    "satisfaction": lambda cell: cells.whole(_number(cell), 1, 5),
}
HANDLED: Final = ("talk_seconds", "hold_seconds", "wrap_seconds")


def _number(cell: Cell) -> Cell:
    # Text exports of spreadsheets write whole numbers as “3.0”.
    return cell.removesuffix(".0") if isinstance(cell, str) else cell


def read(file: BinaryIO, zone: ZoneInfo, sheet: str | None = None) -> CallList:
    """Open a spreadsheet (its first sheet unless `sheet` names one) or separated text in UTF-8 or GB18030.

    Times without an offset are local to `zone`. DomainError if it cannot be read at all, or columns are missing.
    """
    start = file.read(4)
    file.seek(0)
    table = _spreadsheet(file, sheet) if start in SPREADSHEETS else _separated(file)
    numbered = (
        (number, row) for number, row in enumerate(table, 1) if any(cell not in ("", None) for cell in row)
    )
    header = [cells.text(cell, 200) for cell in next(numbered, (0, []))[1]]
    places, unused = arrange(header)
    return CallList((_judge(number, row, header, places, zone) for number, row in numbered), unused)


def _judge(
    number: int, row: Sequence[Cell], header: Sequence[str], places: dict[str, int], zone: ZoneInfo
) -> CallRow | BadRow:
    try:
        return replace(_call(row, places, zone), row=number)
    except Refused as refused:
        place = places.get(refused.field)
        column = HEADERS[refused.field][0] if place is None else header[place]
        raw = [
            (name, cells.shown(cell))
            for name, cell in zip(header, row, strict=False)
            if cell not in ("", None)
        ]
        return BadRow(number, column, str(refused), raw)


def _call(row: Sequence[Cell], places: dict[str, int], zone: ZoneInfo) -> CallRow:
    found: dict[str, Any] = {}
    for field, place in places.items():
        try:
            found[field] = READERS[field](row[place] if place < len(row) else None)
        except (ValueError, OverflowError) as error:
            raise Refused(field, str(error)) from error
    if not found["call_id"]:
        raise Refused("call_id", _("the call has no id"))
    found["entered_at"] = _entered_at(found, zone)
    if found["outcome"] != Outcome.ANSWERED:
        found |= _unhandled(found)
    return CallRow(**found)


def _entered_at(found: dict[str, Any], zone: ZoneInfo) -> datetime:
    on, at, local = found.pop("date", None), found.pop("time", None), found.get("entered_at")
    if local is None and on is not None and at is not None:
        local = datetime.combine(on, at)
    if local is None:
        field = "date" if on is None else "time"
        raise Refused("entered_at" if "entered_at" in found else field, _("the time of the call is missing"))
    try:
        return cells.instant(local, zone)
    except (ValueError, OverflowError) as error:
        raise Refused("entered_at" if "entered_at" in found else "time", str(error)) from error


def _unhandled(found: dict[str, Any]) -> dict[str, None]:
    """Return the lengths of a call that nobody handled: none. A length above 0 contradicts the outcome."""
    for field in HANDLED:
        if found.get(field):
            raise Refused(field, _("the call was not answered, yet this is not blank"))
    return dict.fromkeys(HANDLED)


def _spreadsheet(file: BinaryIO, sheet: str | None) -> Iterator[Sequence[Cell]]:
    try:
        book = CalamineWorkbook.from_filelike(file)
        name = sheet or book.sheet_names[0]
        return iter(book.get_sheet_by_name(name).iter_rows())
    except WorksheetNotFound as error:
        raise DomainError(
            _("There is no sheet “%(sheet)s”. The sheets are: %(found)s.")
            % {"sheet": sheet, "found": ", ".join(book.sheet_names)},
            field="sheet",
            code="sheet",
        ) from error
    except (CalamineError, IndexError) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> DomainError:
    return DomainError(
        _("The file cannot be read: %(error)s.") % {"error": error},
        field="file",
        code="unreadable",
        mend=_("Save it as XLSX, or as CSV in UTF-8."),
    )


class _Borrowed(io.RawIOBase):
    """A file that belongs to the caller: closing the wrapper around it leaves it open."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        chunk = self.file.read(len(into))
        into[: len(chunk)] = chunk
        return len(chunk)


def _separated(file: BinaryIO) -> Iterator[Sequence[Cell]]:
    encoding = _encoding(file)
    text = io.TextIOWrapper(io.BufferedReader(_Borrowed(file), CHUNK), encoding=encoding, newline="")
    first = text.readline()
    separator = max(SEPARATORS, key=first.count)
    try:
        yield from csv.reader(itertools.chain([first], text), delimiter=separator)
    except csv.Error as error:
        raise _unreadable(error) from error


def _encoding(file: BinaryIO) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as problem:
            error = problem
        else:
            return encoding
        finally:
            file.seek(0)
    raise _unreadable(error)
