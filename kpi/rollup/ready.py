"""Percentiles that stand ready to be read: reckoned once from merged bags, kept beside the counters."""

import io
from typing import Any, Final

import numpy as np

from kpi.rollup import bags
from kpi.rollup.columns import FEWEST, RANKED, RANKS, READY

STAGE: Final = f"""
DROP TABLE IF EXISTS pg_temp.kpi_staged;
CREATE TEMPORARY TABLE kpi_staged (at timestamp, team integer, {", ".join(f"{name} integer" for name in READY)})
ON COMMIT DROP
"""
CHUNK: Final = 20_000
"""Cells in memory at once."""


def rank(cursor: Any, finer: str, at: str, condition: str, given: dict[str, Any]) -> None:
    """Fill the stage kpi_staged with the percentiles of each team's calls at each `at`, all lines together."""
    cursor.execute(STAGE)
    merged = ", ".join(f"string_agg(c.{name}_bag, '')" for name in RANKED)
    cursor.execute(
        f"""DECLARE kpi_bags NO SCROLL CURSOR FOR
            SELECT {at} AS at, c.team, {merged} FROM {finer} c
            WHERE c.site = %(site)s AND {condition} GROUP BY 1, 2""",  # noqa: S608
        given,
    )
    while True:
        cursor.execute(f"FETCH {CHUNK} FROM kpi_bags")
        cells = cursor.fetchall()
        if not cells:
            break
        _stage(cursor, cells)
    cursor.execute("CLOSE kpi_bags; ANALYZE pg_temp.kpi_staged")


def _stage(cursor: Any, cells: list[tuple[Any, ...]]) -> None:
    columns = [
        bags.ranks_of_many([cell[2 + place] for cell in cells], RANKS, fewest=FEWEST)
        for place in range(len(RANKED))
    ]
    values = map(",".join, np.hstack(columns).astype(str).tolist())
    lines = [f"{cell[0]},{cell[1]},{ranks}" for cell, ranks in zip(cells, values, strict=True)]
    copy = "COPY pg_temp.kpi_staged FROM STDIN (FORMAT csv, NULL '-1')"
    cursor.copy_expert(copy, io.StringIO("\n".join(lines)))
