"""The registry of metrics over REST."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView
from kpi.api import examples
from kpi.api.serializers import FamilyOutput, MetricOutput, MetricsOutput
from kpi.families import FAMILIES
from kpi.metrics import METRICS


class MetricsApi(ApiView):
    """`/api/v1/kpi/metrics/`."""

    reads = Scope.KPI_READ
    permission = "kpi.view"

    @extend_schema(
        summary=_("List the metrics"),
        description=_("What each measures, at which grains it is known, and what it cannot say."),
        responses=MetricsOutput,
        examples=[examples.METRICS],
    )
    def get(self, request: Request) -> Response:
        """Answer {"metrics": [{key, name, unit, formula, …}], "families": [{key, name, least, most}]}."""
        listed: dict[str, Any] = {
            "metrics": MetricOutput(METRICS, many=True).data,
            "families": FamilyOutput(FAMILIES, many=True).data,
        }
        return Response(listed)
