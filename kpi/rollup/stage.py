"""Where counted cells wait in the database until they take the place of a grain's rows."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from kpi.rollup.calls import BEGIN, HALF_HOUR, Calls, Column
from kpi.rollup.cells import Cells, Facts
from kpi.rollup.grains import Grain

COLUMN_OF: Final = {"agent_name": "name"}
"""What the key of a table is called among the columns of calls, where that differs."""
BUFFER: Final = 1 << 20
"""Bytes read at once, since whoever counts beside lets go of the interpreter for each read only after some milliseconds."""


@dataclass(frozen=True)
class Part:
    """Calls whose times are those of a grain, and the names of agents without a match by their numbers."""

    calls: Calls
    names: dict[int, str]

    @cached_property
    def facts(self) -> Facts:
        """What is counted of them, the same for all grains."""
        return Facts(self.calls)

    def key(self, key: str) -> Column:
        """Return what tells calls apart by a key of a table."""
        column = self.calls[COLUMN_OF.get(key, key)]
        return column // HALF_HOUR if key == "at" else column


def rows(grain: Grain) -> str:
    """Return the statement that reads the stage of a grain."""
    return _listed(grain, f"pg_temp.{_name(grain)}")


def written(grain: Grain, part: Part, site: int) -> str:
    """Count calls of a site into the cells of a grain, and return these as the database reads them. Pure."""
    cells = Cells.of(part.facts, [part.key(key) for key in grain.keys if key != "site"])
    keys = [
        [str(site)] * cells.count
        if key == "site"
        else _key(key, part.calls[COLUMN_OF.get(key, key)][cells.first], part.names)
        for key in grain.keys
    ]
    return "\n".join(map(",".join, zip(*keys, *map(cells.number, grain.numbers), strict=True)))


def fill(cursor: Any, grain: Grain, texts: Iterable[str]) -> None:
    """Make the stage of a grain, with cells that were written."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{_name(grain)}")
    cursor.execute(
        f"CREATE TEMPORARY TABLE {_name(grain)} ON COMMIT DROP AS {_listed(grain, grain.table)} WITH NO DATA"
    )
    for text in texts:
        copy = f"COPY pg_temp.{_name(grain)} FROM STDIN (FORMAT csv)"
        cursor.copy_expert(copy, io.BytesIO(text.encode()), BUFFER)


def _name(grain: Grain) -> str:
    return f"fresh_{grain.table}"


def _listed(grain: Grain, table: str) -> str:
    return f"SELECT {', '.join((*grain.keys, *grain.numbers))} FROM {table}"  # noqa: S608 (names of columns)


def _key(key: str, values: Column, names: dict[int, str]) -> list[str]:
    if key == "at":
        # Days too are written with their time, which the database leaves out.
        return np.datetime_as_string(BEGIN + values.astype("m8[us]"), unit="s").tolist()  # type: ignore[no-any-return]
    if key == "agent_name":
        quoted = {number: '"' + name.replace('"', '""') + '"' for number, name in names.items()}
        return [quoted.get(number, '""') for number in values.tolist()]
    return list(map(str, values.tolist()))
