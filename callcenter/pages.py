"""Pages of long lists, without counting large tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.formats import number_format

PAGE_NUMBER = r"[1-9]\d{0,3}"
CAP = 1000
"""Up to this, rows are counted; beyond it a list says “1,000+”."""


@dataclass(slots=True)
class Page:
    """One page of a list. `total` is in words: exact up to 1,000, then “1,000+”."""

    rows: list[Any]
    number: int
    has_next: bool
    total: str = ""

    @property
    def has_previous(self) -> bool:
        """Say whether there is a page before."""
        return self.number > 1


def page_of(found: QuerySet[Any], number: str | None, *, size: int = 25) -> Page:
    """Return the page `number` (as it stands in the address; nonsense means the first) in two bounded queries."""
    page = rows_of_page(found, number, size=size)
    page.total = in_words(capped_counts([found])[0])
    return page


def rows_of_page(found: QuerySet[Any], number: str | None, *, size: int = 25) -> Page:
    """Return the page without its total, in one bounded query."""
    at = int(number) if number and re.fullmatch(PAGE_NUMBER, number, re.ASCII) else 1
    rows = list(found[(at - 1) * size : at * size + 1])
    return Page(rows[:size], at, len(rows) > size)


def in_words(count: int) -> str:
    """Return a capped count as people read it: “214”, “1,000+”."""
    return number_format(min(count, CAP), force_grouping=True) + ("+" if count > CAP else "")


def capped_counts(found: Sequence[QuerySet[Any]], *, cap: int = CAP) -> list[int]:
    """Return how many rows each query has, `cap` + 1 meaning more than `cap`; one query for all of them."""
    parts: list[str] = []
    params: list[Any] = []
    for rows in found:
        try:
            sql, given = rows.order_by().values("pk")[: cap + 1].query.sql_with_params()
        except EmptyResultSet:
            sql, given = "SELECT WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 (Django's own SQL)
        params += given
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), params)
        return list(cursor.fetchone())
