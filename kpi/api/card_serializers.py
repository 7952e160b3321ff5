"""The shape of scorecards and appeals over REST. Figures are in the metric's own unit."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kpi.api.scheme_serializers import FIGURE, Worker
from kpi.enums.schemes import AppealState, GateKind
from kpi.models import Appeal, Indicator, Scorecard, ScoreLine


class AppealSerializer(serializers.ModelSerializer[Appeal]):
    """An appeal and its decision."""

    decided_by = Worker(allow_null=True)

    class Meta:
        model = Appeal
        fields = (
            "text", "at", "state", "decided_by", "decided_at", "decision", "indicator", "figure", "lifts_gates",
        )  # fmt: skip


class CapSerializer(serializers.Serializer[Any]):
    """What caps a grade."""

    kind = serializers.ChoiceField(GateKind.choices)
    count = serializers.IntegerField()
    cap = serializers.CharField()
    events = serializers.ListField(child=serializers.CharField(), help_text=_("References."))


class CardSerializer(serializers.ModelSerializer[Scorecard]):
    """A scorecard as lists show it. `known` is the part of the weight, in per cent, that the score rests on."""

    site = serializers.CharField(source="assessment.site.code")
    role = serializers.CharField(source="assessment.role")
    month = serializers.DateField(source="assessment.month")
    state = serializers.CharField(source="assessment.state")
    person = Worker()
    caps = CapSerializer(many=True)

    class Meta:
        model = Scorecard
        fields: tuple[str, ...] = (
            "id", "assessment", "site", "role", "month", "state", "person", "team", "score", "known", "grade",
            "earned", "caps",
        )  # fmt: skip


class ScoreLineSerializer(serializers.ModelSerializer[ScoreLine]):
    """What one indicator brought."""

    metric = serializers.CharField(source="indicator.metric")
    checklist = serializers.IntegerField(source="indicator.checklist_id", allow_null=True)
    weight = serializers.IntegerField(source="indicator.weight")
    facts = serializers.DictField()

    class Meta:
        model = ScoreLine
        fields = (
            "indicator", "metric", "checklist", "weight", "own", "group", "own_points", "group_points", "points",
            "facts",
        )  # fmt: skip


class ScorecardSerializer(CardSerializer):
    """A scorecard with every line, and the appeal against it."""

    lines = ScoreLineSerializer(many=True)
    appeal = serializers.SerializerMethodField(allow_null=True)

    class Meta(CardSerializer.Meta):
        fields = (*CardSerializer.Meta.fields, "lines", "appeal")

    @extend_schema_field(AppealSerializer(allow_null=True))
    def get_appeal(self, card: Scorecard) -> Any:
        """Return the appeal, if one was made."""
        return AppealSerializer(card.appeal).data if hasattr(card, "appeal") else None


class AppealScoreSerializer(serializers.Serializer[Any]):
    """What is wrong with the own scorecard."""

    text = serializers.CharField(max_length=4000)


class DecideScoreSerializer(serializers.Serializer[Any]):
    """How an appeal is decided, and what a granted one puts right."""

    state = serializers.ChoiceField([AppealState.GRANTED, AppealState.REJECTED])
    decision = serializers.CharField(max_length=4000)
    indicator = serializers.PrimaryKeyRelatedField(
        queryset=Indicator.objects.select_related("checklist"), allow_null=True, default=None
    )
    figure = serializers.FloatField(
        **FIGURE, allow_null=True, default=None, help_text=_("Null: the indicator does not count.")
    )
    lifts_gates = serializers.BooleanField(default=False)
