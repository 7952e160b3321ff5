"""The shape of what is dated of a person or a team over REST."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agents.models import (
    Application,
    Contract,
    Employment,
    ExtraRoleHolding,
    Leadership,
    Membership,
    PersonSkill,
    Team,
    User,
)


class PeriodSerializer(serializers.ModelSerializer[Any]):
    """A row that holds from `since` until before `until`."""

    since = serializers.DateField(source="period.lower")
    until = serializers.DateField(
        source="period.upper",
        allow_null=True,
        help_text=_("The first day on which it no longer holds; null without an end."),
    )


class InOrder(serializers.ListSerializer[Any]):
    """Dated rows of one subject, the earliest first."""

    def to_representation(self, data: Any) -> Any:
        """Return the rows in the order of their first days."""
        return super().to_representation(sorted(data.all(), key=lambda row: row.period.lower))


class MembershipRowSerializer(PeriodSerializer):
    """A person in a team."""

    class Meta:
        model = Membership
        fields = ("id", "team", "since", "until")


class LeadershipRowSerializer(PeriodSerializer):
    """A person who leads a team."""

    person = serializers.CharField(source="person.work_number")

    class Meta:
        model = Leadership
        fields = ("id", "team", "person", "since", "until")


class SkillRowSerializer(PeriodSerializer):
    """A skill at a level."""

    skill = serializers.CharField(source="skill.code")

    class Meta:
        model = PersonSkill
        fields: tuple[str, ...] = ("skill", "level", "since", "until")


class HeldSkillSerializer(SkillRowSerializer):
    """A skill of a person."""

    person = serializers.CharField(source="person.work_number")

    class Meta(SkillRowSerializer.Meta):
        fields = ("id", "person", *SkillRowSerializer.Meta.fields)


class EmploymentRowSerializer(PeriodSerializer):
    """A time in which the person works here."""

    class Meta:
        model = Employment
        fields = ("since", "until")


class ContractRowSerializer(PeriodSerializer):
    """The minutes a week that were agreed."""

    class Meta:
        model = Contract
        fields = ("weekly_minutes", "since", "until")


class ExtraRoleRowSerializer(PeriodSerializer):
    """An extra role that the person holds."""

    role = serializers.CharField(source="role.code")

    class Meta:
        model = ExtraRoleHolding
        fields = ("role", "since", "until")


class PersonRecordSerializer(serializers.ModelSerializer[User]):
    """Everything dated of a person but roles: what was, what is, what is to come."""

    memberships = InOrder(child=MembershipRowSerializer())
    leaderships = InOrder(child=LeadershipRowSerializer())
    skills = InOrder(child=SkillRowSerializer())
    employments = InOrder(child=EmploymentRowSerializer())
    contracts = InOrder(child=ContractRowSerializer())
    extra_roles = InOrder(child=ExtraRoleRowSerializer())

    class Meta:
        model = User
        fields = (
            "work_number",
            "memberships",
            "leaderships",
            "skills",
            "employments",
            "contracts",
            "extra_roles",
        )


class MemberSerializer(serializers.Serializer[Any]):
    """Somebody in a team on a day, with the skills of that day."""

    work_number = serializers.CharField(source="person.work_number")
    name = serializers.CharField(source="person.name")
    since = serializers.DateField(source="membership.period.lower")
    skills = serializers.SerializerMethodField(help_text=_("Levels by the code of the skill."))

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_skills(self, member: Any) -> dict[str, int]:
        """Return the levels."""
        return {skill.code: level for skill, level in member.levels if level is not None}


class TeamOnSerializer(serializers.ModelSerializer[Team]):
    """A team on a day: size, lead and span of control, members, and everybody who led it."""

    site = serializers.CharField(source="site.code")
    on = serializers.SerializerMethodField(help_text=_("The day that this is about."))
    lead = serializers.CharField(source="lead_number", allow_null=True, help_text=_("Work number."))
    heads = serializers.IntegerField(help_text=_("Agents of the team."))
    span = serializers.IntegerField(help_text=_("Agents of all teams that the lead leads."))
    is_far = serializers.BooleanField(help_text=_("Far from one lead for about twenty."))
    members = MemberSerializer(many=True, source="matrix.members")
    leaderships = InOrder(child=LeadershipRowSerializer())

    class Meta:
        model = Team
        fields = ("id", "site", "name", "on", "lead", "heads", "span", "is_far", "members", "leaderships")

    def get_on(self, _team: Any) -> date:
        """Return the day."""
        day: date = self.context["on"]
        return day


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """An application for an extra role."""

    person = serializers.CharField(source="person.work_number")
    role = serializers.CharField(source="role.code")
    decided_by = serializers.CharField(source="decided_by.work_number", allow_null=True, default=None)

    class Meta:
        model = Application
        fields = (
            "id",
            "person",
            "role",
            "reason",
            "state",
            "asked_at",
            "decided_by",
            "decided_at",
            "decision",
        )
