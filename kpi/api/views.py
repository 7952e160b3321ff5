"""Key figures over REST."""

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from callcenter.access import require
from kpi import selectors
from kpi.api.serializers import MetricOutput, QuestionInput
from kpi.metrics import METRICS


class SeriesApi(APIView):
    """GET: figures by group and interval, over the calls that the person may see."""

    def get(self, request: Request) -> Response:
        """Answer {"metrics", "group_by", "interval", "from", "to", "rows"}."""
        require(request.user, "kpi.view")
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
                "rows": selectors.series(request.user, question),
            }
        )


class MetricsApi(APIView):
    """GET: the registry of metrics, in the reader's language."""

    def get(self, request: Request) -> Response:
        """Answer {"metrics": [{key, name, unit, formula, more_is_better, cannot_say, rule}]}."""
        require(request.user, "kpi.view")
        return Response({"metrics": MetricOutput(METRICS, many=True).data})
