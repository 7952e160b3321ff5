"""Pages by position: nothing is counted, and every page costs the same, however far down the list it lies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.errors import DomainError

SIZE: Final = 50
MOST: Final = 500
SALT: Final = "rest.cursor"


class Keyset(BasePagination):
    """`limit` rows after `cursor`, in the order of one field and the primary key; rows with equal values come once each."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page; the queryset must be ordered by one field that is never null, then by pk."""
        self.request = request
        self.order = str(queryset.query.order_by[0])
        size = self._size(request.query_params.get("limit"))
        if cursor := request.query_params.get("cursor"):
            queryset = self._after(queryset, cursor)
        rows = list(queryset[: size + 1])
        self.following = self._position(rows[size - 1]) if len(rows) > size else ""
        return rows[:size]

    def _size(self, given: str | None) -> int:
        if given is None:
            return SIZE
        if not (
            given.isascii() and given.isdigit() and len(given) <= len(str(MOST)) and 1 <= int(given) <= MOST
        ):
            raise DomainError(
                _("This is no page size."),
                field="limit",
                mend=_("Give a whole number from 1 to %(most)d.") % {"most": MOST},
            )
        return int(given)

    def _position(self, row: Any) -> str:
        value = row._meta.get_field(self.order.lstrip("-")).value_to_string(row)
        return signing.dumps([self.order, value, row.pk], salt=SALT, compress=True)

    def _after(self, found: QuerySet[Any], cursor: str) -> QuerySet[Any]:
        name, down = self.order.lstrip("-"), self.order.startswith("-")
        try:
            order, text, pk = signing.loads(cursor, salt=SALT)
        except signing.BadSignature:
            order, text, pk = "", "", 0
        if order != self.order:
            raise _no_cursor()
        value = found.model._meta.get_field(name).to_python(text)
        way = "lt" if down else "gt"
        # The first condition is the index's, the second decides among equals.
        return found.filter(
            Q(**{f"{name}__{way}e": value}), Q(**{f"{name}__{way}": value}) | Q(**{f"pk__{way}": pk})
        )

    def get_paginated_response(self, data: Any) -> Response:
        """Answer {"next", "results"}; `next` is the address of the following page, null at the end."""
        return Response({"next": self._next(), "results": data})

    def _next(self) -> str | None:
        if not self.following:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = self.following
        return self.request.build_absolute_uri(f"?{query.urlencode()}")

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe that answer."""
        following = {
            "type": "string",
            "format": "uri",
            "nullable": True,
            "example": "https://desk.example.com/api/v1/…/?cursor=…",
            "description": _("Address of the next page; null at the end."),
        }
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": following, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the parameters."""
        size = {"type": "integer", "minimum": 1, "maximum": MOST, "default": SIZE}
        return [
            {
                "name": "cursor",
                "in": "query",
                "description": _("Where to go on; follow “next” instead of making one."),
                "schema": {"type": "string"},
            },
            {"name": "limit", "in": "query", "description": _("Rows on a page."), "schema": size},
        ]


class Merged(Keyset):
    """Pages over several tables that are read as one list, the earliest first.

    Each has an instant `at`; rows of the same instant come in the order of the tables, then by primary key.
    """

    salt = "rest.cursor.merged"

    def page(self, tables: Sequence[QuerySet[Any]], request: Request) -> list[Any]:
        """Return the rows of the page; of each table at most one more than it holds is read."""
        self.request = request
        size = self._size(request.query_params.get("limit"))
        place = self._place(request.query_params.get("cursor"))
        found = [
            (row.at, rank, row.pk, row)
            for rank, rows in enumerate(tables)
            for row in _beyond(rows, rank, place).order_by("at", "pk")[: size + 1]
        ]
        found.sort(key=lambda one: one[:3])
        self.following = self._mark(found[size - 1]) if len(found) > size else ""
        return [row for *_key, row in found[:size]]

    def _mark(self, last: tuple[datetime, int, int, Any]) -> str:
        at, rank, pk, _row = last
        return signing.dumps([at.isoformat(), rank, pk], salt=self.salt, compress=True)

    def _place(self, cursor: str | None) -> tuple[datetime, int, int] | None:
        if not cursor:
            return None
        try:
            at, rank, pk = signing.loads(cursor, salt=self.salt)
        except signing.BadSignature as error:
            raise _no_cursor() from error
        return datetime.fromisoformat(at), rank, pk


def _beyond(rows: QuerySet[Any], rank: int, place: tuple[datetime, int, int] | None) -> QuerySet[Any]:
    """Return the rows of the table with this rank that come after a place in the list."""
    if place is None:
        return rows
    at, last, pk = place
    if rank < last:
        return rows.filter(at__gt=at)
    # The first condition is the index's.
    return rows.filter(Q(at__gte=at), Q(at__gt=at) | Q(pk__gt=pk if rank == last else 0))


def _no_cursor() -> DomainError:
    return DomainError(
        _("This is no cursor of this list in this order."),
        field="cursor",
        mend=_("Begin without one, then follow “next”."),
    )
