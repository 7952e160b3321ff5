"""Rows by the thousand, written by one statement: what many have in common is sent once, the rest the database fills in."""

import json
from collections.abc import Collection, Iterable, Mapping

from django.db import connection, models

Pattern = tuple[int, models.Model]
"""A number, and an unsaved row of which one is written for every row that bears the number."""

INSERT = """
INSERT INTO {table} ({columns})
SELECT {values}
  FROM {rows} AS one
  JOIN (SELECT number, pattern.*
          FROM jsonb_to_recordset(%s::jsonb) AS given(number int, pattern jsonb),
               jsonb_populate_record(NULL::{table}, given.pattern) AS pattern) AS pattern
    ON pattern.number = one.pattern
"""
ONCE = "ON CONFLICT ({columns}) DO NOTHING"


def insert_each(
    rows: str, patterns: Iterable[Pattern], own: Mapping[str, str], *, once: Collection[str] = ()
) -> None:
    """Write, for every row of the table `rows`, all patterns that have the number in its column `pattern`.

    `own` says in SQL which columns a row fills in itself, over `one` (the row) and `pattern`. Patterns are of one
    model. Where `once` names the columns of a unique key, a row that is there already is left as it is.
    """
    given = list(patterns)
    if not given:
        return
    model = given[0][1]._meta
    names = [(field.attname, str(field.column)) for field in model.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    statement = INSERT.format(
        table=quote(model.db_table),
        columns=", ".join(quote(column) for _name, column in names),
        values=", ".join(own.get(column, f"pattern.{quote(column)}") for _name, column in names),
        rows=quote(rows),
    )
    if once:
        statement += ONCE.format(columns=", ".join(map(quote, once)))
    facts = [
        {"number": number, "pattern": {column: getattr(row, name) for name, column in names}}
        for number, row in given
    ]
    with connection.cursor() as cursor:
        # DjangoJSONEncoder would cut instants to milliseconds.
        cursor.execute(statement, [json.dumps(facts, default=str)])
