"""Separated text: which encoding, which separator, and its rows one at a time."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from math import ceil
from typing import Any, BinaryIO, Final

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from callcenter.sheets.cells import Cell
from callcenter.sheets.refusals import unreadable
from callcenter.sheets.write import FORMULA_STARTS

BLOCK: Final = 1 << 20
BLOCK_OF_LINES: Final = 3 << 20
"""Characters of lines in memory at once; a file is cut into blocks of one size."""
SAMPLE: Final = 64 << 10
SEPARATORS: Final = ",;\t|"
LONGEST_CELL: Final = 100_000
UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What is often sent by mistake, by its first bytes.
OTHERS: Final = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"<!DOC": "HTML",
    b"<html": "HTML",
    b"<?xml": "XML",
}
# Fewer characters outside ASCII than this tell nothing of the encoding.
ENOUGH: Final = 8


class Broken(str):
    """Why a row could not be taken apart; it stands in the place of the row's cells."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows in which no quotation mark stands: each is a line, without its end. The first has the number `first`."""

    first: int
    texts: list[str]
    separator: str

    def row(self, number: int) -> list[str] | Broken:
        """Return the cells of the row of this number."""
        return next(_parsed([self.texts[number - self.first]], self.separator), [])

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self.first + len(self.texts) - 1

    def behind(self, number: int) -> "Lines":
        """Return the rows behind the one of this number."""
        done = max(number - self.first + 1, 0)
        return Lines(self.first + done, self.texts[done:], self.separator) if done else self


Group = Lines | list[tuple[int, Sequence[Cell] | Broken]]


def rows(file: BinaryIO) -> tuple[Iterator[list[str] | Broken], str]:
    """Return the rows of separated text (comma, semicolon, tab or bar), read as they are asked for, and the separator.

    UTF-8, UTF-16 with its mark, GB18030 and Big5 are recognised. The file stays open. DomainError if it is no text.
    """
    ends_line = _ends_line(file)
    text, separator = _opened(file)
    return _whole(_parsed(text, separator), ends_line=ends_line), separator


def groups(file: BinaryIO, size: int, many: int) -> Iterator[Group]:
    """Return the numbered rows below the header: up to `many` lines as they stand, as long as no quotation mark comes.

    From the first on, `size` rows at a time are taken apart. The first row is 1; rows that are blank are among them.
    """
    ends_line, bytes_ = _ends_line(file), file.seek(0, io.SEEK_END)
    block_size = bytes_ // ceil(bytes_ / BLOCK_OF_LINES) + 1
    text, separator = _opened(file)
    number, header = next(found for found in enumerate(_parsed(text, separator), 1) if any(found[1]))
    while block := _block(text, block_size):
        if '"' in block or "\r" in block or not block.endswith("\n"):
            rest = _parsed(chain(io.StringIO(block, newline=""), text), separator)
            whole = enumerate(_whole(chain([header], rest), ends_line=ends_line), number)
            next(whole)
            while group := [*islice(whole, size)]:
                yield [*group]
            return
        texts = block[:-1].split("\n")
        for start in range(0, len(texts), many):
            yield Lines(number + start + 1, texts[start : start + many], separator)
        number += len(texts)


def _block(text: io.TextIOWrapper, size: int) -> str:
    """Return some whole lines, each ended by a line feed alone if that is how lines end here."""
    return (text.read(size) + text.readline()).replace("\r\n", "\n")


def _opened(file: BinaryIO) -> tuple[io.TextIOWrapper, str]:
    encoding = _encoding(file)
    text = io.TextIOWrapper(io.BufferedReader(_Borrowed(file), BLOCK), encoding=encoding, newline="")
    first = next((line for line in text if line.strip()), "")
    text.seek(0)
    return text, max(SEPARATORS, key=first.count)


def _whole(lines: Iterator[list[str] | Broken], *, ends_line: bool) -> Iterator[list[str] | Broken]:
    """Refuse the last row if it has fewer cells than the first and no end of line: there the file was cut off."""
    width, last = 0, None
    for line in lines:
        if last is not None:
            yield last
        width, last = width or len(line), line
    if last is not None:
        yield last if ends_line or isinstance(last, Broken) or len(last) >= width else _cut_off()


def _cut_off() -> Broken:
    return Broken(_("the file ends in the middle of this row; perhaps it is only half there"))


def _parsed(text: Iterable[str], separator: str) -> Iterator[list[str] | Broken]:
    csv.field_size_limit(LONGEST_CELL)
    lines = csv.reader(text, delimiter=separator, strict=True)
    while True:
        try:
            yield [cell if cell[:1] != "'" else _unquoted(cell) for cell in next(lines)]
        except StopIteration:
            return
        except csv.Error as error:
            yield Broken(_reason(error))


def _unquoted(cell: str) -> str:
    """Take away the first quote if it is the one that our own CSV puts before what looks like a formula."""
    return cell[1:] if cell[1:].startswith(FORMULA_STARTS) else cell


def _reason(error: csv.Error) -> str:
    if "limit" in str(error):
        return _("a cell is longer than %(most)d characters; perhaps a quotation mark was left open") % {
            "most": LONGEST_CELL
        }
    if "end of data" in str(error):
        return _("the file ends within quotation marks; perhaps it is only half there")
    return _('a quotation mark stands where none may; write “""” for one inside a cell')


class _Borrowed(io.RawIOBase):
    """A file that belongs to the caller: closing the wrapper around it leaves it open."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def readinto(self, into: Any) -> int:
        chunk = self.file.read(len(into))
        into[: len(chunk)] = chunk
        return len(chunk)


def _ends_line(file: BinaryIO) -> bool:
    """Say whether the last character ends a line, in one byte or two."""
    file.seek(max(0, file.seek(0, io.SEEK_END) - 2))
    end = file.read()
    file.seek(0)
    return end.strip(b"\0")[-1:] in {b"\n", b"\r"}


def _encoding(file: BinaryIO) -> str:
    """Name the encoding in which the whole file can be read."""
    file.seek(0)
    start = file.read(SAMPLE)
    _refuse_other_types(start)
    names = ["utf-16"] if start.startswith(UTF_16) else ["utf-8-sig", *_chinese(start)]
    for name in names:
        if _can_read(file, name):
            return name
    raise unreadable(
        _("it is no text in UTF-8, UTF-16, GB18030 or Big5"), mend=_("Save it as CSV in UTF-8, or as XLSX.")
    )


def _chinese(sample: bytes) -> list[str]:
    """Return GB18030 and Big5, the likelier first: bytes of the one can often be read as the other."""
    best = from_bytes(sample, cp_isolation=["gb18030", "big5"]).best()
    many = sum(byte > 127 for byte in sample) >= 2 * ENOUGH  # noqa: PLR2004 (the end of ASCII)
    return ["big5", "gb18030"] if best and best.encoding == "big5" and many else ["gb18030", "big5"]


def _refuse_other_types(start: bytes) -> None:
    head = start.lstrip()
    for mark, name in OTHERS.items():
        if head[: len(mark)].lower() == mark.lower():
            raise unreadable(_("it is %(type)s, not a table of rows") % {"type": name})
    if b"\0" in start and not start.startswith(UTF_16):
        raise _no_text()


def _no_text() -> DomainError:
    return unreadable(_("it holds bytes that no text has (NUL)"))


def _can_read(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            if "\0" in decoder.decode(block):
                raise _no_text()
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return _ends_whole(decoder, encoding)


def _ends_whole(decoder: codecs.IncrementalDecoder, encoding: str) -> bool:
    """Say whether the text ends with a whole character; one of UTF that does not was cut off."""
    with suppress(UnicodeDecodeError):
        decoder.decode(b"", final=True)
        return True
    if encoding.startswith("utf"):
        raise unreadable(
            _("it ends in the middle of a character: it is only half there"), mend=_("Send it again.")
        )
    return False
