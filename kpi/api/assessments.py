"""Months of assessment and scorecards over REST."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.once import once
from callcenter.rest.schema import ErrorsSerializer
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from kpi import pay
from kpi.api import card_serializers as cards
from kpi.api import scheme_examples as examples
from kpi.api import scheme_serializers as shapes
from kpi.api.assess_acts import Thing, act, reader
from kpi.facts import Correction
from kpi.filters.assessments import AssessmentFilter, ScorecardFilter
from kpi.lists.assessments import AssessmentList, ScorecardList
from kpi.models import Assessment, Scorecard
from kpi.services import appeals
from kpi.services import assessments as services

WHO = ("computed_by", "published_by", "approved_by", "locked_by")


def _assessments(request: Request) -> QuerySet[Assessment]:
    rows: QuerySet[Assessment] = Assessment.objects.visible_to(request.user).for_list().select_related(*WHO)
    return rows


def _cards(request: Request) -> QuerySet[Scorecard]:
    seen = Scorecard.objects.visible_to(request.user).for_list().select_related("appeal__decided_by")
    rows: QuerySet[Scorecard] = seen.prefetch_related("lines__indicator")
    return rows


ASSESSMENT = Thing(
    "assessment", _assessments, shapes.AssessmentSerializer, "assessment_id", examples.ASSESSMENT
)
CARD = Thing("scorecard", _cards, cards.ScorecardSerializer, "card_id", examples.SCORECARD)


class AssessmentListApi(ListApi):
    """`/api/v1/kpi/assessments/`."""

    reads, writes = Scope.KPI_READ, Scope.KPI_WRITE
    queryset = Assessment.objects.all()
    serializer_class = shapes.AssessmentSerializer
    filterset_class = AssessmentFilter
    views = AssessmentList.views
    orders = {"id": "id", "month": "month"}
    order = "-month"

    def visible(self) -> QuerySet[Assessment]:
        """Return the months that the caller answers for."""
        return _assessments(self.request)

    @extend_schema(
        summary=_("List assessments"),
        description=_("Months of roles and sites for which the caller answers."),
        examples=[OpenApiExample("month", examples.ASSESSMENT, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request) -> Response:
        """Return one page of months."""
        return self.list(request)

    @extend_schema(
        summary=_("Compute a month"),
        description=_(
            "A worker scores everybody of the role; while it is a preview, again as often as asked."
        ),
        request=shapes.NewAssessmentSerializer,
        responses={202: shapes.ComputingSerializer},
        examples=[
            OpenApiExample("compute", examples.NEW_ASSESSMENT, request_only=True),
            OpenApiExample("job", {"job": 41}, response_only=True, status_codes=["202"]),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Start the job."""
        asked = shapes.NewAssessmentSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        job = services.ask_for_month(actor=request.user, now=timezone.now(), **asked.validated_data)
        return Response(shapes.ComputingSerializer(job).data, status=202)


class PaySheetApi(ApiView):
    """`/api/v1/kpi/assessments/{id}/pay/`."""

    reads = Scope.KPI_READ
    hands_out_files = True

    @extend_schema(
        summary=_("Take a month to pay"),
        description=_(
            "The XLSX of a locked month: score, grade, factor, what capped it, the points of each indicator. For whoever "
            "locks such months; that it was taken is on record."
        ),
        responses={
            (200, pay.XLSX): OpenApiTypes.BINARY,
            409: OpenApiResponse(ErrorsSerializer, _("It is not locked.")),
        },
        examples=[
            OpenApiExample("sheet", "PK …", response_only=True, status_codes=["200"], media_type=pay.XLSX)
        ],
    )
    def get(self, request: Request, pk: int) -> FileResponse:
        """Hand the sheet out."""
        return pay.handed_out(ASSESSMENT.one(request, pk), actor=request.user, now=timezone.now())


class ScorecardListApi(ListApi):
    """`/api/v1/kpi/scorecards/`."""

    reads = Scope.KPI_READ
    queryset = Scorecard.objects.all()
    serializer_class = cards.CardSerializer
    filterset_class = ScorecardFilter
    views = ScorecardList.views
    orders = {"id": "id"}
    order = "-id"

    def visible(self) -> QuerySet[Any]:
        """Return the scorecards that the caller sees."""
        rows: QuerySet[Any] = Scorecard.objects.visible_to(self.request.user).for_list()
        return rows

    @extend_schema(
        summary=_("List scorecards"),
        description=_("The own ones, those of the led team, and those for which the caller answers."),
        examples=[OpenApiExample("scorecard", examples.CARD, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of scorecards."""
        return self.list(request)


def _decide(*, indicator: Any, figure: float | None, lifts_gates: bool, **given: Any) -> Any:
    correction = Correction(indicator, figure, lifts_gates)
    return appeals.decide_appeal(correction=correction, **given)


ReadAssessmentApi = reader(ASSESSMENT, _("Read an assessment"))
ReadScorecardApi = reader(CARD, _("Read a scorecard with what it rests on"))
ACTS = {
    "publish": act(
        ASSESSMENT,
        "publish",
        _("Publish an assessment"),
        _("Everybody is told; the working days for an appeal begin."),
        services.publish_assessment,
    ),
    "approve": act(
        ASSESSMENT,
        "approve",
        _("Approve an assessment"),
        _("Once the time for appeals is over and each is decided; by another than who published it."),
        services.approve_assessment,
    ),
    "reopen": act(
        ASSESSMENT,
        "reopen",
        _("Take an approval back"),
        _("Before the month is locked."),
        services.reopen_assessment,
        asked=shapes.ReopenAssessmentSerializer,
        example={"reason": "Calls of two days came late."},
    ),
    "lock": act(
        ASSESSMENT,
        "lock",
        _("Lock an assessment"),
        _("For pay. From then on nothing of it can be changed."),
        services.lock_assessment,
    ),
}
CARD_ACTS = {
    "appeal": act(
        CARD,
        "appeal",
        _("Appeal against a scorecard"),
        _("The own one, once and in time."),
        appeals.appeal_score,
        asked=cards.AppealScoreSerializer,
        example=examples.APPEAL,
    ),
    "decide": act(
        CARD,
        "decide",
        _("Decide an appeal"),
        _("Granting corrects a figure, leaves an indicator out or lifts the gates; the score follows."),
        _decide,
        asked=cards.DecideScoreSerializer,
        example=examples.DECISION,
    ),
}
