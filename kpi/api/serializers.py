"""The shape of what is asked for and answered over REST."""

from datetime import date, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kpi.families import MOST, Family
from kpi.measures import Metric
from kpi.metrics import REGISTRY
from kpi.selectors import sources
from kpi.selectors.series import FILTERS, FIRST_DAY, GROUPS, INTERVALS, LAST_DAY, MOST_ROWS, Question

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
    project = serializers.CharField(required=False, help_text=_("A project, as the calls name it."))
    channel = serializers.CharField(required=False, help_text=_("A channel, as the calls name it."))
    limit = serializers.IntegerField(
        default=None,
        min_value=1,
        max_value=MOST_ROWS,
        help_text=_("Rows on a page; JSON has a full page where none is given, CSV every row."),
    )
    cursor = serializers.CharField(
        required=False, help_text=_("Where to go on; follow “next” instead of making one.")
    )
    updated_since = serializers.DateTimeField(
        required=False,
        help_text=_("Only intervals that were counted anew since: the watermark of an answer."),
    )
    targets = serializers.BooleanField(
        default=False, help_text=_("Whether each figure has its target beside it, and whether it is met.")
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add the parameters whose names mean something else in a class: a word of Python, an attribute of fields."""
        more: dict[str, serializers.Field[Any, Any, Any, Any]] = {
            "from": _day(),
            "source": serializers.CharField(required=False, help_text=_("Name of a source.")),
            "format": serializers.ChoiceField(
                ["json", "csv"], required=False, help_text=_("Instead of the header Accept.")
            ),
        }
        return {**super().get_fields(), **more}

    def question(self) -> Question:
        """Return the valid parameters as a question; without dates, the last 28 days."""
        given = self.validated_data
        end: date = given.get("to") or timezone.localdate()
        return Question(
            metrics=_with_counts([key.strip() for key in given["metrics"].split(",") if key.strip()]),
            start=given.get("from") or max(FIRST_DAY, end - timedelta(days=DEFAULT_DAYS - 1)),
            end=end,
            group_by=given["group_by"],
            interval=given["interval"],
            filters=tuple((name, given[name]) for name in FILTERS if name in given),
        )


def _with_counts(keys: list[str]) -> list[str]:
    """Return the metrics, and on how many calls each percentile among them rests."""
    counts = (REGISTRY[key].counted_by for key in keys if key in REGISTRY)
    return list(dict.fromkeys((*keys, *(count for count in counts if count))))


class SeriesOutput(serializers.Serializer[Any]):
    """What was asked, and the rows that answer it."""

    metrics = serializers.ListField(child=serializers.CharField())
    group_by = serializers.CharField()
    interval = serializers.CharField()
    to = serializers.DateField()
    watermark = serializers.DateTimeField(help_text=_("What to ask updated_since from the next time."))
    waiting = serializers.IntegerField(
        help_text=_("Half hours that have changed and are not counted anew yet.")
    )
    replaces = serializers.ListField(
        child=serializers.CharField(),
        allow_null=True,
        help_text=_(
            "With updated_since, on the first page: the intervals whose rows all take the place of the known ones."
        ),
    )
    next = serializers.CharField(allow_null=True, help_text=_("Address of the next page; null at the end."))
    rows = serializers.ListField(
        child=serializers.DictField(),
        help_text=_("Each has group, label, interval, every metric by its key, and its target if asked for."),
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
    percentile_of = serializers.CharField(
        source="counted_by",
        help_text=_("The metric that counts the calls of a percentile; empty for any other."),
    )
    groups = serializers.SerializerMethodField(help_text=_("What it can be grouped by."))
    intervals = serializers.SerializerMethodField(help_text=_("The intervals at which it is known."))

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add where it comes from, whose name means something else in a class."""
        where = serializers.CharField(help_text=_("calls, complaints, feedback or shifts."))
        return {**super().get_fields(), "source": where}

    def get_groups(self, metric: Metric) -> list[str]:
        """Return what it can be grouped by."""
        return list(sources.GROUPS.get(metric.source, GROUPS))

    def get_intervals(self, metric: Metric) -> list[str]:
        """Return the intervals at which it is known."""
        return list(sources.INTERVALS.get(metric.source, INTERVALS))


class FamilyOutput(serializers.Serializer[Family]):
    """Metrics that differ in a threshold only."""

    key = serializers.CharField(
        help_text=_("Their keys: {rule} is A, B, C, D or E, {seconds} a whole number.")
    )
    name = serializers.CharField()
    least = serializers.IntegerField(default=0, help_text=_("The shortest threshold, seconds."))
    most = serializers.IntegerField(default=MOST, help_text=_("The longest threshold, seconds."))


class MetricsOutput(serializers.Serializer[Any]):
    """The registry."""

    metrics = MetricOutput(many=True)
    families = FamilyOutput(many=True)
