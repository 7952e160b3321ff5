"""Rows of text that a kind takes as they stand, told from those that must be read cell by cell. No database."""

from collections.abc import Callable
from typing import Any

from callcenter.sheets.read import Row
from callcenter.sheets.text import Broken, Group, Lines

IsPlain = Callable[[str], Any]
Sifted = tuple[list[str], list[tuple[int, Row]]]


class Sieve:
    """Decides row by row; without a test for plain ones every row is read."""

    def __init__(self, is_plain: IsPlain | None, separator: str) -> None:
        self.is_plain, self.separator = is_plain, separator

    def sift(self, group: Group) -> Sifted:
        """Return the plain rows, each as text with its number before it, and the others."""
        if isinstance(group, Lines):
            return self._lines(group)
        if self.is_plain is None:
            return [], list(group)
        plain: list[str] = []
        others: list[tuple[int, Row]] = []
        for number, row in group:
            text = "" if isinstance(row, Broken) else self.separator.join(map(str, row))
            if text and '"' not in text and self.is_plain(text):
                plain.append(f"{number}{self.separator}{text}")
            elif isinstance(row, Broken) or any(row):
                others.append((number, row))
        return plain, others

    def _lines(self, group: Lines) -> Sifted:
        plain: list[str] = []
        others: list[tuple[int, Row]] = []
        is_plain, separator = self.is_plain, self.separator
        for number, text in enumerate(group.texts, group.first):
            if is_plain and is_plain(text):
                plain.append(f"{number}{separator}{text}")
            elif any(row := group.row(number)):
                others.append((number, row))
        return plain, others


def cells_of(group: Group, numbers: set[int]) -> dict[int, Row]:
    """Return the rows of these numbers."""
    if isinstance(group, Lines):
        return {number: group.row(number) for number in numbers}
    return {number: row for number, row in group if number in numbers}
