"""REST of attendance, its corrections and adherence."""

from collections.abc import Callable, Collection
from datetime import timedelta
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
from shifts.api import attendance_examples as examples
from shifts.api import attendance_serializers as shapes
from shifts.filters.attendance import AttendanceFilter, CorrectionFilter
from shifts.lists.attendance import AttendanceList
from shifts.models import Attendance, Correction
from shifts.selectors import adherence
from shifts.services import attendance as services

DAY = timedelta(days=1)


class AttendanceListApi(ListApi):
    """`/api/v1/roster/attendance/`."""

    reads = Scope.ROSTERS_READ
    queryset = Attendance.objects.all()
    serializer_class = shapes.AttendanceSerializer
    filterset_class = AttendanceFilter
    views = AttendanceList.views
    orders = {"begins_at": "begins_at", "day": "day", "id": "id"}
    order = "-begins_at"

    def visible(self) -> QuerySet[Attendance]:
        """Return the attendance that the caller sees."""
        return Attendance.objects.visible_to(self.request.user).select_related("person")

    @extend_schema(
        summary=_("List attendance"),
        description=_("The caller's own, and that of the people whom they answer for."),
        examples=[examples.LISTED],
    )
    def get(self, request: Request) -> Response:
        """Return one page of attendance."""
        return self.list(request)


class AdherenceApi(ApiView):
    """`/api/v1/roster/adherence/`."""

    reads = Scope.ROSTERS_READ

    def known_parameters(self) -> Collection[str]:
        """Name the days and the group."""
        return shapes.TotalsAskedSerializer().fields.keys()

    @extend_schema(
        summary=_("Sum up adherence"),
        description=_("Seconds as planned, of shifts that are over and of which something was logged."),
        parameters=[shapes.TotalsAskedSerializer],
        responses=shapes.AdherenceTotalsSerializer,
        examples=[examples.TOTALS],
    )
    def get(self, request: Request) -> Response:
        """Return the sums."""
        asked = shapes.TotalsAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        visible = Attendance.objects.visible_to(request.user)
        # The last day that there is has no day after it.
        until = given["until"] + DAY if given["until"] < given["until"].max else given["until"]
        rows = adherence.between(visible, given["since"], until)
        return Response(
            shapes.AdherenceTotalsSerializer({"results": adherence.totals(rows, by=given["by"])}).data
        )


def _corrections(request: Request) -> QuerySet[Correction]:
    return Correction.objects.visible_to(request.user).select_related("person", "shift", "decided_by")


class CorrectionListApi(ListApi):
    """`/api/v1/roster/corrections/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    queryset = Correction.objects.all()
    serializer_class = shapes.AttendanceCorrectionSerializer
    filterset_class = CorrectionFilter
    orders = {"asked_at": "asked_at", "id": "id"}
    order = "-asked_at"

    def visible(self) -> QuerySet[Correction]:
        """Return the corrections that the caller sees."""
        return _corrections(self.request)

    @extend_schema(
        summary=_("List corrections of attendance"),
        description=_("The caller's own, and those of the people whom they answer for."),
        examples=[examples.CORRECTIONS],
    )
    def get(self, request: Request) -> Response:
        """Return one page of corrections."""
        return self.list(request)

    @extend_schema(
        summary=_("Ask for a correction"),
        description=_("Of an own shift; whoever answers for the caller is told."),
        request=shapes.AskAttendanceCorrectionSerializer,
        responses={201: shapes.AttendanceCorrectionSerializer},
        examples=[examples.ASKED, examples.MADE],
    )
    @once
    def post(self, request: Request) -> Response:
        """Ask for a correction."""
        asked = shapes.AskAttendanceCorrectionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        made = services.ask_correction(
            actor=request.user, shift_id=given.pop("shift"), now=timezone.now(), **given
        )
        shown = _shown(request, made.pk)
        address = request.build_absolute_uri(reverse("shifts_api:correction", args=[made.pk]))
        return Response(shown, status=201, headers={"Location": address})


def _shown(request: Request, pk: int) -> Any:
    return shapes.AttendanceCorrectionSerializer(get_object_or_404(_corrections(request), pk=pk)).data


class CorrectionApi(ApiView):
    """`/api/v1/roster/corrections/{id}/`."""

    reads = Scope.ROSTERS_READ

    @extend_schema(
        summary=_("Read a correction"),
        description=_("One correction with how it was decided."),
        responses=shapes.AttendanceCorrectionSerializer,
        examples=[examples.CORRECTIONS],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return one correction."""
        return Response(_shown(request, pk))


class DecideApi(ApiView):
    """`/api/v1/roster/corrections/{id}/{act}/`."""

    writes = Scope.ROSTERS_WRITE
    asked: type[BaseSerializer[Any]]
    service: Callable[..., Any]

    @once
    @transaction.atomic
    def post(self, request: Request, pk: int) -> Response:
        """Do the act and return the correction, one that was taken back as it was."""
        shown = _shown(request, pk)
        if known := request.headers.get("If-Match"):
            list(Correction.objects.filter(pk=pk).select_for_update().values_list("pk"))
            tags.require_match(known, tags.tag_of(_shown(request, pk)))
        asked = self.asked(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "correction_id": pk, "now": timezone.now()}
        if self.service(**given, **asked.validated_data):
            shown = _shown(request, pk)
        return Response(shown, headers={"ETag": tags.tag_of(shown)})


def act_view(
    name: str,
    words: tuple[Promise, Promise],
    asked: type[BaseSerializer[Any]],
    example: OpenApiExample,
    service: Callable[..., Any],
) -> type[DecideApi]:
    """Return the view of one act, which the documentation describes as an operation of its own."""
    answers: dict[int, Any] = {
        200: shapes.AttendanceCorrectionSerializer,
        412: OpenApiResponse(ErrorsSerializer, _("It was changed since you read it.")),
    }
    described = extend_schema(
        summary=words[0],
        description=words[1],
        request=asked,
        parameters=[IF_MATCH],
        responses=answers,
        examples=[example, examples.DONE],
    )
    facts = {"asked": asked, "service": staticmethod(service)}
    title = name.title().replace("-", "")
    view: type[DecideApi] = extend_schema_view(post=described)(
        type(f"{title}Correction", (DecideApi,), facts)
    )
    return view


ACTS = {
    "approve": act_view(
        "approve",
        (_("Approve a correction"), _("The clock then shows what the person says.")),
        shapes.ApproveCorrectionSerializer,
        examples.APPROVE,
        services.approve_correction,
    ),
    "refuse": act_view(
        "refuse",
        (_("Refuse a correction"), _("The clock stays as it is; the person is told why.")),
        shapes.RefuseCorrectionSerializer,
        examples.REFUSE,
        services.refuse_correction,
    ),
    "take-back": act_view(
        "take-back",
        (_("Take a correction back"), _("The own one, while nobody has decided it.")),
        shapes.NothingSerializer,
        examples.NOTHING,
        services.take_back_correction,
    ),
}
