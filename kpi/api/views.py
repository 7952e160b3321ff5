"""Key figures over REST."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView
from kpi.api import examples
from kpi.api.serializers import MetricOutput, MetricsOutput, QuestionInput, SeriesOutput
from kpi.metrics import METRICS
from kpi.selectors import series


class SeriesApi(ApiView):
    """`/api/v1/kpi/series/`."""

    reads = Scope.KPI_READ
    permission = "kpi.view"

    def known_parameters(self) -> Collection[str]:
        """Name what a question consists of."""
        return QuestionInput().fields.keys()

    @extend_schema(
        summary=_("Ask for key figures"),
        description=_("A row for each group and interval, over the calls that the caller may see."),
        parameters=[
            QuestionInput,
            OpenApiParameter("group_by", str, enum=list(series.GROUPS), description=_("What makes a row.")),
            OpenApiParameter(
                "interval", str, enum=list(series.INTERVALS), description=_("What time makes a row.")
            ),
        ],
        responses=SeriesOutput,
        examples=[examples.SERIES],
    )
    def get(self, request: Request) -> Response:
        """Answer {"metrics", "group_by", "interval", "from", "to", "rows"}."""
        asked = QuestionInput(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        question = asked.question()
        return Response(
            {
                "metrics": question.metrics,
                "group_by": question.group_by,
                "interval": question.interval,
                "from": question.start,
                "to": question.end,
                "rows": series.series(request.user, question),
            }
        )


class MetricsApi(ApiView):
    """`/api/v1/kpi/metrics/`."""

    reads = Scope.KPI_READ
    permission = "kpi.view"

    @extend_schema(
        summary=_("List the metrics"),
        description=_("What each measures, and what it cannot say."),
        responses=MetricsOutput,
        examples=[examples.METRICS],
    )
    def get(self, request: Request) -> Response:
        """Answer {"metrics": [{key, name, unit, formula, more_is_better, target, cannot_say, rule}]}."""
        return Response({"metrics": MetricOutput(METRICS, many=True).data})
