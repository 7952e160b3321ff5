"""The shape of what is asked for and answered over REST."""

from datetime import date, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kpi.measures import Metric
from kpi.selectors.series import FILTERS, FIRST_DAY, LAST_DAY, Question

DEFAULT_METRICS = "offered,answered,answer_rate"
DEFAULT_DAYS = 28


def _day() -> serializers.DateField:
    limits = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
    return serializers.DateField(
        required=False, validators=limits, help_text=_("Local date of the sites, included.")
    )


class QuestionInput(serializers.Serializer[Any]):
    """The parameters of a series; `from` and `to` are local dates of the sites, both included."""

    metrics = serializers.CharField(
        default=DEFAULT_METRICS, help_text=_("Keys of metrics, with commas in between.")
    )
    group_by = serializers.CharField(default="none", help_text=_("What makes a row."))
    interval = serializers.CharField(default="none", help_text=_("What time makes a row."))
    to = _day()
    site = serializers.CharField(required=False, help_text=_("Code of a site."))
    team = serializers.CharField(required=False, help_text=_("Number of a team."))
    agent = serializers.CharField(required=False, help_text=_("Work number, or the name in the file."))
    queue = serializers.CharField(required=False, help_text=_("Code of a queue, or its name in the file."))
    topic = serializers.CharField(required=False, help_text=_("A topic, as the calls name it."))

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add the parameters whose names mean something else in a class: a word of Python, an attribute of fields."""
        more: dict[str, serializers.Field[Any, Any, Any, Any]] = {
            "from": _day(),
            "source": serializers.CharField(required=False, help_text=_("Name of a source.")),
        }
        return {**super().get_fields(), **more}

    def question(self) -> Question:
        """Return the valid parameters as a question; without dates, the last 28 days."""
        given = self.validated_data
        end: date = given.get("to") or timezone.localdate()
        return Question(
            metrics=[key.strip() for key in given["metrics"].split(",") if key.strip()],
            start=given.get("from") or max(FIRST_DAY, end - timedelta(days=DEFAULT_DAYS - 1)),
            end=end,
            group_by=given["group_by"],
            interval=given["interval"],
            filters=tuple((name, given[name]) for name in FILTERS if name in given),
        )


class SeriesOutput(serializers.Serializer[Any]):
    """What was asked, and the rows that answer it."""

    metrics = serializers.ListField(child=serializers.CharField())
    group_by = serializers.CharField()
    interval = serializers.CharField()
    to = serializers.DateField()
    rows = serializers.ListField(
        child=serializers.DictField(),
        help_text=_("Each has group, label, interval, and every metric by its key."),
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add the first day, whose name is a word of Python."""
        return {**super().get_fields(), "from": serializers.DateField()}


class MetricOutput(serializers.Serializer[Metric]):
    """One metric of the registry."""

    key = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    formula = serializers.CharField()
    more_is_better = serializers.BooleanField(allow_null=True)
    target = serializers.FloatField(allow_null=True)
    cannot_say = serializers.CharField()
    rule = serializers.CharField()


class MetricsOutput(serializers.Serializer[Any]):
    """The registry."""

    metrics = MetricOutput(many=True)
