"""Early warnings over REST: listed, read with their course, answered, closed."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from kpi.api import warning_serializers as shapes
from kpi.filters.warnings import WarningFilter
from kpi.lists.warnings import WarningList
from kpi.models import EarlyWarning
from kpi.services import warnings as services

COURSE = OpenApiExample("warning", shapes.COURSE, response_only=True, status_codes=["200", "201"])


class WarningListApi(ListApi):
    """`/api/v1/kpi/warnings/`."""

    reads = Scope.KPI_READ
    permission = "kpi.view_warnings"
    queryset = EarlyWarning.objects.all()
    serializer_class = shapes.EarlyWarningSerializer
    filterset_class = WarningFilter
    views = WarningList.views
    orders = {"raised_at": "raised_at", "id": "id"}
    order = "-raised_at"

    def visible(self) -> QuerySet[EarlyWarning]:
        """Return the warnings that the caller sees."""
        return _warnings(self.request)

    @extend_schema(
        summary=_("List early warnings"),
        description=_(
            "Of the teams and sites that the caller answers for; `view=open` are those that are not over."
        ),
        examples=[OpenApiExample("warnings", shapes.WARNING, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request) -> Response:
        """Return one page of warnings."""
        return self.list(request)


class WarningApi(ApiView):
    """`/api/v1/kpi/warnings/{id}/`."""

    reads = Scope.KPI_READ
    permission = "kpi.view_warnings"

    @extend_schema(
        summary=_("Read an early warning"),
        description=_("With its figure interval by interval, and before and after what was done."),
        responses=shapes.WarningCourseSerializer,
        examples=[COURSE],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return it."""
        return Response(_shown(request, pk))


class WarningDeedsApi(ApiView):
    """`/api/v1/kpi/warnings/{id}/deeds/`."""

    writes = Scope.KPI_WRITE

    @extend_schema(
        summary=_("Record what was done about a warning"),
        description=_("While it is open, and for a week after. What is recorded is not changed any more."),
        request=shapes.NewDeedSerializer,
        responses={201: shapes.WarningCourseSerializer},
        examples=[
            OpenApiExample("deed", {"kind": "helped", "note": "Sat with two new agents."}, request_only=True),
            COURSE,
        ],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Record it."""
        row = get_object_or_404(_warnings(request), pk=pk)
        asked = shapes.NewDeedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "warning_id": row.pk, "now": timezone.now()}
        services.record_deed(**given, **asked.validated_data)
        return Response(_shown(request, pk), status=201)


class CloseWarningApi(ApiView):
    """`/api/v1/kpi/warnings/{id}/close/`."""

    writes = Scope.KPI_WRITE

    @extend_schema(
        summary=_("Close a warning"),
        description=_(
            "Though its figure has not come back. Only what happens from now on can raise it again."
        ),
        request=shapes.CloseWarningSerializer,
        responses=shapes.WarningCourseSerializer,
        examples=[
            OpenApiExample("reason", {"reason": "The line was faulty until noon."}, request_only=True),
            COURSE,
        ],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Close it."""
        row = get_object_or_404(_warnings(request), pk=pk)
        asked = shapes.CloseWarningSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "warning_id": row.pk, "now": timezone.now()}
        services.close_warning(**given, **asked.validated_data)
        return Response(_shown(request, pk))


def _warnings(request: Request) -> QuerySet[EarlyWarning]:
    found: QuerySet[EarlyWarning] = EarlyWarning.objects.visible_to(request.user).for_list()
    return found


def _shown(request: Request, pk: int) -> Any:
    return shapes.WarningCourseSerializer(get_object_or_404(_warnings(request), pk=pk)).data
