"""Noting what was counted anew, in the transaction that counted it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import connection

# The clock, not the start of the transaction: what is noted late must not look old. Sorted, so that two never wait for each other.
NOTE: Final = """
INSERT INTO kpi_change (site, at, changed_at)
SELECT %(site)s, at, clock_timestamp() FROM unnest(%(slots)s::timestamp[]) AS at ORDER BY at
ON CONFLICT (site, at) DO UPDATE SET changed_at = excluded.changed_at
"""
COUNT_UP: Final = """
INSERT INTO kpi_version (site, number) VALUES (%(site)s, 1)
ON CONFLICT (site) DO UPDATE SET number = kpi_version.number + 1
"""


def note(site: int, slots: Iterable[datetime]) -> None:
    """Note that these half hours of a site, by its wall clock, were counted anew. The last act of a transaction.

    The number of a site counts up under its lock, so nobody who reads a number reads figures that are older.
    """
    given: dict[str, Any] = {"site": site, "slots": list(slots)}
    with connection.cursor() as cursor:
        cursor.execute(NOTE, given)
        cursor.execute(COUNT_UP, given)
