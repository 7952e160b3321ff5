"""The shape of what is asked for and answered over REST."""

from datetime import date, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kpi.measures import Metric
from kpi.selectors import FILTERS, FIRST_DAY, LAST_DAY, Question

DEFAULT_METRICS = "offered,answered,answer_rate"
DEFAULT_DAYS = 28


def _day() -> serializers.DateField:
    return serializers.DateField(
        required=False, validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
    )


class QuestionInput(serializers.Serializer[Any]):
    """The parameters of a series; `from` and `to` are local dates of the sites, both included."""

    metrics = serializers.CharField(default=DEFAULT_METRICS)
    group_by = serializers.CharField(default="none")
    interval = serializers.CharField(default="none")
    to = _day()
    site = serializers.CharField(required=False)
    team = serializers.CharField(required=False)
    agent = serializers.CharField(required=False)
    queue = serializers.CharField(required=False)
    topic = serializers.CharField(required=False)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add the parameters whose names mean something else in a class: a word of Python, an attribute of fields."""
        more: dict[str, serializers.Field[Any, Any, Any, Any]] = {
            "from": _day(),
            "source": serializers.CharField(required=False),
        }
        return {**super().get_fields(), **more}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse parameters that nobody reads: a misspelt one would silently change the answer."""
        unknown = sorted(set(self.initial_data) - set(self.fields))
        if unknown:
            raise serializers.ValidationError({name: _("There is no such parameter.") for name in unknown})
        return attrs

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


class MetricOutput(serializers.Serializer[Metric]):
    """One metric of the registry."""

    key = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    formula = serializers.CharField()
    more_is_better = serializers.BooleanField(allow_null=True)
    cannot_say = serializers.CharField()
    rule = serializers.CharField()
