"""The shape of schemes, trials, assessments and scorecards over REST. Figures are in the metric's own unit."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agents.models import Site
from kpi.enums.schemes import ASSESSED_ROLES, GateKind, Weighing
from kpi.facts import GateFacts, GradeFacts, IndicatorFacts, SchemeFacts
from kpi.models import (
    Assessment,
    Checklist,
    Gate,
    Grade,
    Indicator,
    Scheme,
    Trial,
    TrialRow,
)
from kpi.services.schemes import MOST_PARTS

ROLES: Final = [(role.value, role.label) for role in ASSESSED_ROLES]
FIGURE: Final = {"min_value": -(10**9), "max_value": 10**9}


class Worker(serializers.SlugRelatedField[Any]):
    """Somebody, by work number; to be read only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="work_number", read_only=True, **kwargs)


def _points(default: int) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=1000, default=default)


class IndicatorSerializer(serializers.ModelSerializer[Indicator]):
    """An indicator: a metric or a checklist, its weight and the curve from figures to points."""

    metric = serializers.CharField(
        max_length=60, default="", allow_blank=True, help_text=_("Key of a metric; empty with a checklist.")
    )
    checklist = serializers.PrimaryKeyRelatedField(
        queryset=Checklist.objects.all(), allow_null=True, default=None
    )
    weighing = serializers.ChoiceField(Weighing.choices, default=Weighing.PRIMARY)
    weight = serializers.IntegerField(min_value=1, max_value=100)
    threshold = serializers.FloatField(**FIGURE)
    target = serializers.FloatField(**FIGURE)
    stretch = serializers.FloatField(**FIGURE)
    threshold_points = _points(60)
    target_points = _points(100)
    stretch_points = _points(120)

    class Meta:
        model = Indicator
        fields = (
            "metric", "checklist", "weighing", "weight", "threshold", "target", "stretch",
            "threshold_points", "target_points", "stretch_points",
        )  # fmt: skip


class GradeSerializer(serializers.ModelSerializer[Grade]):
    """A grade from a score on."""

    at_least = serializers.DecimalField(5, 1, min_value=0)
    factor = serializers.DecimalField(4, 2, min_value=0, default="1.00")

    class Meta:
        model = Grade
        fields = ("name", "at_least", "factor")


class GateSerializer(serializers.ModelSerializer[Gate]):
    """What caps the grade."""

    kind = serializers.ChoiceField(GateKind.choices)
    count = serializers.IntegerField(min_value=1, max_value=100, default=1)

    class Meta:
        model = Gate
        fields = ("kind", "count", "cap")


class WriteSchemeSerializer(serializers.Serializer[Any]):
    """All that a version says."""

    name = serializers.CharField(max_length=80)
    note = serializers.CharField(max_length=2000, default="", allow_blank=True)
    team_share = serializers.IntegerField(
        min_value=0, max_value=100, default=0, help_text=_("In per cent, of each indicator's points.")
    )
    indicators = serializers.ListField(child=IndicatorSerializer(), max_length=MOST_PARTS)
    grades = serializers.ListField(child=GradeSerializer(), max_length=MOST_PARTS)
    gates = serializers.ListField(child=GateSerializer(), max_length=MOST_PARTS, default=list)

    @property
    def facts(self) -> SchemeFacts:
        """Return the valid parameters as facts."""
        given = dict(self.validated_data)
        given.pop("role", None)
        return SchemeFacts(
            indicators=[IndicatorFacts(**one) for one in given.pop("indicators")],
            grades=[GradeFacts(**one) for one in given.pop("grades")],
            gates=[GateFacts(**one) for one in given.pop("gates")],
            **given,
        )


class NewSchemeSerializer(WriteSchemeSerializer):
    """A new version of a role's scheme."""

    role = serializers.ChoiceField(ROLES)


class SchemeSerializer(serializers.ModelSerializer[Scheme]):
    """A version of a scheme. `since` is its first month, `until` the first month of the next version."""

    indicators = IndicatorSerializer(many=True)
    grades = GradeSerializer(many=True)
    gates = GateSerializer(many=True)
    since = serializers.DateField(allow_null=True)
    until = serializers.SerializerMethodField(allow_null=True)
    made_by = Worker()
    adopted_by = Worker(allow_null=True)

    class Meta:
        model = Scheme
        fields = (
            "id", "role", "number", "name", "note", "team_share", "state", "since", "until", "indicators",
            "grades", "gates", "made_by", "made_at", "adopted_by", "adopted_at",
        )  # fmt: skip

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_until(self, scheme: Scheme) -> Any:
        """Return the first month in which it no longer holds."""
        return scheme.period.upper if scheme.period else None


class AdoptSchemeSerializer(serializers.Serializer[Any]):
    """From which month on a version holds."""

    since = serializers.DateField(help_text=_("Any day of the first month."))


class NewTrialSerializer(serializers.Serializer[Any]):
    """The months of a trial, named by any of their days, and where."""

    first_month = serializers.DateField()
    last_month = serializers.DateField()
    site = serializers.SlugRelatedField(
        "code", queryset=Site.objects.all(), allow_null=True, default=None, help_text=_("Null: all sites.")
    )


class TrialSerializer(serializers.ModelSerializer[Trial]):
    """A trial; it is being computed while `finished_at` is null."""

    site = serializers.CharField(source="site.code", default=None)
    by = Worker()

    class Meta:
        model = Trial
        fields = ("id", "scheme", "site", "first_month", "last_month", "by", "at", "job", "finished_at")


class TrialRowSerializer(serializers.ModelSerializer[TrialRow]):
    """Somebody in a trial: mean scores of the months, grades of the last."""

    person = Worker()

    class Meta:
        model = TrialRow
        fields = (
            "trial", "person", "team", "months", "now_score", "draft_score", "change", "now_grade",
            "draft_grade",
        )  # fmt: skip


class NewAssessmentSerializer(serializers.Serializer[Any]):
    """What is to be computed."""

    site = serializers.SlugRelatedField("code", queryset=Site.objects.select_related("calendar"))
    role = serializers.ChoiceField(ROLES)
    month = serializers.DateField(help_text=_("Any day of the month."))


class ComputingSerializer(serializers.Serializer[Any]):
    """The job that computes."""

    job = serializers.IntegerField(source="pk", help_text=_("Number of the job."))


class AssessmentSerializer(serializers.ModelSerializer[Assessment]):
    """A month of a role at a site."""

    site = serializers.CharField(source="site.code")
    computed_by = Worker(allow_null=True)
    published_by = Worker(allow_null=True)
    approved_by = Worker(allow_null=True)
    locked_by = Worker(allow_null=True)

    class Meta:
        model = Assessment
        fields = (
            "id", "site", "role", "month", "scheme", "state", "computed_by", "computed_at", "published_by",
            "published_at", "appeal_until", "approved_by", "approved_at", "locked_by", "locked_at",
        )  # fmt: skip


class ReopenAssessmentSerializer(serializers.Serializer[Any]):
    """Why an approval is taken back."""

    reason = serializers.CharField(max_length=300)
