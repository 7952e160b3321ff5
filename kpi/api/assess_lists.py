"""A list of things of assessment over REST, where a new one is made: one view for each kind of thing, all made alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django_filters import FilterSet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ListApi
from kpi.api.assess_acts import Thing


@dataclass(frozen=True)
class Listing:
    """How things are listed, in words; by which fields beside the id, filters and views; and the right that it needs."""

    summary: Promise
    description: Promise
    order: str = "-id"
    orders: Sequence[str] = ()
    filters: type[FilterSet] | None = None
    views: Sequence[Any] = ()
    permission: str = ""


@dataclass(frozen=True)
class Making:
    """How a thing is made, in words; by which service, from what, and an example of that."""

    summary: Promise
    description: Promise
    service: Callable[..., Any]
    asked: type[serializers.BaseSerializer[Any]]
    example: dict[str, Any]


class _Things(ListApi):
    reads, writes = Scope.KPI_READ, Scope.KPI_WRITE
    thing: Thing
    making: Making

    def visible(self) -> QuerySet[Any]:
        """Return those that the caller sees."""
        return self.thing.seen(self.request)

    def get(self, request: Request) -> Response:
        """Return one page of them."""
        return self.list(request)

    @once
    def post(self, request: Request) -> Response:
        """Make one."""
        asked = self.making.asked(data=request.data)
        asked.is_valid(raise_exception=True)
        made = self.making.service(actor=request.user, now=timezone.now(), **asked.validated_data)
        return Response(self.thing.shown(request, made.pk), status=201)


def things(thing: Thing, model: type[Model], listing: Listing, making: Making) -> type[ListApi]:
    """Return the view of a list, which the documentation describes as two operations."""
    listed = extend_schema(
        summary=listing.summary,
        description=listing.description,
        examples=[OpenApiExample(thing.name, thing.example, response_only=True, status_codes=["200"])],
    )
    made = extend_schema(
        summary=making.summary,
        description=making.description,
        request=making.asked,
        responses={201: thing.shape},
        examples=[
            OpenApiExample("new", making.example, request_only=True),
            OpenApiExample("made", thing.example, response_only=True, status_codes=["201"]),
        ],
    )
    facts = {
        "thing": thing,
        "making": making,
        "queryset": model._default_manager.all(),
        "serializer_class": thing.shape,
        "filterset_class": listing.filters,
        "views": listing.views,
        "orders": {name: name for name in ("id", *listing.orders)},
        "order": listing.order,
        "permission": listing.permission,
    }
    described = extend_schema_view(get=listed, post=made)
    view: type[ListApi] = described(type(f"{thing.name.title()}List", (_Things,), facts))
    return view
