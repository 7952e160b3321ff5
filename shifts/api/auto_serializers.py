"""The shape of runs of the auto-roster over REST."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agents.models import Skill, User
from shifts.engine.check import Rule
from shifts.engine.outcome import LONGEST, SHORTEST
from shifts.models import AutoRun, Pattern


class StartRunSerializer(serializers.Serializer[Any]):
    """How a run is to search."""

    roster = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text=_("Number of the roster."))
    seconds = serializers.IntegerField(min_value=SHORTEST, max_value=LONGEST, default=60)
    keep = serializers.BooleanField(
        default=False, help_text=_("Whether every planned shift stays, not only the locked ones.")
    )


class RunSerializer(serializers.ModelSerializer[AutoRun]):
    """A run: how far it is, and how good what it found."""

    asked_by: serializers.SlugRelatedField[User] = serializers.SlugRelatedField("work_number", read_only=True)
    state = serializers.CharField(source="job.state", default=None, allow_null=True, read_only=True)
    draft_short = serializers.IntegerField(
        source="report.draft_short", default=None, allow_null=True, read_only=True
    )

    stopped = serializers.BooleanField(
        source="report.stopped",
        default=False,
        read_only=True,
        help_text=_("Whether somebody ended the search before its time: the result is the best so far."),
    )

    class Meta:
        model = AutoRun
        fields: tuple[str, ...] = (
            "id",
            "roster",
            "asked_by",
            "asked_at",
            "limit_seconds",
            "state",
            "finished_at",
            "seconds",
            "short",
            "draft_short",
            "bound",
            "gap",
            "stopped",
            "taken_at",
        )
        read_only_fields = fields


class ShortSerializer(serializers.Serializer[Any]):
    """Heads missing in a half hour; `possible` is the most there could be if no other time needed them."""

    starts_at = serializers.DateTimeField()
    skill = serializers.CharField(allow_null=True)
    required = serializers.IntegerField()  # type: ignore[assignment]
    present = serializers.IntegerField()
    possible = serializers.IntegerField()


class BrokenWishSerializer(serializers.Serializer[Any]):
    """A personal rule that is broken on a day, and half hours that would be short otherwise."""

    wish = serializers.IntegerField()
    person = serializers.CharField(allow_null=True)
    day = serializers.DateField()
    needed_at = serializers.ListField(child=serializers.DateTimeField())


class BrokenLimitSerializer(serializers.Serializer[Any]):
    """A limit of working time that shifts break which were to stay: minutes, or days for days in a row."""

    person = serializers.CharField(allow_null=True)
    rule = serializers.ChoiceField(choices=[Rule.OVERLAP, Rule.REST, Rule.ROW, Rule.WEEK])
    day = serializers.DateField()
    found = serializers.IntegerField()
    limit = serializers.IntegerField()


class ProposedSerializer(serializers.Serializer[Any]):
    """A shift that is proposed."""

    person = serializers.CharField(allow_null=True)
    day = serializers.DateField()
    pattern = serializers.CharField(allow_null=True)
    skill = serializers.CharField(allow_null=True)


class FullRunSerializer(RunSerializer):
    """A run with what is short, the personal rules and limits broken, and the shifts proposed."""

    shortages = ShortSerializer(many=True, read_only=True)
    broken_wishes = BrokenWishSerializer(many=True, read_only=True)
    broken_limits = BrokenLimitSerializer(many=True, read_only=True)
    proposed = ProposedSerializer(many=True, read_only=True)

    class Meta(RunSerializer.Meta):
        fields = (*RunSerializer.Meta.fields, "shortages", "broken_wishes", "broken_limits", "proposed")
        read_only_fields = fields

    def to_representation(self, run: AutoRun) -> dict[str, Any]:
        """Return the run, its people, patterns and skills by the names they are known by."""
        wishes, limits, shifts = run.report.get("wishes", []), run.report.get("rules", []), run.shifts
        named = [row[1] for row in wishes] + [row[0] for row in (*limits, *shifts)]
        people = _names(User, "work_number", named)
        patterns = _names(Pattern, "code", [row[2] for row in shifts])
        skills = dict(Skill.objects.values_list("pk", "code"))
        told = RunSerializer(run).data
        told["shortages"] = [
            {
                "starts_at": at,
                "skill": skills.get(skill),
                "required": required,
                "present": present,
                "possible": possible,
            }
            for at, skill, required, present, possible in run.report.get("short", [])
        ]
        told["broken_wishes"] = [
            {"wish": key, "person": people.get(person), "day": day, "needed_at": [at for at, _skill in cells]}
            for key, person, day, cells in wishes
        ]
        told["broken_limits"] = [
            {"person": people.get(person), "rule": rule, "day": day, "found": found, "limit": limit}
            for person, rule, day, found, limit in limits
        ]
        told["proposed"] = [
            {
                "person": people.get(person),
                "day": day,
                "pattern": patterns.get(pattern),
                "skill": skills.get(skill),
            }
            for person, day, pattern, skill, _breaks in shifts
        ]
        return told


def _names(model: Any, field: str, keys: list[int]) -> dict[int, str]:
    return dict(model.objects.filter(pk__in=set(keys)).values_list("pk", field))


class DroppedSerializer(serializers.Serializer[Any]):
    """Which run is gone."""

    id = serializers.IntegerField()
