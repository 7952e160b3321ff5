"""From the cells of a row to an item that a kind can write, or to the reason why not. No database."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from callcenter.imports.kinds import BadCell, Kind
from callcenter.sheets.cells import Cell, shown
from callcenter.sheets.read import Row
from callcenter.sheets.text import Broken


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken: its number, the header of the column that is wrong ("" for none), and why."""

    row: int
    column: str
    reason: str
    cells: Row


class Reader(dict[str, Any]):
    """What cells of one column mean; a text that comes again, as most do, is read once."""

    MOST = 10_000

    def __init__(self, key: str, place: int, read: Callable[[Cell], Any]) -> None:
        super().__init__()
        self.key, self.place, self.read = key, place, read

    def __missing__(self, text: str) -> Any:
        value = self.read(text)
        if len(self) < self.MOST:
            self[text] = value
        return value


class Judge:
    """Decides row by row, for one kind, its options, and what the columns mean."""

    def __init__(
        self, kind: Kind, options: dict[str, Any], header: Sequence[str], columns: Sequence[str]
    ) -> None:
        fields = kind.by_key()
        self.header = header
        self.readers = [Reader(key, place, fields[key].read) for place, key in enumerate(columns) if key]
        self.names = {key: str(one.label) for key, one in fields.items()} | {
            reader.key: header[reader.place] for reader in self.readers
        }
        self.make: Callable[[int, dict[str, Any]], Any] = kind.reader(options)

    def judge(self, number: int, row: Row) -> Any | BadRow:
        """Return the item of a row, or why there is none."""
        if isinstance(row, Broken):
            return BadRow(number, "", str(row), row)
        try:
            return self.make(number, self.values(row))
        except BadCell as bad:
            return self.refused(number, row, bad.field, bad.reason)

    def values(self, row: Sequence[Cell]) -> dict[str, Any]:
        """Return what each used column says, by field; BadCell at the first that cannot be read."""
        found: dict[str, Any] = {}
        width = len(row)
        for reader in self.readers:
            cell = row[reader.place] if reader.place < width else None
            try:
                # 1, 1.0 and True are one key to a dictionary, so that only text is looked up.
                found[reader.key] = reader[cell] if cell.__class__ is str else reader.read(cell)
            except (ValueError, OverflowError) as error:
                raise BadCell(reader.key, error) from error
        return found

    def refused(self, number: int, row: Row, field: str, reason: str) -> BadRow:
        """Return a row as refused for what it says for `field`."""
        return BadRow(number, self.names.get(field, ""), reason, row)


def as_text(row: Row) -> list[str]:
    """Return the cells of a row as text; of one that could not be taken apart there are none."""
    return [] if isinstance(row, Broken) else [shown(cell) for cell in row]


def chunks(rows: Iterator[tuple[int, Row]], size: int | None) -> Iterator[list[tuple[int, Row]]]:
    """Return the rows in lists of at most `size`; None is all of them."""
    chunk: list[tuple[int, Row]] = []
    for numbered in rows:
        chunk.append(numbered)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
