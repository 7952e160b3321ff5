"""REST of the auto-roster: start it, follow it, read what it proposes, take that in or drop it."""

from typing import Any, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from shifts.api import auto_serializers as shapes
from shifts.filters.auto import RunFilter
from shifts.models import AutoRun, Roster
from shifts.services import auto

RUN: Final[dict[str, Any]] = {
    "id": 5,
    "roster": 7,
    "asked_by": "1001",
    "asked_at": "2026-11-18T10:00:00+08:00",
    "limit_seconds": 60,
    "state": "done",
    "finished_at": "2026-11-18T10:00:41+08:00",
    "seconds": 40.2,
    "short": 2,
    "draft_short": 118,
    "bound": 2.0,
    "gap": 0.0,
    "stopped": False,
    "taken_at": None,
}
FULL: Final[dict[str, Any]] = {
    **RUN,
    "shortages": [
        {
            "starts_at": "2026-11-23T12:00:00+08:00",
            "skill": "billing",
            "required": 4,
            "present": 2,
            "possible": 2,
        }
    ],
    "broken_wishes": [
        {"wish": 9, "person": "20401", "day": "2026-11-23", "needed_at": ["2026-11-23T12:00:00+08:00"]}
    ],
    "broken_limits": [{"person": "20401", "rule": "rest", "day": "2026-11-24", "found": 600, "limit": 660}],
    "proposed": [{"person": "20401", "day": "2026-11-23", "pattern": "D", "skill": "billing"}],
}


def _runs(request: Request) -> QuerySet[AutoRun]:
    rosters = Roster.objects.visible_to(request.user)
    rows: QuerySet[AutoRun] = AutoRun.objects.filter(roster__in=rosters).select_related("job", "asked_by")
    return rows


class RunListApi(ListApi):
    """`/api/v1/roster/runs/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    permission = "shifts.plan"
    queryset = AutoRun.objects.all()
    serializer_class = shapes.RunSerializer
    filterset_class = RunFilter
    orders = {"id": "id", "asked_at": "asked_at"}
    order = "-id"

    def visible(self) -> QuerySet[AutoRun]:
        """Return the runs of the rosters whose board the caller may open."""
        return _runs(self.request)

    @extend_schema(
        summary=_("List runs of the auto-roster"),
        description=_("Of the rosters whose board the caller may open, the newest first."),
        examples=[OpenApiExample("runs", RUN, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of runs."""
        return self.list(request)

    @extend_schema(
        summary=_("Start the auto-roster"),
        description=_(
            "A worker searches for about so many seconds; read the run to see how far it is. The draft is not changed."
        ),
        request=shapes.StartRunSerializer,
        responses={201: shapes.RunSerializer},
        examples=[
            OpenApiExample("start", {"roster": 7, "seconds": 60, "keep": False}, request_only=True),
            OpenApiExample("started", RUN, response_only=True, status_codes=["201"]),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Start a run."""
        asked = shapes.StartRunSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        roster = get_object_or_404(Roster.objects.visible_to(request.user), pk=given.pop("roster"))
        run = auto.start_run(actor=request.user, roster_id=roster.pk, now=timezone.now(), **given)
        address = request.build_absolute_uri(reverse("shifts_api:run", args=[run.pk]))
        return Response(shapes.RunSerializer(run).data, status=201, headers={"Location": address})


class RunApi(ApiView):
    """`/api/v1/roster/runs/{id}/`."""

    reads = Scope.ROSTERS_READ
    permission = "shifts.plan"

    @extend_schema(
        summary=_("Read a run of the auto-roster"),
        description=_(
            "How far it is; at its end what is short, the personal rules and limits broken, and the shifts proposed."
        ),
        responses=shapes.FullRunSerializer,
        examples=[OpenApiExample("run", FULL, response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return one run."""
        return Response(shapes.FullRunSerializer(get_object_or_404(_runs(request), pk=pk)).data)


class TakeRunApi(ApiView):
    """`/api/v1/roster/runs/{id}/take/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Take a run into the draft"),
        description=_(
            "What is planned and neither locked nor kept is replaced. Refused if the roster changed since."
        ),
        request=None,
        responses=shapes.RunSerializer,
        examples=[OpenApiExample("taken", RUN, response_only=True)],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Take it in."""
        run = get_object_or_404(_runs(request), pk=pk)
        auto.take_run(actor=request.user, run_id=run.pk, now=timezone.now())
        return Response(shapes.RunSerializer(_runs(request).get(pk=run.pk)).data)


class DropRunApi(ApiView):
    """`/api/v1/roster/runs/{id}/drop/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Drop a run of the auto-roster"),
        description=_("What it proposes is thrown away; the draft stays as it is."),
        request=None,
        responses={200: OpenApiResponse(shapes.DroppedSerializer, description=_("It is gone."))},
        examples=[OpenApiExample("dropped", {"id": 5}, response_only=True)],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Drop it."""
        run = get_object_or_404(_runs(request), pk=pk)
        auto.drop_run(actor=request.user, run_id=run.pk, now=timezone.now())
        return Response({"id": pk})
