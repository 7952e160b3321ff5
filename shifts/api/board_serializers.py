"""The shape of rosters, their shifts, patterns and rotations over REST."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agents.models import Site, Skill, User
from shifts.enums import BreakKind
from shifts.models import Pattern, PatternBreak, Roster, Rotation, Shift, SiteRules
from shifts.services.planning import Move

MANY = 2000


class WorkNumberField(serializers.SlugRelatedField[User]):
    """Somebody who works here, by work number."""

    def __init__(self, **kwargs: Any) -> None:
        people = User.objects.filter(is_active=True)
        super().__init__(slug_field="work_number", queryset=people, help_text=_("Work number."), **kwargs)


class PeopleField(serializers.ListField):
    """People who work here, by work number, looked up at once."""

    def __init__(self, **kwargs: Any) -> None:
        child = serializers.CharField(max_length=20)
        super().__init__(
            child=child, allow_empty=False, max_length=MANY, help_text=_("Work numbers."), **kwargs
        )

    def to_internal_value(self, data: Any) -> list[User]:
        """Return them in the order in which they are named."""
        numbers = super().to_internal_value(data)
        people = {
            one.work_number: one for one in User.objects.filter(work_number__in=numbers, is_active=True)
        }
        missing = [number for number in numbers if number not in people]
        if missing:
            raise serializers.ValidationError(
                gettext("Nobody who works here has the work number %(number)s.") % {"number": missing[0]}
            )
        return [people[number] for number in numbers]


class SiteField(serializers.SlugRelatedField[Site]):
    """A site, by its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            slug_field="code",
            queryset=Site.objects.select_related("calendar"),
            help_text=_("Code of a site."),
            **kwargs,
        )


class SkillField(serializers.SlugRelatedField[Skill]):
    """A skill, by its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            slug_field="code", queryset=Skill.objects.all(), help_text=_("Code of a skill."), **kwargs
        )


class PatternField(serializers.PrimaryKeyRelatedField[Pattern]):
    """A pattern of the roster's site that is in use."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Pattern.objects.filter(is_active=True), **kwargs)


class RosterSerializer(serializers.ModelSerializer[Roster]):
    """A roster."""

    site = serializers.CharField(source="site.code", help_text=_("Code of a site."))
    since = serializers.DateField(source="period.lower")
    until = serializers.DateField(source="period.upper", help_text=_("The day after the last one."))
    revision = serializers.IntegerField(
        help_text=_(
            "Grows with every change. Send it with an act to be refused where others changed the same."
        )
    )

    class Meta:
        model = Roster
        fields = ("id", "site", "since", "until", "state", "revision", "made_at", "published_at")


class NewRosterSerializer(serializers.Serializer[Any]):
    """A roster to be."""

    site = SiteField()
    since = serializers.DateField()
    until = serializers.DateField(help_text=_("The day after the last one."))


class BreakSerializer(serializers.Serializer[Any]):
    """A break of a shift."""

    kind = serializers.ChoiceField(BreakKind.choices)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    is_paid = serializers.BooleanField()


class ShiftSerializer(serializers.ModelSerializer[Shift]):
    """A shift of the plan."""

    person = serializers.CharField(
        source="person.work_number",
        allow_null=True,
        default=None,
        help_text=_("Work number; null is an open shift."),
    )
    pattern = serializers.CharField(source="pattern.code", allow_null=True, default=None)
    skill = serializers.CharField(source="skill.code", allow_null=True, default=None)
    breaks = BreakSerializer(many=True)
    told = serializers.SerializerMethodField(help_text=_("Agents were told of it as it is."))

    class Meta:
        model = Shift
        fields = (
            "id",
            "person",
            "day",
            "pattern",
            "skill",
            "starts_at",
            "ends_at",
            "breaks",
            "is_locked",
            "note",
            "told",
        )

    def get_told(self, shift: Shift) -> bool:
        """Say whether the plan is what agents were told last."""
        return (shift.starts_at, shift.ends_at, shift.person_id) == (
            shift.published_starts_at,
            shift.published_ends_at,
            shift.published_person_id,
        )


class RosterActSerializer(serializers.Serializer[Any]):
    """An act on a roster."""

    revision = serializers.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        required=False,
        allow_null=True,
        default=None,
        help_text=_("What you saw: the act is refused (409) if somebody changed the same shifts since."),
    )


class PutShiftSerializer(RosterActSerializer):
    """A shift to put in, by a pattern or with own times."""

    person = WorkNumberField(allow_null=True)
    day = serializers.DateField()
    pattern = PatternField(required=False, allow_null=True)
    starts_at = serializers.DateTimeField(required=False)
    ends_at = serializers.DateTimeField(required=False)
    skill = SkillField(required=False, allow_null=True)


class ChangeShiftSerializer(RosterActSerializer):
    """What a shift becomes; its day stays."""

    person = WorkNumberField(allow_null=True)
    pattern = PatternField(required=False, allow_null=True)
    starts_at = serializers.DateTimeField(required=False)
    ends_at = serializers.DateTimeField(required=False)
    skill = SkillField(required=False, allow_null=True)
    note = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class ShiftsSerializer(RosterActSerializer):
    """Shifts, by key."""

    shifts = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), allow_empty=False, max_length=MANY
    )


class LockSerializer(ShiftsSerializer):
    """Shifts to lock or unlock."""

    locked = serializers.BooleanField()


class MoveSerializer(serializers.Serializer[Any]):
    """Where a shift goes."""

    shift = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    person = WorkNumberField(allow_null=True)
    day = serializers.DateField()
    minutes = serializers.IntegerField(
        min_value=-1440, max_value=1440, default=0, help_text=_("How much later it begins.")
    )

    def move(self, one: dict[str, Any]) -> Move:
        """Return it as the service takes it."""
        person = one["person"]
        return Move(one["shift"], person.pk if person else None, one["day"], one["minutes"])


class MovesSerializer(RosterActSerializer):
    """Shifts that go elsewhere, or copies of them."""

    moves = MoveSerializer(many=True, allow_empty=False)
    copy = serializers.BooleanField(default=False, help_text=_("Put copies there."))

    def validate_moves(self, moves: list[Any]) -> list[Any]:
        """Refuse more than one act may hold."""
        if len(moves) > MANY:
            raise serializers.ValidationError(gettext("Send at most %(count)s.") % {"count": MANY})
        return moves


class AssignSerializer(RosterActSerializer):
    """People get a pattern on days."""

    people = PeopleField()
    days = serializers.ListField(child=serializers.DateField(), allow_empty=False, max_length=92)
    pattern = PatternField()
    skill = SkillField(required=False, allow_null=True)


class RotateSerializer(RosterActSerializer):
    """People go through a rotation."""

    people = PeopleField()
    rotation = serializers.PrimaryKeyRelatedField(queryset=Rotation.objects.filter(is_active=True))
    since = serializers.DateField()
    step = serializers.IntegerField(
        min_value=0, max_value=60, default=0, help_text=_("Each next person is so many days further in it.")
    )


class WeekSerializer(RosterActSerializer):
    """A week to copy."""

    from_monday = serializers.DateField()
    to_monday = serializers.DateField()


class FilledSerializer(serializers.Serializer[Any]):
    """What filling did."""

    written = serializers.IntegerField()
    locked = serializers.IntegerField(help_text=_("Left out because of a lock."))
    away = serializers.IntegerField(help_text=_("Left out because of leave."))


class WrittenShiftsSerializer(serializers.Serializer[Any]):
    """What an act wrote."""

    shifts = serializers.ListField(child=serializers.IntegerField())


class PublishedSerializer(serializers.Serializer[Any]):
    """Whom a publication told."""

    people = serializers.IntegerField()
    shifts = serializers.IntegerField()


class TimeSpanSerializer(serializers.Serializer[Any]):
    """From and to."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()

    def to_representation(self, span: Any) -> dict[str, Any]:
        """Return a pair of instants."""
        shape: dict[str, Any] = super().to_representation(dict(zip(self.fields, span, strict=True)))
        return shape


class ChangedSerializer(serializers.Serializer[Any]):
    """What somebody would be told of a day; both null is nothing."""

    shift = serializers.IntegerField(source="shift.pk")
    person = serializers.CharField(source="person.work_number", allow_null=True, default=None)
    day = serializers.DateField()
    before = TimeSpanSerializer(allow_null=True)
    after = TimeSpanSerializer(allow_null=True)


class ChangesSerializer(serializers.Serializer[Any]):
    """All that a publication would tell."""

    results = ChangedSerializer(many=True)


class PatternBreakSerializer(serializers.ModelSerializer[PatternBreak]):
    """A break of a pattern, in minutes after the shift begins."""

    class Meta:
        model = PatternBreak
        fields = ("kind", "earliest", "latest", "minutes", "is_paid")


class PatternSerializer(serializers.ModelSerializer[Pattern]):
    """A pattern."""

    site = serializers.CharField(source="site.code", help_text=_("Code of a site."))
    breaks = PatternBreakSerializer(many=True)

    class Meta:
        model = Pattern
        fields = ("id", "site", "code", "name", "begins", "minutes", "colour", "breaks", "is_active")


class NewPatternSerializer(serializers.ModelSerializer[Pattern]):
    """A pattern to be."""

    site = SiteField()
    colour = serializers.IntegerField(min_value=1, max_value=8, default=1)
    minutes = serializers.IntegerField(min_value=30, max_value=16 * 60, help_text=_("Breaks included."))
    breaks = PatternBreakSerializer(many=True, required=False)

    class Meta:
        model = Pattern
        fields = ("site", "code", "name", "begins", "minutes", "colour", "breaks")
        validators: list[Any] = []


class RotationSerializer(serializers.ModelSerializer[Rotation]):
    """A rotation; days are codes of patterns, “-” is off."""

    site = serializers.CharField(source="site.code", help_text=_("Code of a site."))
    days = serializers.SerializerMethodField()

    class Meta:
        model = Rotation
        fields = ("id", "site", "name", "days", "is_active")

    def get_days(self, rotation: Rotation) -> list[str]:
        """Return the codes."""
        return [day.pattern.code if day.pattern else "-" for day in rotation.days.all()]


class NewRotationSerializer(serializers.Serializer[Any]):
    """A rotation to be."""

    site = SiteField()
    name = serializers.CharField(max_length=80)
    days = serializers.ListField(child=serializers.CharField(max_length=8), allow_empty=False, max_length=92)


class RulesSerializer(serializers.ModelSerializer[SiteRules]):
    """By which rules a site rosters; minutes and days."""

    class Meta:
        model = SiteRules
        fields = (
            "rest_minutes",
            "days_in_row",
            "weekly_minutes",
            "notice_days",
            "flexible_minutes",
            "late_minutes",
            "early_minutes",
            "absent_minutes",
        )
        extra_kwargs = {name: {"required": False} for name in fields}


class NothingSerializer(serializers.Serializer[Any]):
    """Nothing to send."""
