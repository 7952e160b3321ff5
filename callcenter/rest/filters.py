"""Narrowing and ordering lists: what is not understood is refused by name, never passed over."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from callcenter.errors import DomainError


class Filters(DjangoFilterBackend):
    """The filter set that the list's page uses too."""

    @staticmethod
    def names(view: Any) -> Iterable[str]:
        """Name the filters of a list."""
        found = getattr(view, "filterset_class", None)
        return found.base_filters if found else ()

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Return the rows that are asked for; no form is built where nothing narrows them."""
        if request.query_params.keys().isdisjoint(self.names(view)):
            return queryset
        found: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return found


class Views(BaseFilterBackend):
    """`view`: one of the list's tabs; without it, the rows of all of them."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Return the rows of the view."""
        wanted = request.query_params.get("view")
        if wanted is None:
            return queryset
        tabs = {tab.key: tab for tab in view.views}
        if wanted not in tabs:
            raise DomainError(
                _("There is no view “%(value)s”.") % {"value": wanted},
                field="view",
                code="unknown",
                mend=_("Possible: %(known)s.") % {"known": ", ".join(tabs)},
            )
        found: QuerySet[Any] = tabs[wanted].narrow(queryset, request.user, timezone.now())
        return found

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the parameter, where the list has views."""
        if not view.views:
            return []
        words = _("A tab of the list's page; without it, the rows of all of them.")
        schema = {"type": "string", "enum": [tab.key for tab in view.views]}
        return [{"name": "view", "in": "query", "description": words, "schema": schema}]


class Ordering(BaseFilterBackend):
    """`ordering`: one of the view's `orders`, turned round by a leading “-”; equals stand in the order they came in."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Return the rows ordered by one field and the primary key."""
        wanted = request.query_params.get("ordering", view.order)
        name, sign = wanted.removeprefix("-"), "-" if wanted.startswith("-") else ""
        if name not in view.orders:
            raise DomainError(
                _("Nothing is ordered by “%(value)s”.") % {"value": wanted},
                field="ordering",
                code="unknown",
                mend=_("Possible: %(orders)s; “-” in front turns it round.")
                % {"orders": ", ".join(view.orders)},
            )
        return queryset.order_by(f"{sign}{view.orders[name]}", f"{sign}pk")

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the parameter."""
        orders = [*view.orders, *(f"-{name}" for name in view.orders)]
        return [
            {
                "name": "ordering",
                "in": "query",
                "description": _("What the rows are ordered by; “-” in front turns it round."),
                "schema": {"type": "string", "enum": orders, "default": view.order},
            }
        ]
