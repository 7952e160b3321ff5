"""Shapes of cover, demand, requirements, goals, forecasts and peak periods over REST."""

from datetime import UTC, datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agents.forms.fields import EARLIEST, LATEST
from agents.models import Site, Skill
from shifts.bounds import LONGEST_HANDLING, MOST_CALLS, MOST_DAYS, MOST_HEADS
from shifts.models import Demand, Peak, PeakTemplate, QueueGoal, Requirement

MOST_ROWS = 20_000
"""Half hours of one request."""


class DemandSerializer(serializers.ModelSerializer[Demand]):
    """What is expected of a queue in a half hour."""

    queue = serializers.CharField(source="queue.code")
    site = serializers.CharField(source="queue.site.code")

    class Meta:
        model = Demand
        fields = ("id", "queue", "site", "starts_at", "calls", "handle_seconds", "origin")


def _day(**kwargs: Any) -> serializers.DateField:
    limits = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    return serializers.DateField(validators=limits, **kwargs)


def _begin() -> serializers.DateTimeField:
    first, last = (datetime(day.year, 1, 1, tzinfo=UTC) for day in (EARLIEST, LATEST))
    limits = [MinValueValidator(first), MaxValueValidator(last)]
    return serializers.DateTimeField(validators=limits, help_text=_("The begin of a half hour."))


class LoadSerializer(serializers.Serializer[Any]):
    """Calls of a half hour; null takes it out."""

    starts_at = _begin()
    calls = serializers.DecimalField(
        max_digits=8, decimal_places=2, min_value=0, max_value=MOST_CALLS, allow_null=True
    )
    handle_seconds = serializers.IntegerField(min_value=1, max_value=LONGEST_HANDLING, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for the handle time of calls."""
        if attrs["calls"] is not None and "handle_seconds" not in attrs:
            raise serializers.ValidationError({"handle_seconds": _("Say how long one is handled.")})
        return attrs


class PutDemandSerializer(serializers.Serializer[Any]):
    """Half hours of a queue."""

    queue = serializers.CharField(max_length=40, help_text=_("Code of the queue."))
    rows = serializers.ListField(child=LoadSerializer(), max_length=MOST_ROWS)


class RequirementSerializer(serializers.ModelSerializer[Requirement]):
    """Heads required at a site in a half hour, of a skill or (null) of everybody."""

    site = serializers.CharField(source="site.code")
    skill = serializers.CharField(source="skill.code", default=None, allow_null=True)

    class Meta:
        model = Requirement
        fields = ("id", "site", "skill", "starts_at", "heads", "origin")


def _site(**kwargs: Any) -> serializers.SlugRelatedField[Any]:
    sites = Site.objects.select_related("calendar")
    return serializers.SlugRelatedField("code", queryset=sites, help_text=_("Code of the site."), **kwargs)


class HeadsSerializer(serializers.Serializer[Any]):
    """Heads of a half hour; null takes it out."""

    starts_at = _begin()
    skill = serializers.CharField(
        max_length=20, allow_null=True, default=None, help_text=_("Code; null is everybody.")
    )
    heads = serializers.IntegerField(min_value=0, max_value=MOST_HEADS, allow_null=True)


class PutRequirementsSerializer(serializers.Serializer[Any]):
    """Heads of a site."""

    site = _site()
    rows = serializers.ListField(child=HeadsSerializer(), max_length=MOST_ROWS)

    def validate_rows(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Put the skills' keys in place of their codes."""
        asked = {row["skill"] for row in rows} - {None}
        known = dict(Skill.objects.filter(code__in=asked).values_list("code", "pk"))
        if unknown := asked - known.keys():
            words = _("There is no skill “%(name)s”.")
            raise serializers.ValidationError(words % {"name": min(unknown)})
        return [{**row, "skill": known.get(row["skill"])} for row in rows]


class ComputeSerializer(serializers.Serializer[Any]):
    """For which days heads are computed."""

    site = _site()
    since = _day()
    until = _day(help_text=_("The day after the last."))


class PutSerializer(serializers.Serializer[Any]):
    """How many half hours were written."""

    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    removed = serializers.IntegerField()
    left = serializers.IntegerField(help_text=_("As they were: the same, or said by people."))


class GoalSerializer(serializers.ModelSerializer[QueueGoal]):
    """How well a queue is to be answered; shares from 0 to 1."""

    queue = serializers.CharField(source="queue.code", read_only=True)
    skill = serializers.SlugRelatedField(
        "code", queryset=Skill.objects.all(), allow_null=True, required=False
    )
    share = serializers.DecimalField(max_digits=4, decimal_places=3, min_value=0, max_value=1)
    shrinkage = serializers.DecimalField(max_digits=4, decimal_places=3, min_value=0, max_value=1)
    occupancy = serializers.DecimalField(max_digits=4, decimal_places=3, min_value=0, max_value=1)
    within_seconds = serializers.IntegerField(min_value=0, max_value=3600)
    patience_seconds = serializers.IntegerField(
        min_value=1, max_value=3600, allow_null=True, required=False, help_text=_("Null is Erlang C.")
    )

    class Meta:
        model = QueueGoal
        fields = ("queue", "skill", "share", "within_seconds", "patience_seconds", "shrinkage", "occupancy")


class AskForecastSerializer(serializers.Serializer[Any]):
    """What to forecast."""

    queue = serializers.CharField(max_length=40)
    first = _day()
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS)


class ForecastErrorSerializer(serializers.Serializer[Any]):
    """How far a forecast of the days held back was off, in shares of the calls that came."""

    first = serializers.DateField()
    days = serializers.IntegerField()
    came = serializers.FloatField()
    expected = serializers.FloatField()
    wape = serializers.FloatField(help_text=_("By half hours."))
    wape_days = serializers.FloatField(help_text=_("By days."))
    bias = serializers.FloatField(help_text=_("Above 0: too many were expected."))
    wape_naive = serializers.FloatField(help_text=_("Of the plainest forecast: as a week before."))


class ForecastLoadSerializer(serializers.Serializer[Any]):
    """What is expected of a half hour."""

    starts_at = serializers.DateTimeField()
    calls = serializers.FloatField()
    handle_seconds = serializers.IntegerField()


class ForecastSerializer(serializers.Serializer[Any]):
    """A forecast: its job, and once that is done what it expects."""

    id = serializers.IntegerField()
    queue = serializers.CharField()
    state = serializers.CharField()
    message = serializers.CharField()
    error = ForecastErrorSerializer(allow_null=True)
    rows = ForecastLoadSerializer(many=True)


class PlaceAskedSerializer(serializers.Serializer[Any]):
    """Of which site, from when until when, as published or as planned."""

    site = _site()
    since = _day()
    until = _day(help_text=_("The day after the last; at most 62 days later."))
    plan = serializers.ChoiceField(choices=["live", "draft"], default="live")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what is no range of days."""
        if not 1 <= (attrs["until"] - attrs["since"]).days <= 62:  # noqa: PLR2004 (as said above)
            raise serializers.ValidationError({"until": _("Ask for 1 to 62 days.")})
        return attrs


class CoverCellSerializer(serializers.Serializer[Any]):
    """Heads of a half hour; the skill null counts everybody at the site."""

    starts_at = serializers.DateTimeField()
    skill = serializers.CharField(allow_null=True)
    required = serializers.IntegerField()  # type: ignore[assignment]
    present = serializers.IntegerField()
    short = serializers.IntegerField()


class CoverGapSerializer(serializers.Serializer[Any]):
    """Half hours in a row that are short."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    skill = serializers.CharField(allow_null=True)
    worst = serializers.IntegerField()
    head_half_hours = serializers.IntegerField()


class CoverSerializer(serializers.Serializer[Any]):
    """Cover."""

    results = CoverCellSerializer(many=True)


class GapsSerializer(serializers.Serializer[Any]):
    """Gaps."""

    results = CoverGapSerializer(many=True)


class PeakSerializer(serializers.ModelSerializer[Peak]):
    """A peak period."""

    site = serializers.CharField(source="site.code")
    first = serializers.DateField(source="period.lower")
    last = serializers.DateField(source="last_day")

    class Meta:
        model = Peak
        fields = (
            "id",
            "site",
            "name",
            "first",
            "last",
            "lunch_from",
            "lunch_to",
            "lunch_heads",
            "weekend_heads",
        )


class ChangePeakSerializer(serializers.Serializer[Any]):
    """What a peak period is to be."""

    name = serializers.CharField(max_length=80)
    first = _day()
    last = _day()
    lunch_from = serializers.TimeField(default="12:00")
    lunch_to = serializers.TimeField(default="13:30")
    lunch_heads = serializers.IntegerField(min_value=0, max_value=MOST_HEADS, default=3)
    weekend_heads = serializers.IntegerField(min_value=0, max_value=MOST_HEADS, default=2)


class NewPeakSerializer(ChangePeakSerializer):
    """A peak period of a site."""

    site = _site()


class EndedPeakSerializer(serializers.Serializer[Any]):
    """What is left of a peak period."""

    last = serializers.DateField(allow_null=True, help_text=_("Its last day; null where it was taken out."))


class StoppedPeaksSerializer(serializers.Serializer[Any]):
    """A site of which no more peak periods are made."""

    site = serializers.CharField()


class PeakTemplateSerializer(serializers.ModelSerializer[PeakTemplate]):
    """The peak period of each month."""

    first_day = serializers.IntegerField(min_value=1, max_value=31)
    last_day = serializers.IntegerField(min_value=1, max_value=31)
    lunch_heads = serializers.IntegerField(min_value=0, max_value=MOST_HEADS)
    weekend_heads = serializers.IntegerField(min_value=0, max_value=MOST_HEADS)

    class Meta:
        model = PeakTemplate
        fields = ("first_day", "last_day", "lunch_heads", "weekend_heads")


class NothingSerializer(serializers.Serializer[Any]):
    """Nothing is asked."""
