"""The shape of leave over REST. Amounts are minutes of working time."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agents.models import User
from callcenter.rest.schema import ErrorSerializer
from shifts.models import Leave, LeaveEntry, LeaveType
from shifts.services.balances import MOST

YEAR = {"min_value": 1970, "max_value": 2199}


class WorkNumber(serializers.SlugRelatedField[User]):
    """Somebody, by work number; to be read only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="work_number", read_only=True, **kwargs)


class TypeField(serializers.SlugRelatedField[LeaveType]):
    """A type of leave, by its code."""

    def __init__(self, *, of: Any = None, **kwargs: Any) -> None:
        types = LeaveType.objects.all() if of is None else of
        super().__init__(slug_field="code", queryset=types, help_text=_("Code of a type of leave."), **kwargs)


class LeaveSerializer(serializers.ModelSerializer[Leave]):
    """A leave."""

    person = WorkNumber()
    type = serializers.CharField(source="type.code", help_text=_("Code of a type of leave."))
    decided_by = WorkNumber(allow_null=True)
    filed_by = WorkNumber(allow_null=True)

    class Meta:
        model = Leave
        fields = (
            "id",
            "person",
            "type",
            "starts_at",
            "ends_at",
            "minutes",
            "state",
            "reason",
            "requested_at",
            "decided_by",
            "decided_at",
            "decision",
            "override_reason",
            "filed_by",
            "filed_at",
        )


class LeaveTimeSerializer(serializers.Serializer[Any]):
    """What is asked for: a type and a time in half hours."""

    type = TypeField(of=LeaveType.objects.filter(is_active=True))
    starts_at = serializers.DateTimeField(help_text=_("On a full or a half hour."))
    ends_at = serializers.DateTimeField(help_text=_("On a full or a half hour."))


class AskLeaveSerializer(LeaveTimeSerializer):
    """A request."""

    reason = serializers.CharField(
        max_length=300, default="", allow_blank=True, help_text=_("Needed in a peak period.")
    )


class ApproveLeaveSerializer(serializers.Serializer[Any]):
    """What is said with an approval."""

    override_reason = serializers.CharField(
        max_length=300,
        default="",
        allow_blank=True,
        help_text=_("Why an exception is made in a peak period, where one is met."),
    )
    decision = serializers.CharField(max_length=300, default="", allow_blank=True)


class RefuseLeaveSerializer(serializers.Serializer[Any]):
    """Why leave is refused."""

    decision = serializers.CharField(max_length=300)


class NothingMoreSerializer(serializers.Serializer[Any]):
    """Nothing to say."""


class LeaveDaySerializer(serializers.Serializer[Any]):
    """The working time of a day within a leave."""

    day = serializers.DateField()
    minutes = serializers.IntegerField()
    by_roster = serializers.BooleanField(
        help_text=_("By a published roster; else by the site's business hours.")
    )


class LeaveLeftSerializer(serializers.Serializer[Any]):
    """What could still be asked for of a year."""

    year = serializers.IntegerField()
    minutes = serializers.IntegerField()


class MetPeakSerializer(serializers.Serializer[Any]):
    """A peak period that a leave would meet."""

    name = serializers.CharField()
    first_day = serializers.DateField(source="period.lower")
    last_day = serializers.DateField()


class ForeseenLeaveSerializer(serializers.Serializer[Any]):
    """What would come of a request."""

    minutes = serializers.IntegerField()
    days = LeaveDaySerializer(many=True)
    left = serializers.SerializerMethodField(help_text=_("By year; empty for a type without a balance."))
    peaks = MetPeakSerializer(many=True)
    refusal = serializers.SerializerMethodField(allow_null=True)

    @extend_schema_field(LeaveLeftSerializer(many=True))
    def get_left(self, foreseen: Any) -> list[dict[str, int]]:
        """Return what would be left of each year."""
        return [{"year": year, "minutes": left} for year, left in foreseen.left.items()]

    @extend_schema_field(ErrorSerializer(allow_null=True))
    def get_refusal(self, foreseen: Any) -> dict[str, str | None] | None:
        """Return the refusal in the shape of every refusal."""
        return foreseen.refusal.as_dict() if foreseen.refusal else None


class LeaveEffectSerializer(serializers.Serializer[Any]):
    """A half hour whose heads a leave changes."""

    starts_at = serializers.DateTimeField()
    skill = serializers.SerializerMethodField(
        allow_null=True, help_text=_("Code of the skill; null is everybody at the site.")
    )
    required = serializers.IntegerField()  # type: ignore[assignment] # a property of fields has the name too
    before = serializers.IntegerField()
    after = serializers.IntegerField()
    is_new_gap = serializers.BooleanField()

    def get_skill(self, row: Any) -> str | None:
        """Return the skill's code."""
        codes: dict[int, str] = self.context["skills"]
        return codes.get(row.skill_id)


class LeaveEffectsSerializer(serializers.Serializer[Any]):
    """What a leave does to cover."""

    results = LeaveEffectSerializer(many=True)


class LeaveTypeSerializer(serializers.ModelSerializer[LeaveType]):
    """A type of leave."""

    code = serializers.SlugField(max_length=20)
    yearly_minutes = serializers.IntegerField(default=0, min_value=0, max_value=MOST)
    carry_minutes = serializers.IntegerField(default=0, min_value=0, max_value=MOST)
    carry_until_month = serializers.IntegerField(default=3, min_value=1, max_value=12)
    is_limited = serializers.BooleanField(default=True)
    is_active = serializers.BooleanField(default=True)

    class Meta:
        model = LeaveType
        fields = (
            "code",
            "name",
            "is_limited",
            "yearly_minutes",
            "carry_minutes",
            "carry_until_month",
            "is_active",
        )


class LeaveBalanceSerializer(serializers.ModelSerializer[LeaveEntry]):
    """What is left of a person's leave of a type and year."""

    person = WorkNumber()
    type = serializers.CharField(source="type.code", help_text=_("Code of a type of leave."))
    granted = serializers.IntegerField(help_text=_("With corrections."))
    carried = serializers.IntegerField(help_text=_("From the year before, less what of it was lost."))
    used = serializers.IntegerField(help_text=_("Taken by leave, or held for it."))
    left = serializers.IntegerField()

    class Meta:
        model = LeaveEntry
        fields = ("id", "person", "type", "year", "granted", "carried", "used", "left")


class LeaveEntrySerializer(serializers.ModelSerializer[LeaveEntry]):
    """A movement of a balance."""

    person = WorkNumber()
    type = serializers.CharField(source="type.code", help_text=_("Code of a type of leave."))
    by = WorkNumber(allow_null=True)

    class Meta:
        model = LeaveEntry
        fields = ("id", "person", "type", "year", "kind", "minutes", "leave", "note", "by", "at")


class CorrectBalanceSerializer(serializers.Serializer[Any]):
    """A correction of a balance."""

    person = serializers.SlugRelatedField(
        slug_field="work_number", queryset=User.objects.filter(is_active=True), help_text=_("Work number.")
    )
    type = TypeField(of=LeaveType.objects.filter(is_limited=True))
    year = serializers.IntegerField(**YEAR)
    minutes = serializers.IntegerField(
        min_value=-MOST, max_value=MOST, help_text=_("To add; negative takes away.")
    )
    note = serializers.CharField(max_length=200, help_text=_("Why."))
