"""Somebody with the whole database, Redis, the mail and the logs, who also saw in which order people posted."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db import connection

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
ROWS = 'SELECT ctid::text, xmin::text::bigint, to_jsonb(t) FROM "{}" t WHERE to_jsonb(t)::text ~ %s'
Dump = dict[str, list[tuple[tuple[int, int], int, dict]]]


def dump(*about: str) -> Dump:
    """Return every row of every table: where it lies in the file, which transaction wrote it, what it says.

    With words, only the rows that hold one of them.
    """
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(ROWS.format(table), ["|".join(map(re.escape, about))])
            found[table] = [
                (tuple(map(int, place.strip("()").split(","))), xmin, as_dict(row))
                for place, xmin, row in cursor.fetchall()
            ]
    return found


def as_dict(row) -> dict:
    return row if isinstance(row, dict) else json.loads(row)


def mentions(row: dict, names: Sequence[str]) -> bool:
    """Say whether a row speaks of one thing, by a number of its own or by its key, alone or within a longer text."""
    text = " ".join(str(value) for value in row.values())
    return any(name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)


def orders(data, things: Sequence[Sequence[str]]) -> Iterator[tuple[str, list[int]]]:
    """Yield every order in which anything anywhere puts the things (named by numbers and keys): a guess at who is who.

    For each table: by the place of its rows, by their transaction, and by each of their columns.
    """
    for table, rows in data.items():
        by: dict[str, dict[int, tuple]] = defaultdict(dict)
        for place, xmin, row in rows:
            for at, names in enumerate(things):
                if not mentions(row, names):
                    continue
                seen = {
                    "ctid": place,
                    "xmin": xmin,
                    **{name: value for name, value in row.items() if sortable(value)},
                }
                for column, value in seen.items():
                    by[column].setdefault(at, (str(type(value)), value))
        for column, found in by.items():
            if len(found) == len(things) and len(set(found.values())) > 1:
                yield f"{table}.{column}", sorted(found, key=lambda at, of=found: of[at])


def sortable(value) -> bool:
    return isinstance(value, int | str | float) and not isinstance(value, bool)


def right(order: Sequence[int]) -> int:
    """Count how many of the things, which are numbered as they were posted, stand at their true place."""
    return sum(at == thing for at, thing in enumerate(order))
