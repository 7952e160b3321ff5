"""An act on a thing of assessment over REST: one view for each act, all made alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest import tags
from callcenter.rest.once import once
from callcenter.rest.schema import ErrorsSerializer
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description=_("The ETag that you read: then nothing is done if somebody changed it since."),
)


class NothingToSaySerializer(serializers.Serializer[Any]):
    """Nothing to say."""


@dataclass(frozen=True)
class Thing:
    """A kind of thing: which of them a caller sees, how one is shown, the service's name for its number, an example."""

    name: str
    seen: Callable[[Request], QuerySet[Any]]
    shape: type[serializers.BaseSerializer[Any]]
    key: str
    example: dict[str, Any]

    def one(self, request: Request, pk: int) -> Any:
        """Return one that the caller sees, else 404."""
        return get_object_or_404(self.seen(request), pk=pk)

    def shown(self, request: Request, pk: int) -> Any:
        """Return one as it is shown."""
        return self.shape(self.one(request, pk), context={"request": request}).data


class _Act(ApiView):
    writes = Scope.KPI_WRITE
    thing: Thing
    asked: type[serializers.BaseSerializer[Any]]
    service: Callable[..., Any]

    @once
    @transaction.atomic
    def post(self, request: Request, pk: int) -> Response:
        """Do the act and return the thing."""
        found = self.thing.one(request, pk)
        if known := request.headers.get("If-Match"):
            list(type(found).objects.filter(pk=pk).select_for_update().values_list("pk"))
            tags.require_match(known, tags.tag_of(self.thing.shown(request, pk)))
        asked = self.asked(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, self.thing.key: found.pk, "now": timezone.now()}
        self.service(**given, **asked.validated_data)
        shown = self.thing.shown(request, pk)
        return Response(shown, headers={"ETag": tags.tag_of(shown)})


def act(
    thing: Thing,
    name: str,
    summary: Promise,
    description: Promise,
    service: Callable[..., Any],
    *,
    asked: type[serializers.BaseSerializer[Any]] = NothingToSaySerializer,
    example: dict[str, Any] | None = None,
) -> type[ApiView]:
    """Return the view of one act, which the documentation describes as an operation of its own."""
    described = extend_schema(
        summary=summary,
        description=description,
        operation_id=f"kpi_{thing.name}_{name}",
        request=asked,
        parameters=[IF_MATCH],
        responses={
            200: thing.shape,
            412: OpenApiResponse(ErrorsSerializer, _("It was changed since you read it.")),
        },
        examples=[
            OpenApiExample(name, example or {}, request_only=True),
            OpenApiExample("done", thing.example, response_only=True, status_codes=["200"]),
        ],
    )
    facts = {"thing": thing, "asked": asked, "service": staticmethod(service)}
    view: type[ApiView] = extend_schema_view(post=described)(
        type(f"{name.title()}{thing.name.title()}", (_Act,), facts)
    )
    return view


class _Reader(ApiView):
    reads = Scope.KPI_READ
    thing: Thing

    def get(self, request: Request, pk: int) -> Response:
        """Return it."""
        return Response(self.thing.shown(request, pk))


def reader(thing: Thing, summary: Promise, permission: str = "") -> type[ApiView]:
    """Return the view that reads one."""
    described = extend_schema(
        summary=summary,
        operation_id=f"kpi_{thing.name}_read",
        responses=thing.shape,
        examples=[OpenApiExample(thing.name, thing.example, response_only=True)],
    )
    facts = {"thing": thing, "permission": permission}
    view: type[ApiView] = extend_schema_view(get=described)(
        type(f"Read{thing.name.title()}", (_Reader,), facts)
    )
    return view
