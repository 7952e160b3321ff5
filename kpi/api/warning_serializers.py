"""The shape of early warnings over REST, with an example of each."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kpi.enums.warnings import DeedKind
from kpi.models import EarlyWarning, WarningDeed, WarningReading
from kpi.selectors.warnings import effect

DEED: Final[dict[str, Any]] = {
    "kind": "helped",
    "note": "Sat with two new agents.",
    "done_by": "1101",
    "done_at": "2026-11-18T11:40:00+08:00",
}
WARNING: Final[dict[str, Any]] = {
    "id": 41,
    "kind": "team",
    "site": "harbour",
    "team": 4,
    "agent": None,
    "metric": "handle_time_p90",
    "severity": 2,
    "is_out": True,
    "since": "2026-11-18T11:00:00+08:00",
    "raised_at": "2026-11-18T11:21:00+08:00",
    "value": 371.0,
    "calls": 34,
    "middle": 262.0,
    "low": 192.0,
    "high": 332.0,
    "limit": 300.0,
    "sample": 12,
    "target": 300.0,
    "closed_at": None,
    "ending": "",
    "reason": "",
    "deeds": [DEED],
}
READING: Final[dict[str, Any]] = {
    "at": "2026-11-18T11:00:00+08:00",
    "value": 371.0,
    "calls": 34,
    "middle": 262.0,
    "low": 192.0,
    "high": 332.0,
    "limit": 300.0,
    "sample": 12,
    "target": 300.0,
    "severity": 2,
    "finished": True,
}
PART: Final[dict[str, Any]] = {"intervals": 2, "calls": 66, "out": 2, "value": 365.0}
COURSE: Final[dict[str, Any]] = {
    **WARNING,
    "readings": [READING],
    "effect": {
        "before": PART,
        "after": {"intervals": 1, "calls": 30, "out": 0, "value": 281.0},
        "summed": False,
    },
}


class WarningDeedSerializer(serializers.ModelSerializer[WarningDeed]):
    """What somebody did about a warning."""

    done_by = serializers.CharField(source="done_by.work_number")

    class Meta:
        model = WarningDeed
        fields = ("kind", "note", "done_by", "done_at")


class WarningReadingSerializer(serializers.ModelSerializer[WarningReading]):
    """The figure of one interval, the band that was usual for it, and how it was judged (0: usual)."""

    class Meta:
        model = WarningReading
        fields: tuple[str, ...] = tuple(READING)


class EarlyWarningSerializer(serializers.ModelSerializer[EarlyWarning]):
    """A figure that left what is usual: `middle` with its band from `low` to `high`, out of `sample` past values.

    What is worse than `limit` is out. All of it is of the latest interval.
    """

    site = serializers.CharField(source="site.code")
    team = serializers.IntegerField(source="team_id", allow_null=True)
    agent = serializers.CharField(source="agent.work_number", default=None, help_text=_("Work number."))
    deeds = WarningDeedSerializer(many=True)

    class Meta:
        model = EarlyWarning
        fields: tuple[str, ...] = tuple(WARNING)


class PartSerializer(serializers.Serializer[Any]):
    """Some intervals together; `out` is how many of them were not usual."""

    intervals = serializers.IntegerField()
    calls = serializers.IntegerField()
    out = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)


class EffectSerializer(serializers.Serializer[Any]):
    """Before and after the first deed. Without `summed`, the figure is that of the middle interval."""

    before = PartSerializer()
    after = PartSerializer()
    summed = serializers.BooleanField()


class WarningCourseSerializer(EarlyWarningSerializer):
    """The same with every interval, and whether what was done helped."""

    readings = WarningReadingSerializer(many=True)
    effect = serializers.SerializerMethodField()

    class Meta(EarlyWarningSerializer.Meta):
        fields = (*EarlyWarningSerializer.Meta.fields, "readings", "effect")

    def get_effect(self, row: EarlyWarning) -> EffectSerializer:
        """Return what the deeds did."""
        return EffectSerializer(effect(row)).data  # type: ignore[return-value] # read by the schema


class NewDeedSerializer(serializers.Serializer[Any]):
    """What was done; `other` needs a note."""

    kind = serializers.ChoiceField(DeedKind.choices)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class CloseWarningSerializer(serializers.Serializer[Any]):
    """Why it is over."""

    reason = serializers.CharField(max_length=300)
