"""How the first rows of a file would be understood."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Choices
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from callcenter.imports.kinds import BadCell, Field
from callcenter.imports.models import Import
from callcenter.imports.rows import Judge
from callcenter.sheets import typed
from callcenter.sheets.cells import Cell, shown

LONGEST = 60


@dataclass
class Preview:
    """Labels of the used columns, and the first rows, each with its cells as (text, is wrong) and what is wrong."""

    labels: list[str]
    rows: list[tuple[list[tuple[str, bool]], str]] = field(default_factory=list)


def preview(batch: Import, columns: Sequence[str]) -> Preview:
    """Return the first rows as `columns` would have them understood; numbers of customers are masked by the kind."""
    kind = batch.of_kind
    judge = Judge(kind, batch.options, batch.header, columns)
    fields, is_whole = kind.by_key(), not kind.missing(columns)
    found = Preview([str(fields[reader.key].label) for reader in judge.readers])
    for number, cells in enumerate(_head(batch), 2):
        values, problem = _understood(judge, fields, cells)
        if is_whole and not problem:
            problem = _problem(judge, number, cells)
        found.rows.append(([(kind.shown(text), wrong) for text, wrong in values], kind.shown(problem)))
    return found


def samples(batch: Import) -> list[str]:
    """Return for each column of the file what stands in its first cells."""
    kind, head = batch.of_kind, _head(batch)
    found = []
    for place in range(len(batch.header)):
        texts = dict.fromkeys(kind.shown(shown(row[place])) for row in head if place < len(row))
        found.append(" · ".join(filter(None, texts))[:LONGEST])
    return found


def _head(batch: Import) -> list[list[Cell]]:
    return [[typed.from_json(value) for value in row] for row in batch.head]


def _understood(
    judge: Judge, fields: dict[str, Field], cells: Sequence[Cell]
) -> tuple[list[tuple[str, bool]], str]:
    values, problem = [], ""
    for reader in judge.readers:
        cell = cells[reader.place] if reader.place < len(cells) else None
        try:
            value = reader.read(cell)
        except (ValueError, OverflowError) as error:
            values.append((shown(cell), True))
            problem = problem or f"{judge.names[reader.key]}: {error}"
        else:
            values.append((_in_words(value, fields[reader.key].words), False))
    return values, problem


def _problem(judge: Judge, number: int, cells: Sequence[Cell]) -> str:
    try:
        judge.make(number, judge.values(cells))
    except BadCell as bad:
        return ": ".join(filter(None, (judge.names.get(bad.field, ""), bad.reason)))
    return ""


def _in_words(value: Any, words: Callable[[Any], str] | None = None) -> str:
    if value is None or value == "":
        return "–"
    if words:
        return words(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(value, "Y-m-d H:i:s")
    if isinstance(value, date):
        return date_format(value, "Y-m-d")
    if isinstance(value, list | tuple):
        return ", ".join(map(_in_words, value)) or "–"
    return str(value.label if isinstance(value, Choices) else value)
