"""REST of changes: asking, agreeing, deciding, filing."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from callcenter.rest import tags
from callcenter.rest.once import once
from callcenter.rest.schema import IF_MATCH, ErrorsSerializer
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from shifts.api import change_examples as examples
from shifts.api import change_serializers as shapes
from shifts.api.leave_serializers import NothingMoreSerializer
from shifts.filters.changes import ChangeFilter
from shifts.lists.changes import ChangeList
from shifts.models import Change
from shifts.selectors.fitting import stands_against, wanted_by
from shifts.services import changes as services


def _rows(request: Request) -> QuerySet[Change]:
    seen: QuerySet[Change] = Change.objects.visible_to(request.user)
    return seen.select_related("person", "colleague", "decided_by", "filed_by")


class ChangeListApi(ListApi):
    """`/api/v1/roster/changes/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    queryset = Change.objects.all()
    serializer_class = shapes.ChangeSerializer
    filterset_class = ChangeFilter
    views = ChangeList.views
    orders = {"asked_at": "asked_at", "due_at": "due_at", "starts_at": "starts_at", "id": "id"}
    order = "-asked_at"

    def visible(self) -> QuerySet[Change]:
        """Return the changes that the caller sees."""
        return _rows(self.request)

    @extend_schema(
        summary=_("List changes"),
        description=_("Those in which the caller has a part, and those of the people whom they answer for."),
        examples=[examples.LISTED],
    )
    def get(self, request: Request) -> Response:
        """Return one page of changes."""
        return self.list(request)

    @extend_schema(
        summary=_("Ask for a change"),
        description=_(
            "Of a published shift of the caller, or an open one. What stands against it is refused."
        ),
        request=shapes.AskChangeSerializer,
        responses={201: shapes.ChangeSerializer},
        examples=[examples.ASKED, examples.MADE],
    )
    @once
    def post(self, request: Request) -> Response:
        """Ask for a change."""
        asked = shapes.AskChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "person": request.user, "now": timezone.now()}
        change = services.ask_change(**given, **asked.given())
        address = request.build_absolute_uri(reverse("shifts_api:change", args=[change.pk]))
        return Response(shapes.ChangeSerializer(change).data, status=201, headers={"Location": address})


class ChangeApi(ApiView):
    """`/api/v1/roster/changes/{id}/`."""

    reads = Scope.ROSTERS_READ

    @extend_schema(
        summary=_("Read a change"),
        description=_("One change with how it was decided."),
        responses=shapes.ChangeSerializer,
        examples=[examples.LISTED],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return one change."""
        return Response(_shown(request, pk))


class ObstaclesApi(ApiView):
    """`/api/v1/roster/changes/{id}/obstacles/`."""

    reads = Scope.ROSTERS_READ

    @extend_schema(
        summary=_("Read what stands against a change"),
        description=_("As things are now: notice, place, rest, days in a row, hours, skill, leave, cover."),
        responses=shapes.ObstaclesSerializer,
        examples=[examples.OBSTACLES],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return the obstacles."""
        change = get_object_or_404(_rows(request), pk=pk)
        wanted = wanted_by(change)
        numbers = {person.pk: person.work_number for person in wanted.people}
        found = [
            {"code": one.code, "words": one.words, "number": numbers.get(one.person or 0)}
            for one in stands_against(change, wanted, now=timezone.now())
        ]
        return Response(shapes.ObstaclesSerializer({"results": found}).data)


class ActApi(ApiView):
    """`/api/v1/roster/changes/{id}/{act}/`."""

    writes = Scope.ROSTERS_WRITE
    asked: type[BaseSerializer[Any]]
    service: Callable[..., Any]

    @once
    @transaction.atomic
    def post(self, request: Request, pk: int) -> Response:
        """Do the act and return the change."""
        change = get_object_or_404(_rows(request), pk=pk)
        if known := request.headers.get("If-Match"):
            services.lock(pk)
            tags.require_match(known, tags.tag_of(_shown(request, pk)))
        asked = self.asked(data=request.data)
        asked.is_valid(raise_exception=True)
        self.service(actor=request.user, change_id=change.pk, now=timezone.now(), **asked.validated_data)
        shown = _shown(request, pk)
        return Response(shown, headers={"ETag": tags.tag_of(shown)})


def _shown(request: Request, pk: int) -> Any:
    return shapes.ChangeSerializer(get_object_or_404(_rows(request), pk=pk)).data


def _file(*, actor: Any, change_id: int, now: Any) -> None:
    services.file_changes(actor=actor, change_ids=[change_id], now=now)


def _act(
    name: str,
    words: tuple[Promise, Promise],
    service: Callable[..., Any],
    asked: type[BaseSerializer[Any]] = NothingMoreSerializer,
    example: OpenApiExample = examples.NOTHING,
) -> type[ActApi]:
    """Return the view of one act, which the documentation describes as an operation of its own."""
    described = extend_schema(
        summary=words[0],
        description=words[1],
        request=asked,
        parameters=[IF_MATCH],
        responses={
            200: shapes.ChangeSerializer,
            412: OpenApiResponse(ErrorsSerializer, _("It was changed since you read it.")),
        },
        examples=[example, examples.DONE],
    )
    facts = {"asked": asked, "service": staticmethod(service)}
    view: type[ActApi] = extend_schema_view(post=described)(type(f"{name.title()}Change", (ActApi,), facts))
    return view


ACTS = {
    "accept": _act(
        "accept",
        (_("Agree to a change"), _("As the colleague; the lead decides next.")),
        services.accept_change,
    ),
    "decline": _act(
        "decline", (_("Decline a change"), _("As the colleague; it ends.")), services.decline_change
    ),
    "approve": _act(
        "approve",
        (_("Approve a change"), _("It is checked once more, and the published roster changes at once.")),
        services.approve_change,
        shapes.ApproveChangeSerializer,
        examples.APPROVE,
    ),
    "refuse": _act(
        "refuse",
        (_("Refuse a change"), _("It ends; both are told why.")),
        services.refuse_change,
        shapes.RefuseChangeSerializer,
        examples.REFUSE,
    ),
    "withdraw": _act(
        "withdraw",
        (_("Withdraw a change"), _("The own one, before it is decided.")),
        services.withdraw_change,
    ),
    "file": _act("file", (_("File a change"), _("By general affairs, once it is approved.")), _file),
}
