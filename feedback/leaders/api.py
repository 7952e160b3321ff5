"""The reports to the leaders over REST."""

from collections.abc import Collection
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView
from feedback.leaders.asked import BY, LENGTHS, USUAL, Asked, asked
from feedback.leaders.known import FIGURES
from feedback.leaders.table import Row, all_of, rows
from feedback.models import Report

LISTED: Final = 106
ROW: Final = {
    "key": "3",
    "name": "IT",
    "weeks": 13,
    "at_least": ["new"],
    **{figure.key: None for figure in FIGURES},
    "new": 214,
    "answered": 209,
    "on_time": 0.938,
    "answer_p50": 32_400,
}


class ReportOutput(serializers.Serializer[Report]):
    """One report: the week from `since` to `last`, both included."""

    since = serializers.DateField()
    last = serializers.DateField()
    made_at = serializers.DateTimeField()


class ReportsOutput(serializers.Serializer[Any]):
    """The reports of two years, the newest first."""

    reports = ReportOutput(many=True)


class FiguresInput(serializers.Serializer[Any]):
    """The parameters: a cut, how many whole weeks, and a day of the last of them."""

    by = serializers.ChoiceField(choices=list(BY), default=next(iter(BY)), help_text=_("What makes a row."))
    weeks = serializers.ChoiceField(
        choices=list(LENGTHS), default=USUAL, help_text=_("How many whole weeks.")
    )
    until = serializers.DateField(
        required=False, help_text=_("A day of the last week; without it, the newest.")
    )


class FiguresOutput(serializers.Serializer[Any]):
    """What was asked, the groups that are told of one by one, the others together (`*`), and all of them."""

    by = serializers.CharField()
    to = serializers.DateField(allow_null=True)
    rows = serializers.ListField(
        child=serializers.DictField(),
        help_text=_(
            "Each has key, name, weeks, at_least (counts that leave out hidden weeks), and every figure; null where it is hidden."
        ),
    )
    all = serializers.DictField()
    all_before = serializers.DictField(help_text=_("The same, of as many weeks before."))

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add the first day, whose name is a word of Python."""
        return {**super().get_fields(), "from": serializers.DateField(allow_null=True)}


class ReportsApi(ApiView):
    """`/api/v1/feedback/reports/`."""

    reads = Scope.FEEDBACK_READ
    permission = "feedback.read_reports"

    @extend_schema(
        summary=_("List the reports to the leaders"),
        description=_("One for every week, with figures that no longer change."),
        responses=ReportsOutput,
        examples=[
            OpenApiExample(
                "reports",
                {
                    "reports": [
                        {"since": "2026-11-16", "last": "2026-11-22", "made_at": "2026-11-23T00:10:00+08:00"}
                    ]
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """Answer {"reports": [{since, last, made_at}]}."""
        found = Report.objects.order_by("-since").defer("figures")[:LISTED]
        return Response({"reports": ReportOutput(found, many=True).data})


class FiguresApi(ApiView):
    """`/api/v1/feedback/reports/figures/`."""

    reads = Scope.FEEDBACK_READ
    permission = "feedback.read_reports"

    def known_parameters(self) -> Collection[str]:
        """Name what can be asked."""
        return FiguresInput().fields.keys()

    @extend_schema(
        summary=_("Ask for figures of feedback"),
        description=_(
            "Whole weeks added up by department, category or site. Fewer than five are never told of, nor can they be computed."
        ),
        parameters=[
            FiguresInput,
            OpenApiParameter("by", str, enum=list(BY), description=_("What makes a row.")),
            OpenApiParameter("weeks", int, enum=list(LENGTHS), description=_("How many whole weeks.")),
        ],
        responses=FiguresOutput,
        examples=[
            OpenApiExample(
                "figures",
                {
                    "by": "department",
                    "from": "2026-08-24",
                    "to": "2026-11-22",
                    "rows": [ROW],
                    "all": {**ROW, "key": "", "name": "All"},
                    "all_before": {**ROW, "key": "", "name": "All"},
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """Answer {"by", "from", "to", "rows", "all", "all_before"}."""
        given = FiguresInput(data=request.query_params.dict())
        given.is_valid(raise_exception=True)
        return Response(_answer(asked({"until": None, **given.validated_data})))


def _answer(found: Asked) -> dict[str, Any]:
    return {
        "by": found.by,
        "from": found.period[0].since if found.period else None,
        "to": found.period[-1].last if found.period else None,
        "rows": [_told(one) for one in rows(found.figures, found.by)],
        "all": _told(all_of(found.figures, found.by)),
        "all_before": _told(all_of(found.figures_before, found.by)),
    }


def _told(one: Row) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "weeks": one.weeks,
        "at_least": sorted(one.at_least),
        **one.figures,
    }
