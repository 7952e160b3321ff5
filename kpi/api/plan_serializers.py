"""The shape of checklists, ratings, interviews and aims over REST."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agents.models import User
from kpi.api.scheme_serializers import FIGURE, Worker
from kpi.models import Aim, Checklist, Interview, Rating, Scorecard
from kpi.services.checklists import MOST_POINTS


class SomebodyField(serializers.SlugRelatedField[User]):
    """Somebody who works here, by work number."""

    def __init__(self, **kwargs: Any) -> None:
        people = User.objects.filter(is_active=True).select_related("site__calendar")
        super().__init__(slug_field="work_number", queryset=people, **kwargs)


class NewChecklistSerializer(serializers.Serializer[Any]):
    """A checklist to write."""

    name = serializers.CharField(max_length=80)
    text = serializers.CharField(max_length=2000, default="", allow_blank=True)
    points = serializers.ListField(
        child=serializers.CharField(max_length=200), min_length=1, max_length=MOST_POINTS
    )


class ChecklistSerializer(serializers.ModelSerializer[Checklist]):
    """A checklist with its points in their order."""

    points = serializers.SerializerMethodField()
    made_by = Worker()

    class Meta:
        model = Checklist
        fields = ("id", "name", "text", "points", "is_active", "made_by", "made_at")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_points(self, checklist: Checklist) -> list[str]:
        """Return the points."""
        return [point.text for point in checklist.points.all()]


class NewRatingSerializer(serializers.Serializer[Any]):
    """What the caller saw: for each point of the checklist true, false, or null where it did not apply."""

    checklist = serializers.PrimaryKeyRelatedField(queryset=Checklist.objects.all())
    person = SomebodyField()
    month = serializers.DateField(help_text=_("Any day of the month."))
    marks = serializers.ListField(
        child=serializers.BooleanField(allow_null=True), min_length=1, max_length=MOST_POINTS
    )
    note = serializers.CharField(max_length=2000, default="", allow_blank=True)


class RatingSerializer(serializers.ModelSerializer[Rating]):
    """What one rater saw."""

    person = Worker()
    rater = Worker()
    marks = serializers.ListField(child=serializers.BooleanField(allow_null=True))

    class Meta:
        model = Rating
        fields = ("id", "checklist", "person", "rater", "month", "marks", "note", "at")


class NewInterviewSerializer(serializers.Serializer[Any]):
    """A talk to plan."""

    person = SomebodyField()
    card = serializers.PrimaryKeyRelatedField(
        queryset=Scorecard.objects.all(), allow_null=True, default=None, help_text=_("Scorecard.")
    )
    planned_for = serializers.DateField()
    subject = serializers.CharField(max_length=200)


class InterviewSerializer(serializers.ModelSerializer[Interview]):
    """A talk."""

    person = Worker()
    lead = Worker()

    class Meta:
        model = Interview
        fields = (
            "id",
            "person",
            "lead",
            "card",
            "planned_for",
            "subject",
            "state",
            "made_at",
            "held_on",
            "agreed",
        )


class HoldInterviewSerializer(serializers.Serializer[Any]):
    """What came of a talk."""

    held_on = serializers.DateField()
    agreed = serializers.CharField(max_length=4000)


class NewAimSerializer(serializers.Serializer[Any]):
    """A figure to reach, in the metric's own unit."""

    person = SomebodyField()
    metric = serializers.CharField(max_length=60, help_text=_("Key of a metric."))
    goal = serializers.FloatField(**FIGURE)
    measures = serializers.CharField(max_length=4000)
    since = serializers.DateField()
    until = serializers.DateField()
    interview = serializers.PrimaryKeyRelatedField(
        queryset=Interview.objects.all(), allow_null=True, default=None
    )


class AimSerializer(serializers.ModelSerializer[Aim]):
    """An aim with its figure before and after."""

    person = Worker()
    proposed_by = Worker()
    answered_by = Worker(allow_null=True)

    class Meta:
        model = Aim
        fields = (
            "id", "person", "kind", "metric", "goal", "measures", "since", "until", "interview", "state",
            "proposed_by", "proposed_at", "answered_by", "answered_at", "answer", "before", "after", "settled_at",
        )  # fmt: skip


class AgreeAimSerializer(serializers.Serializer[Any]):
    """What is said with a yes."""

    answer = serializers.CharField(max_length=300, default="", allow_blank=True)


class DeclineAimSerializer(serializers.Serializer[Any]):
    """Why an aim is declined."""

    answer = serializers.CharField(max_length=300)
