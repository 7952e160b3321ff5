"""Pages of long lists, without counting large tables."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from callcenter.errors import DomainError

CAP = 1000


@dataclass(slots=True)
class Page:
    """One page of a list. `total` is in words: exact up to 1,000, then “1,000+”."""

    rows: list[Any]
    number: int
    has_next: bool
    total: str

    @property
    def has_previous(self) -> bool:
        """Say whether there is a page before."""
        return self.number > 1


def page_of(found: QuerySet[Any], number: str | None, *, size: int = 25) -> Page:
    """Return the page `number` (as it stands in the address; nonsense means the first) in two bounded queries."""
    at = int(number) if number and re.fullmatch(r"[1-9]\d{0,3}", number, re.ASCII) else 1
    rows = list(found[(at - 1) * size : at * size + 1])
    count = found.order_by()[: CAP + 1].count()
    total = number_format(min(count, CAP), force_grouping=True) + ("+" if count > CAP else "")
    return Page(rows[:size], at, len(rows) > size, total)


def slice_after(found: QuerySet[Any], cursor: str, *, field: str, size: int) -> tuple[list[Any], str]:
    """Return the next `size` rows by (`field`, id) after `cursor`, and the cursor after them ("" at the end).

    `field` holds instants. However many rows share one, each comes once. A cursor that is not ours is a
    DomainError naming `cursor`.
    """
    ordered = found.order_by(field, "pk")
    if cursor:
        at, pk = _position(cursor)
        ordered = ordered.filter(Q(**{f"{field}__gt": at}) | Q(**{field: at, "pk__gt": pk}))
    rows = list(ordered[: size + 1])
    if len(rows) <= size:
        return rows, ""
    last = rows[size - 1]
    return rows[:size], signing.dumps([getattr(last, field).isoformat(), last.pk], compress=True)


def _position(cursor: str) -> tuple[datetime, int]:
    try:
        at, pk = signing.loads(cursor)
    except signing.BadSignature as error:
        raise DomainError(
            _("This is no cursor of ours."),
            field="cursor",
            mend=_("Begin without one, then follow “next”."),
        ) from error
    return datetime.fromisoformat(at), pk
