"""Schemes and trials over REST."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from kpi.api import scheme_examples as examples
from kpi.api import scheme_serializers as shapes
from kpi.api.assess_acts import Thing, act, reader
from kpi.filters.assessments import TrialRowFilter
from kpi.lists.assessments import TrialRowList
from kpi.models import Scheme, Trial, TrialRow
from kpi.selectors.assessing import with_parts
from kpi.services import schemes as services
from kpi.services import trials


def _schemes(request: Request) -> QuerySet[Scheme]:
    found = with_parts(Scheme.objects.visible_to(request.user))
    rows: QuerySet[Scheme] = found.select_related("made_by", "adopted_by")
    return rows


def _trials(request: Request) -> QuerySet[Trial]:
    rows: QuerySet[Trial] = Trial.objects.visible_to(request.user).select_related("site", "by")
    return rows


SCHEME = Thing("scheme", _schemes, shapes.SchemeSerializer, "scheme_id", examples.SCHEME)
TRIAL = Thing("trial", _trials, shapes.TrialSerializer, "trial_id", examples.TRIAL)


class SchemeListApi(ListApi):
    """`/api/v1/kpi/schemes/`."""

    reads, writes = Scope.KPI_READ, Scope.KPI_WRITE
    queryset = Scheme.objects.all()
    serializer_class = shapes.SchemeSerializer
    orders = {"id": "id", "role": "role"}
    order = "-id"

    def visible(self) -> QuerySet[Scheme]:
        """Return the versions that the caller sees."""
        return _schemes(self.request)

    @extend_schema(
        summary=_("List schemes"),
        description=_("Every version of every role's scheme; drafts for whoever makes and runs them."),
        examples=[OpenApiExample("scheme", examples.SCHEME, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request) -> Response:
        """Return one page of versions."""
        return self.list(request)

    @extend_schema(
        summary=_("Draft a scheme"),
        description=_("The next version of a role's scheme. It scores nobody before it is adopted."),
        request=shapes.NewSchemeSerializer,
        responses={201: shapes.SchemeSerializer},
        examples=[
            OpenApiExample("draft", examples.NEW_SCHEME, request_only=True),
            OpenApiExample("drafted", examples.SCHEME, response_only=True, status_codes=["201"]),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Draft one."""
        asked = shapes.NewSchemeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        role = asked.validated_data["role"]
        made = services.draft_scheme(actor=request.user, role=role, facts=asked.facts, now=timezone.now())
        return Response(SCHEME.shown(request, made.pk), status=201)


class ChangeSchemeApi(ApiView):
    """`/api/v1/kpi/schemes/{id}/change/`."""

    writes = Scope.KPI_WRITE

    @extend_schema(
        summary=_("Change a draft"),
        description=_("It is written anew; a version that was adopted never changes."),
        request=shapes.WriteSchemeSerializer,
        responses=shapes.SchemeSerializer,
        examples=[
            OpenApiExample("change", examples.PARTS, request_only=True),
            OpenApiExample("changed", examples.SCHEME, response_only=True, status_codes=["200"]),
        ],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Write it anew."""
        found = SCHEME.one(request, pk)
        asked = shapes.WriteSchemeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        services.change_scheme(actor=request.user, scheme_id=found.pk, facts=asked.facts, now=timezone.now())
        return Response(SCHEME.shown(request, pk))


class TrySchemeApi(ApiView):
    """`/api/v1/kpi/schemes/{id}/try/`."""

    writes = Scope.KPI_WRITE

    @extend_schema(
        summary=_("Try a scheme on past months"),
        description=_("A worker scores them beside what held then. Read the trial until it is finished."),
        request=shapes.NewTrialSerializer,
        responses={201: shapes.TrialSerializer},
        examples=[
            OpenApiExample("try", examples.NEW_TRIAL, request_only=True),
            OpenApiExample("asked", examples.TRIAL, response_only=True, status_codes=["201"]),
        ],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Start a trial."""
        found = SCHEME.one(request, pk)
        asked = shapes.NewTrialSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "scheme": found, "now": timezone.now()}
        trial = trials.start_trial(**given, **asked.validated_data)
        return Response(shapes.TrialSerializer(trial).data, status=201)


class TrialRowListApi(ListApi):
    """`/api/v1/kpi/trials/people/`."""

    reads = Scope.KPI_READ
    permission = "kpi.try_scheme"
    queryset = TrialRow.objects.all()
    serializer_class = shapes.TrialRowSerializer
    filterset_class = TrialRowFilter
    views = TrialRowList.views
    orders = {"id": "id"}
    order = "id"

    def visible(self) -> QuerySet[Any]:
        """Return the rows that the caller sees."""
        rows: QuerySet[Any] = TrialRow.objects.visible_to(self.request.user).for_list()
        return rows

    @extend_schema(
        summary=_("List the people of trials"),
        description=_("`trial` names one; `view` who gains, who loses, who gets another grade."),
        examples=[OpenApiExample("row", examples.TRIAL_ROW, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of rows."""
        return self.list(request)


ReadSchemeApi = reader(SCHEME, _("Read a scheme"))
ReadTrialApi = reader(TRIAL, _("Read a trial"), "kpi.try_scheme")
ACTS = {
    "adopt": act(
        SCHEME,
        "adopt",
        _("Adopt a scheme"),
        _("From a month on it scores everybody of its role; the version before it ends there."),
        services.adopt_scheme,
        asked=shapes.AdoptSchemeSerializer,
        example={"since": "2026-12-01"},
    ),
    "drop": act(
        SCHEME, "drop", _("Drop a draft"), _("It is put away; its trials stay."), services.drop_scheme
    ),
}
