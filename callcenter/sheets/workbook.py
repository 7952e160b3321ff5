"""Opening a spreadsheet: what would not fit into memory is refused before anything reads it whole."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, BinaryIO, Final

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from callcenter.errors import DomainError
from callcenter.sheets.cells import Cell
from callcenter.sheets.refusals import too_large, unreadable
from callcenter.sheets.text import Broken

ZIP: Final = b"PK\x03\x04"
OLD: Final = b"\xd0\xcf\x11\xe0"
BLOCK: Final = 1 << 20
LARGEST: Final = 50 << 20
"""Bytes of a spreadsheet file."""
LARGEST_INSIDE: Final = 1 << 30
"""Bytes of its parts once unpacked."""
MOST_ROWS: Final = 200_000
"""Rows below the header."""
MOST_CELLS: Final = 20_000_000
"""Places up to the last used row and column: the reader makes room for each."""
OPEN_DOCUMENT: Final = "content.xml"
WORKBOOK: Final = "xl/workbook.xml"
LONGEST_PIECE: Final = 4 << 20
"""Bytes between two tags, and of one tag."""
PLACE: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,9})""")
# The opening tag of a row or cell that does not say its place, so that it stands behind the one before.
UNPLACED: Final = (
    rb"""<(?:[^\s<>:]*:)?%b(?:\s++(?!r\s*=)[^\s=<>"'/]++\s*+=\s*+(?:"[^"]*"|'[^']*'))*+\s*+/?>"""
)
UNPLACED_ROW: Final = re.compile(UNPLACED % b"row")
UNPLACED_CELL: Final = re.compile(UNPLACED % b"c")
ROW: Final = re.compile(rb"<(?:[^\s<>:]*:)?row\b")
OPEN_TAG: Final = re.compile(
    rb"""<table:(table-row|(?:covered-)?table-cell)\b((?:[^>"']|"[^"]*"|'[^']*')*?)(/?)>"""
)
ROWS_REPEATED: Final = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)["']""")
COLUMNS_REPEATED: Final = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)["']""")


def is_spreadsheet(start: bytes) -> bool:
    """Say whether a file that starts so is a spreadsheet, or would be one if it were whole."""
    return start.startswith((ZIP, OLD))


def rows(file: BinaryIO, sheet: str | None = None) -> tuple[Iterator[Sequence[Cell] | Broken], int]:
    """Return the rows of the sheet (the first unless `sheet` names one) and how many there are.

    The sheet is held in memory. A row with NUL is Broken. DomainError if the file is damaged, too large, or no spreadsheet.
    """
    _refuse_too_large(file)
    try:
        book = CalamineWorkbook.from_filelike(file)
        found = book.get_sheet_by_name(sheet or book.sheet_names[0])
        height = found.total_height + 1
        if height > MOST_ROWS + 1:
            raise _too_long()
        return map(_without_nul, found.iter_rows()), height
    except WorksheetNotFound as error:
        raise DomainError(
            _("There is no sheet “%(sheet)s”. The sheets are: %(found)s.")
            % {"sheet": sheet, "found": ", ".join(book.sheet_names)},
            field="sheet",
            code="sheet",
        ) from error
    except (CalamineError, IndexError) as error:
        raise _damaged() from error


def _without_nul(row: Sequence[Cell]) -> Sequence[Cell] | Broken:
    if any(isinstance(cell, str) and "\0" in cell for cell in row):
        return Broken(_("it holds bytes that no text has (NUL)"))
    return row


def _damaged() -> DomainError:
    return unreadable(_("the spreadsheet is damaged, only half there, or locked by a password"))


def _too_long() -> DomainError:
    return too_large(_("The sheet has more than %(most)d rows.") % {"most": MOST_ROWS})


def _refuse_too_large(file: BinaryIO) -> None:
    if file.seek(0, 2) > LARGEST:
        raise too_large(_("The spreadsheet is larger than %(most)d MB.") % {"most": LARGEST >> 20})
    file.seek(0)
    if file.read(len(ZIP)) == ZIP:
        _unpack(file)
    file.seek(0)


def _unpack(file: BinaryIO) -> None:
    """Read every part once: a damaged one is found, and what a part claims to be its size is not believed."""
    room = LARGEST_INSIDE
    try:
        with zipfile.ZipFile(file) as parts:
            names = set(parts.namelist())
            if not names & {WORKBOOK, OPEN_DOCUMENT}:
                raise unreadable(_("it is an archive, but no spreadsheet"))
            for name in parts.namelist():
                with parts.open(name) as part:
                    room -= _measure(part, name, room)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged() from error


def _measure(part: IO[bytes], name: str, room: int) -> int:
    read, far = 0, _Farthest()
    # A workbook may keep its sheets under any name, so that every part of one is looked at.
    look = far.look_at_repeats if name == OPEN_DOCUMENT else far.look
    rest = b""
    while block := part.read(BLOCK):
        read += len(block)
        if read > room:
            raise _too_large_inside()
        # A tag that the block cuts in two waits for its other half; what stands before the first tag is no XML.
        whole, mark, rest = (rest + block).rpartition(b"<")
        rest = mark + rest if mark else b""
        if len(rest) > LONGEST_PIECE:
            raise _too_large_inside()
        look(whole)
    return read


def _too_large_inside() -> DomainError:
    return too_large(_("The spreadsheet is too large once unpacked."))


class _Farthest:
    """How far a sheet reaches, as seen so far. Refuses what is too much."""

    def __init__(self) -> None:
        self.rows = self.width = self.cells = self.repeat = self.last_used = 0
        self.unplaced_rows = self.unplaced = self.most_unplaced = 0

    def look(self, xml: bytes) -> None:
        """Look at a piece of an XLSX's sheet."""
        for letters, digits in set(PLACE.findall(xml)):
            self.width = max(self.width, _number(letters))
            self.rows = max(self.rows, int(digits))
        self._count_unplaced(xml)
        rows = self.rows + self.unplaced_rows
        if rows > MOST_ROWS + 1:
            raise _too_long()
        self.refuse((self.width + self.most_unplaced) * rows)

    def _count_unplaced(self, xml: bytes) -> None:
        """Count the rows without a place, and the most cells without one in a row; a row may go on in the next piece."""
        self.unplaced_rows += len(UNPLACED_ROW.findall(xml))
        for number, row in enumerate(ROW.split(xml)):
            self.unplaced = len(UNPLACED_CELL.findall(row)) + (0 if number else self.unplaced)
            self.most_unplaced = max(self.most_unplaced, self.unplaced)

    def look_at_repeats(self, xml: bytes) -> None:
        """Look at a piece of an ODS, where one row or cell stands for as many as it says."""
        for name, attributes, closed in OPEN_TAG.findall(xml):
            if name == b"table-row":
                self.cells += self.repeat * self.last_used
                self.repeat, self.width, self.last_used = _times(ROWS_REPEATED, attributes), 0, 0
            else:
                self.width += _times(COLUMNS_REPEATED, attributes)
                self.last_used = self.last_used if closed else self.width
        if self.repeat > MOST_ROWS + 1 and self.last_used:
            raise _too_long()
        self.refuse(self.cells + self.repeat * self.last_used)

    def refuse(self, cells: int) -> None:
        """Raise if there are more cells than the reader may make room for."""
        if cells > MOST_CELLS:
            raise too_large(_("The sheet has more than %(most)d cells.") % {"most": MOST_CELLS})


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _number(letters: bytes) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
