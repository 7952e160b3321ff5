"""The shape of changes, open shifts and personal rules over REST."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agents.api.fields import Day, Until, WorksHereField
from shifts.api.leave_serializers import WorkNumber
from shifts.enums import ChangeKind, WishKind
from shifts.models import Change, Pattern, Shift, Wish
from shifts.moving import Times
from shifts.services.wishes import Rule


class ChangeSerializer(serializers.ModelSerializer[Change]):
    """A change. The times of both shifts are those that were agreed on."""

    person = WorkNumber(help_text=_("Who asked."))
    colleague = WorkNumber(allow_null=True)
    shift = serializers.IntegerField(source="shift_id")
    other_shift = serializers.IntegerField(source="other_shift_id", allow_null=True)
    decided_by = WorkNumber(allow_null=True)
    filed_by = WorkNumber(allow_null=True)
    due_at = serializers.DateTimeField(help_text=_("From then on it can no longer be agreed to."))

    class Meta:
        model = Change
        fields = (
            "id",
            "kind",
            "state",
            "person",
            "colleague",
            "shift",
            "starts_at",
            "ends_at",
            "other_shift",
            "other_starts_at",
            "other_ends_at",
            "new_starts_at",
            "new_ends_at",
            "reason",
            "asked_at",
            "due_at",
            "accepted_at",
            "decided_by",
            "decided_at",
            "decision",
            "filed_by",
            "filed_at",
        )


class AskChangeSerializer(serializers.Serializer[Any]):
    """What is asked for: each kind has its parts."""

    kind = serializers.ChoiceField(choices=ChangeKind.choices)
    shift = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text=_("The own published shift; to pick up, the open one.")
    )
    other_shift = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, default=None, allow_null=True, help_text=_("For a swap.")
    )
    colleague = WorksHereField(default=None, allow_null=True)
    new_starts_at = serializers.DateTimeField(
        default=None, allow_null=True, help_text=_("For an extension or a flexible hour.")
    )
    new_ends_at = serializers.DateTimeField(
        default=None, allow_null=True, help_text=_("For an extension or a flexible hour.")
    )
    reason = serializers.CharField(max_length=300, default="", allow_blank=True)

    def given(self) -> dict[str, Any]:
        """Return what the service is given, beside the actor and the instant."""
        asked = self.validated_data
        since, until = asked["new_starts_at"], asked["new_ends_at"]
        return {
            "kind": ChangeKind(asked["kind"]),
            "shift_id": asked["shift"],
            "other_shift_id": asked["other_shift"],
            "colleague": asked["colleague"],
            "times": Times(since, until) if since and until else None,
            "reason": asked["reason"],
        }


class ApproveChangeSerializer(serializers.Serializer[Any]):
    """What is said with an approval."""

    decision = serializers.CharField(max_length=300, default="", allow_blank=True)


class RefuseChangeSerializer(serializers.Serializer[Any]):
    """Why a change is refused."""

    decision = serializers.CharField(max_length=300)


class OpenShiftSerializer(serializers.ModelSerializer[Shift]):
    """A published shift that is nobody's yet."""

    pattern = serializers.CharField(
        source="pattern.code", default=None, allow_null=True, help_text=_("Code; null where it has none.")
    )
    skill = serializers.CharField(
        source="skill.code", default=None, allow_null=True, help_text=_("Code; null where it asks for none.")
    )
    starts_at = serializers.DateTimeField(source="published_starts_at")
    ends_at = serializers.DateTimeField(source="published_ends_at")
    obstacles = serializers.ListField(
        source="why", child=serializers.CharField(), help_text=_("What keeps the caller from taking it.")
    )

    class Meta:
        model = Shift
        fields = ("id", "day", "starts_at", "ends_at", "pattern", "skill", "obstacles")


class OfferSerializer(serializers.Serializer[Any]):
    """A colleague's shift for which the own one could be swapped."""

    other_shift = serializers.IntegerField(source="shift")
    colleague = serializers.CharField(source="number", help_text=_("Work number."))
    day = serializers.DateField(source="span.day")
    starts_at = serializers.DateTimeField(source="span.starts_at")
    ends_at = serializers.DateTimeField(source="span.ends_at")


class OffersSerializer(serializers.Serializer[Any]):
    """What could be asked for."""

    results = OfferSerializer(many=True)


class ColleagueSerializer(serializers.Serializer[Any]):
    """A colleague who could work the own shift."""

    colleague = serializers.CharField(source="work_number", help_text=_("Work number."))
    name = serializers.CharField()


class ColleaguesSerializer(serializers.Serializer[Any]):
    """Who could be asked."""

    results = ColleagueSerializer(many=True)


class ObstacleSerializer(serializers.Serializer[Any]):
    """Something that stands against a change."""

    code = serializers.CharField(help_text=_("Stable, for programs."))
    person = serializers.CharField(
        source="number", allow_null=True, help_text=_("Work number; null where it is the site's.")
    )
    message = serializers.CharField(source="words")


class ObstaclesSerializer(serializers.Serializer[Any]):
    """Everything that stands against a change."""

    results = ObstacleSerializer(many=True)


class WishSerializer(serializers.ModelSerializer[Wish]):
    """A personal rule."""

    person = WorkNumber()
    pattern = serializers.CharField(source="pattern.code", default=None, allow_null=True)
    since = serializers.DateField(source="period.lower")
    until = serializers.DateField(source="period.upper", allow_null=True)
    decided_by = WorkNumber(allow_null=True)
    weekday = serializers.IntegerField(allow_null=True, help_text=_("1 for Monday to 7; null is every day."))

    class Meta:
        model = Wish
        fields = (
            "id",
            "person",
            "kind",
            "weekday",
            "time",
            "pattern",
            "priority",
            "since",
            "until",
            "reason",
            "state",
            "decided_by",
            "decided_at",
        )


class AskWishSerializer(serializers.Serializer[Any]):
    """A personal rule that is asked for; times are of the caller's site."""

    kind = serializers.ChoiceField(choices=WishKind.choices)
    weekday = serializers.IntegerField(
        min_value=1,
        max_value=7,
        default=None,
        allow_null=True,
        help_text=_("1 for Monday to 7; null is every day."),
    )
    time = serializers.TimeField(default=None, allow_null=True)
    pattern = serializers.CharField(
        max_length=8, default=None, allow_null=True, help_text=_("Code of a pattern of the own site.")
    )
    priority = serializers.IntegerField(
        min_value=1, max_value=3, default=2, help_text=_("1 is the strongest.")
    )
    since = Day()
    until = Until()
    reason = serializers.CharField(max_length=200, default="", allow_blank=True)

    def validate_pattern(self, code: str | None) -> Pattern | None:
        """Return the pattern."""
        if code is None:
            return None
        site = self.context["person"].site_id
        found: Pattern | None = Pattern.objects.filter(site=site, code=code, is_active=True).first()
        if found is None:
            raise serializers.ValidationError(_("Your site has no such pattern."), code="unknown")
        return found

    def given(self) -> dict[str, Any]:
        """Return what the service is given, beside the actor and the instant."""
        asked = dict(self.validated_data)
        rest = {name: asked.pop(name) for name in ("since", "until", "reason")}
        return {"rule": Rule(**{**asked, "kind": WishKind(asked["kind"])}), **rest}
