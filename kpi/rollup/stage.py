"""Where counted cells wait in the database until they take the place of a grain's rows."""

import io
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from kpi.rollup.calls import BEGIN, HALF_HOUR, Calls, Column
from kpi.rollup.cells import Cells, Facts
from kpi.rollup.grains import Grain

COLUMN_OF: Final = {"agent_name": "name"}
"""What the key of a table is called among the columns of calls, where that differs."""


def make(cursor: Any, grain: Grain) -> None:
    """Make the empty stage of a grain."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{_name(grain)}")
    cursor.execute(
        f"CREATE TEMPORARY TABLE {_name(grain)} ON COMMIT DROP AS {_listed(grain, grain.table)} WITH NO DATA"
    )


def rows(grain: Grain) -> str:
    """Return the statement that reads the stage of a grain."""
    return _listed(grain, f"pg_temp.{_name(grain)}")


def fill(cursor: Any, grains: Iterable[Grain], calls: Calls, names: dict[int, str], site: int) -> None:
    """Count calls of a site, whose times are those of the grains, into their stages; `names` are of agents without a match."""
    facts = Facts(calls)
    told_apart = calls | {"at": calls["at"] // HALF_HOUR}
    for grain in grains:
        cells = Cells.of(facts, [told_apart[COLUMN_OF.get(key, key)] for key in grain.keys if key != "site"])
        keys = [
            [str(site)] * cells.count
            if key == "site"
            else _key(key, calls[COLUMN_OF.get(key, key)][cells.first], names)
            for key in grain.keys
        ]
        lines = map(",".join, zip(*keys, *map(cells.number, grain.numbers), strict=True))
        copy = f"COPY pg_temp.{_name(grain)} FROM STDIN (FORMAT csv)"
        cursor.copy_expert(copy, io.StringIO("\n".join(lines)))


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
