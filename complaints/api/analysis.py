"""The analysis of causes over REST."""

from collections.abc import Collection
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.utils import translate_validation
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView
from complaints.analysis import figures
from complaints.enums import Channel, Tier
from complaints.filters import AnalysisFilter
from complaints.forms.analysis import asked, period


def _part(name: str, /, *, many: bool = False, **fields: type[serializers.Field[Any, Any, Any, Any]]) -> Any:
    """Return a part of the answer: its fields by name, each of which can be null."""
    made = {field: kind(allow_null=True) for field, kind in fields.items()}
    return inline_serializer(f"Analysis{name}", fields=made, many=many)


TEXT, NUMBER, SECONDS = serializers.CharField, serializers.IntegerField, serializers.FloatField
TOTAL = dict.fromkeys(
    ("received", "valid", "resolved", "late", "in_time", "in_time_with_pauses", "paused"), NUMBER
)
STATES = dict.fromkeys(("planned", "overdue", "done", "holds", "failed"), NUMBER)


class LastedSerializer(serializers.Serializer[Any]):
    """Working seconds until the solution, by half and by nine in ten."""

    without_pauses = with_pauses = _part("Quantiles", p50=SECONDS, p90=SECONDS)


class CustomersSerializer(serializers.Serializer[Any]):
    """Who complained more than once: how many, how many complaints, and the first twenty, masked."""

    people = serializers.IntegerField()
    complaints = serializers.IntegerField()
    most = _part("Customer", many=True, name=TEXT, contact=TEXT, received=NUMBER)


class StaffSerializer(serializers.Serializer[Any]):
    """About whom there was more than one complaint: how many, how many complaints, and the first twenty."""

    people = serializers.IntegerField()
    complaints = serializers.IntegerField()
    most = _part("Staff", many=True, work_number=TEXT, name=TEXT, received=NUMBER, valid=NUMBER)


class AnalysisSerializer(serializers.Serializer[Any]):
    """The figures of an analysis; lengths of time are working seconds."""

    until = serializers.DateField()
    grain = serializers.ChoiceField(["day", "week", "month"], help_text=_("The interval of the trend."))
    total = _part("Total", **TOTAL, paused_seconds=SECONDS)
    causes = _part("Cause", many=True, code=TEXT, name=TEXT, above=TEXT, received=NUMBER, valid=NUMBER)
    trend = _part("Interval", many=True, slot=TEXT, received=NUMBER, valid=NUMBER, late=NUMBER)
    lasted = LastedSerializer()
    stages = _part("Stage", many=True, kind=TEXT, clocks=NUMBER, breached=NUMBER)
    levels = _part("Level", many=True, level=NUMBER, clocks=NUMBER)
    customers = CustomersSerializer()
    staff = StaffSerializer()
    corrections = _part("Corrections", **STATES)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add what is named by a word of Python."""
        bar = inline_serializer(
            "AnalysisBar",
            many=True,
            fields={
                "from": NUMBER(help_text=_("Working hours.")),
                "until": NUMBER(allow_null=True),
                "resolved": NUMBER(),
            },
        )
        more = {"from": serializers.DateField(), "spread": bar}
        return {**super().get_fields(), **more}


EXAMPLE: Final = OpenApiExample(
    "analysis",
    {
        "from": "2026-11-01",
        "until": "2026-11-30",
        "grain": "day",
        "total": {**dict.fromkeys(TOTAL, 0), "received": 12, "valid": 7, "paused_seconds": 0},
        "causes": [
            {"code": "billing-refund", "name": "Late refunds", "above": "Billing", "received": 5, "valid": 4}
        ],
        "trend": [{"slot": "2026-11-01", "received": 2, "valid": 1, "late": 0}],
        "lasted": {
            "without_pauses": {"p50": 21600.0, "p90": 54000.0},
            "with_pauses": {"p50": 25200.0, "p90": 57600.0},
        },
        "spread": [{"from": 0, "until": 1, "resolved": 3}],
        "stages": [{"kind": "response", "clocks": 12, "breached": 1}],
        "levels": [{"level": 1, "clocks": 2}],
        "customers": {
            "people": 1,
            "complaints": 2,
            "most": [{"name": "L**", "contact": "138****5678", "received": 2}],
        },
        "staff": {"people": 0, "complaints": 0, "most": []},
        "corrections": dict.fromkeys(STATES, 0),
    },
    response_only=True,
)


def _day(name: str, words: Any) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "string", "format": "date"}, description=words)


class AnalysisApi(ApiView):
    """`/api/v1/complaints/analysis/`."""

    reads = Scope.COMPLAINTS_READ
    permission = "complaints.analyse"

    def known_parameters(self) -> Collection[str]:
        """Name what an analysis can be limited to."""
        return tuple(AnalysisFilter.base_filters)

    @extend_schema(
        summary=_("Analyse complaints"),
        description=_(
            "Causes, trend, time to resolve, missed clocks, repeats and corrective action, over the complaints that the caller may see. "
            "Without days, those received in the last 90."
        ),
        parameters=[
            _day("received_from", _("First local day of receipt.")),
            _day("received_until", _("Last local day of receipt.")),
            OpenApiParameter("site", str, description=_("Code of a site.")),
            OpenApiParameter("team", int, description=_("Number of a team.")),
            OpenApiParameter("tier", int, enum=Tier.values),
            OpenApiParameter("channel", str, enum=Channel.values),
            OpenApiParameter("cause", str, description=_("Code of a cause; those below it count too.")),
        ],
        responses=AnalysisSerializer,
        examples=[EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        """Answer the figures as they are now."""
        filtered = asked(request.query_params.dict(), request.user, timezone.localdate())
        if not filtered.form.is_valid():
            raise translate_validation(filtered.form.errors)
        return Response(figures(filtered.qs, period(filtered), now=timezone.now()))
