"""REST of leave: what is asked for, what it would do, how it is decided and filed."""

from collections.abc import Callable, Collection
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

from agents.models import Skill
from callcenter.access import require
from callcenter.rest import tags
from callcenter.rest.once import once
from callcenter.rest.schema import IF_MATCH, ErrorsSerializer
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from shifts.api import leave_examples as examples
from shifts.api import leave_serializers as shapes
from shifts.filters.leave import LeaveFilter
from shifts.lists.leave import LeaveList
from shifts.models import Leave
from shifts.selectors import leave as read
from shifts.selectors.leave_asked import foresee
from shifts.services import leave as services


def _rows(request: Request) -> QuerySet[Leave]:
    return Leave.objects.visible_to(request.user).for_list().select_related("filed_by")


class LeaveListApi(ListApi):
    """`/api/v1/roster/leave/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    queryset = Leave.objects.all()
    serializer_class = shapes.LeaveSerializer
    filterset_class = LeaveFilter
    views = LeaveList.views
    orders = {"starts_at": "starts_at", "requested_at": "requested_at", "id": "id"}
    order = "-starts_at"

    def visible(self) -> QuerySet[Leave]:
        """Return the leave that the caller sees."""
        return _rows(self.request)

    @extend_schema(
        summary=_("List leave"),
        description=_("The caller's own, and that of the people whom they answer for."),
        examples=[examples.LISTED],
    )
    def get(self, request: Request) -> Response:
        """Return one page of leave."""
        return self.list(request)

    @extend_schema(
        summary=_("Ask for leave"),
        description=_("For the caller. The balance holds its working time at once; who decides is told."),
        request=shapes.AskLeaveSerializer,
        responses={201: shapes.LeaveSerializer},
        examples=[examples.ASKED, examples.MADE],
    )
    @once
    def post(self, request: Request) -> Response:
        """Ask for leave."""
        asked = shapes.AskLeaveSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "person": request.user, "now": timezone.now()}
        leave = services.request_leave(**given, **asked.validated_data)
        address = request.build_absolute_uri(reverse("shifts_api:leave", args=[leave.pk]))
        return Response(shapes.LeaveSerializer(leave).data, status=201, headers={"Location": address})


class ForeseeApi(ApiView):
    """`/api/v1/roster/leave/foreseen/`."""

    reads = Scope.ROSTERS_READ

    def known_parameters(self) -> Collection[str]:
        """Name what a request is made of."""
        return shapes.LeaveTimeSerializer().fields.keys()

    @extend_schema(
        summary=_("Foresee a request for leave"),
        description=_("What it would take and leave of the caller's balance, and what stands against it."),
        parameters=[shapes.LeaveTimeSerializer],
        responses=shapes.ForeseenLeaveSerializer,
        examples=[examples.FORESEEN],
    )
    def get(self, request: Request) -> Response:
        """Say what would come of a request; nothing is held for it."""
        asked = shapes.LeaveTimeSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        typed = asked.validated_data
        seen = foresee(request.user, typed["type"], typed["starts_at"], typed["ends_at"], now=timezone.now())
        return Response(shapes.ForeseenLeaveSerializer(seen).data)


class LeaveApi(ApiView):
    """`/api/v1/roster/leave/{id}/`."""

    reads = Scope.ROSTERS_READ

    @extend_schema(
        summary=_("Read a leave"),
        description=_("One leave with how it was decided."),
        responses=shapes.LeaveSerializer,
        examples=[examples.LISTED],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return one leave."""
        return Response(shapes.LeaveSerializer(get_object_or_404(_rows(request), pk=pk)).data)


class EffectApi(ApiView):
    """`/api/v1/roster/leave/{id}/effect/`."""

    reads = Scope.ROSTERS_READ

    @extend_schema(
        summary=_("Read what a leave does to cover"),
        description=_("The half hours whose published heads its approval would change; for who decides it."),
        responses=shapes.LeaveEffectsSerializer,
        examples=[examples.EFFECT],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return the half hours."""
        leave = get_object_or_404(_rows(request), pk=pk)
        require(request.user, "shifts.decide", leave.person)
        found = read.effect(leave)
        skills = Skill.objects.filter(pk__in={one.skill_id for one in found if one.skill_id})
        context = {"skills": dict(skills.values_list("pk", "code"))}
        return Response(shapes.LeaveEffectsSerializer({"results": found}, context=context).data)


class ActApi(ApiView):
    """`/api/v1/roster/leave/{id}/{act}/`."""

    writes = Scope.ROSTERS_WRITE
    asked: type[BaseSerializer[Any]]
    service: Callable[..., Any]

    @once
    @transaction.atomic
    def post(self, request: Request, pk: int) -> Response:
        """Do the act and return the leave."""
        if known := request.headers.get("If-Match"):
            list(Leave.objects.filter(pk=pk).select_for_update().values_list("pk"))
            tags.require_match(known, tags.tag_of(_shown(request, pk)))
        leave = get_object_or_404(_rows(request), pk=pk)
        asked = self.asked(data=request.data)
        asked.is_valid(raise_exception=True)
        self.service(actor=request.user, leave_id=leave.pk, now=timezone.now(), **asked.validated_data)
        shown = _shown(request, pk)
        return Response(shown, headers={"ETag": tags.tag_of(shown)})


def _shown(request: Request, pk: int) -> Any:
    return shapes.LeaveSerializer(get_object_or_404(_rows(request), pk=pk)).data


def _file(*, actor: Any, leave_id: int, now: Any) -> None:
    services.file_leave(actor=actor, leave_ids=[leave_id], now=now)


def act_view(
    name: str,
    words: tuple[Promise, Promise],
    asked: type[BaseSerializer[Any]],
    example: OpenApiExample,
    service: Callable[..., Any],
) -> type[ActApi]:
    """Return the view of one act, which the documentation describes as an operation of its own."""
    described = extend_schema(
        summary=words[0],
        description=words[1],
        request=asked,
        parameters=[IF_MATCH],
        responses={
            200: shapes.LeaveSerializer,
            412: OpenApiResponse(ErrorsSerializer, _("It was changed since you read it.")),
        },
        examples=[example, examples.DONE],
    )
    facts = {"asked": asked, "service": staticmethod(service)}
    view: type[ActApi] = extend_schema_view(post=described)(type(f"{name.title()}Leave", (ActApi,), facts))
    return view


ACTS = {
    "approve": act_view(
        "approve",
        (
            _("Approve leave"),
            _("Published shifts in its time are cut. In a peak period it needs a reason for the exception."),
        ),
        shapes.ApproveLeaveSerializer,
        examples.APPROVE,
        services.approve_leave,
    ),
    "refuse": act_view(
        "refuse",
        (_("Refuse leave"), _("Its hours go back to the balance.")),
        shapes.RefuseLeaveSerializer,
        examples.REFUSE,
        services.refuse_leave,
    ),
    "withdraw": act_view(
        "withdraw",
        (_("Withdraw leave"), _("The own one, before it begins; shifts that it had cut are whole again.")),
        shapes.NothingMoreSerializer,
        examples.NOTHING,
        services.withdraw_leave,
    ),
    "file": act_view(
        "file",
        (_("File leave"), _("By general affairs, once it is approved.")),
        shapes.NothingMoreSerializer,
        examples.NOTHING,
        _file,
    ),
}
