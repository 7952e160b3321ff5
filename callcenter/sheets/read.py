"""Any file of rows: a header and what stands below it, row by row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from callcenter.sheets import text, workbook
from callcenter.sheets.cells import Cell, shown
from callcenter.sheets.text import Broken

Row = Sequence[Cell] | Broken
LONGEST_HEADER: Final = 120
MOST_COLUMNS: Final = 300


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was opened: its header, and its rows with their numbers, still to be read.

    Rows are numbered as a spreadsheet shows them: the first of the file is 1, blank ones are counted and left out.
    `progress` returns how much was read and how much there is, in rows or bytes. `separator` is that of a text, whose
    rows can be had many at a time too, "" otherwise.
    """

    header: list[str]
    rows: Iterator[tuple[int, Row]]
    progress: Callable[[], tuple[int, int]]
    separator: str = ""


def open_table(file: BinaryIO, sheet: str | None = None) -> Table:
    """Open a spreadsheet (its first sheet unless `sheet` names one) or separated text; the file stays open.

    The first row that is not blank is the header. Text is read as it is asked for, whatever its size; a sheet is held
    in memory. DomainError names what is wrong with the file as a whole and how to mend it.
    """
    file.seek(0)
    if not (start := file.read(4)):
        raise _empty()
    lines: Iterator[Row]
    if workbook.is_spreadsheet(start):
        lines, height = workbook.rows(file, sheet)
        return _table(lines, lambda number: (number, height))
    size = file.seek(0, 2)
    lines, separator = text.rows(file)
    return _table(lines, lambda _number: (min(file.tell(), size), size), separator)


def _table(lines: Iterator[Row], progress: Callable[[int], tuple[int, int]], separator: str = "") -> Table:
    at = 0

    def numbered() -> Iterator[tuple[int, Row]]:
        nonlocal at
        for at, row in enumerate(lines, 1):
            if isinstance(row, Broken) or any(row) or 0 in row:
                yield at, row

    rows = numbered()
    _number, first = next(rows, (0, ()))
    if isinstance(first, Broken):
        raise DomainError(
            _("The header cannot be read: %(why)s.") % {"why": first}, field="file", code="header"
        )
    header = [" ".join(shown(cell).split())[:LONGEST_HEADER] for cell in first]
    if not any(header):
        raise _empty()
    if len(header) > MOST_COLUMNS:
        raise DomainError(
            _("The file has more than %(most)d columns.") % {"most": MOST_COLUMNS},
            field="file",
            code="header",
            mend=_("Leave out those that are not needed."),
        )
    return Table(header, rows, lambda: progress(at), separator)


def _empty() -> DomainError:
    return DomainError(
        _("The file is empty."),
        field="file",
        code="empty",
        mend=_("Name the columns in its first row, and put the rows below."),
    )
