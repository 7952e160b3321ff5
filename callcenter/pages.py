"""Pages of long lists, without counting large tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format

CAP = 1000


@dataclass(slots=True)
class Page:
    """One page of a list. `total` is in words: exact up to 1,000, then “1,000+”."""

    rows: Sequence[Any]
    number: int
    has_next: bool
    total: str

    @property
    def has_previous(self) -> bool:
        """Say whether there is a page before."""
        return self.number > 1


def page_of(found: QuerySet[Any], number: str | None, *, size: int = 25) -> Page:
    """Return the page `number` (as it stands in the address; nonsense means the first) in two bounded queries."""
    at = int(number) if number and number.isdecimal() and 0 < int(number) <= CAP else 1
    rows = list(found[(at - 1) * size : at * size + 1])
    count = found.order_by()[: CAP + 1].count()
    total = number_format(min(count, CAP), force_grouping=True) + ("+" if count > CAP else "")
    return Page(rows[:size], at, len(rows) > size, total)
