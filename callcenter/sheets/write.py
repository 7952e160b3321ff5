"""Rows of plain values become CSV or XLSX, safe to open: no text ever becomes a formula.

A value is text, a number, yes or no, a date, a time or None; a moment is written as wall time of the current zone.
"""

import csv
import itertools
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any, Final

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from callcenter.errors import DomainError

BOM: Final = "\ufeff"
"""Tells a spreadsheet that the text is UTF-8."""
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")
"""A text that starts so could be taken for a formula; where one types Chinese, the wide = + - @ are too."""
MOST_ROWS: Final = 1_048_575
"""Rows that a sheet holds below its header."""
FORMATS: Final = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss"}
MEMORY: Final = 8 << 20
"""Bytes of a finished sheet kept in memory; a larger one lies in a temporary file."""


class _Line:
    """What csv.writer writes to: hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Return the lines of a CSV in UTF-8 with BOM, made as they are asked for.

    A text that a spreadsheet could take for a formula gets a leading “'”.
    """
    writer = csv.writer(_Line())
    start = BOM
    for row in itertools.chain((header,), rows):
        yield start + writer.writerow([_safe(_plain(value)) for value in row])
        start = ""


def xlsx(header: Iterable[Any], rows: Iterable[Iterable[Any]]) -> IO[bytes]:
    """Return an XLSX of one sheet, at its start; the caller closes it. Rows are written one at a time.

    More rows than a sheet holds are a DomainError, never a shorter sheet.
    """
    file = tempfile.SpooledTemporaryFile(MEMORY)  # noqa: SIM115 (the caller closes it)
    try:
        _fill(file, header, rows)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _fill(file: IO[bytes], header: Iterable[Any], rows: Iterable[Iterable[Any]]) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True, "nan_inf_to_errors": True}) as book:
        formats = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for column, value in enumerate(header):
            sheet.write_string(0, column, str(_plain(value)), bold)
        for number, row in enumerate(rows, 1):
            if number > MOST_ROWS:
                raise _too_many()
            for column, value in enumerate(row):
                _write(sheet, number, column, _plain(value), formats)


def _write(sheet: Any, row: int, column: int, value: Any, formats: dict[type, Any]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value)
    elif isinstance(value, date | time):
        sheet.write_datetime(row, column, value, formats[type(value)])
    elif value != "":
        # write_string, so that text stays text whatever it starts with.
        sheet.write_string(row, column, value)


def _plain(value: Any) -> Any:
    """Return a value that both kinds of file know: a lazy text becomes text, a moment naive wall time."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.replace(microsecond=0, tzinfo=None)
    return value if isinstance(value, int | float | Decimal | date | time) else str(value)


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _too_many() -> DomainError:
    return DomainError(
        _("A sheet holds %(most)d rows; there are more.") % {"most": MOST_ROWS},
        code="too_many_rows",
        mend=_("Choose CSV, or narrow the list."),
    )
