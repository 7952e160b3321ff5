"""What each act about a person or a team asks for over REST: the names are those of its service's arguments."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agents.api.fields import (
    Day,
    ExtraRoleField,
    OwnLeadershipField,
    OwnMembershipField,
    SkillField,
    TeamNumberField,
    Until,
    WorksHereField,
)
from agents.services.terms import LEAST, MOST


class MoveToTeamSerializer(serializers.Serializer[Any]):
    """Into which team, from when on."""

    team = TeamNumberField()
    since = Day()


class FromDaySerializer(serializers.Serializer[Any]):
    """The first day on which it no longer holds."""

    from_day = Day()


class TakeMoveBackSerializer(serializers.Serializer[Any]):
    """Which move that is to come."""

    membership = OwnMembershipField()


class GiveSkillSerializer(serializers.Serializer[Any]):
    """Which skill at which level, from when until when."""

    skill = SkillField()
    level = serializers.IntegerField(min_value=1, max_value=5)
    since = Day()
    until = Until()


class EndSkillSerializer(FromDaySerializer):
    """Which skill ends, and when."""

    skill = SkillField()


class EmploySerializer(serializers.Serializer[Any]):
    """From when until when."""

    since = Day()
    until = Until()


class SetHoursSerializer(serializers.Serializer[Any]):
    """How many minutes a week, from when on."""

    weekly_minutes = serializers.IntegerField(
        min_value=LEAST, max_value=MOST, help_text=_("Minutes a week: 2400 are 40 hours.")
    )
    since = Day()


class ApplyForRoleSerializer(serializers.Serializer[Any]):
    """For which extra role, and why."""

    role = ExtraRoleField()
    reason = serializers.CharField(max_length=4000)


class EndExtraRoleSerializer(FromDaySerializer):
    """Which extra role ends, and when."""

    role = ExtraRoleField()


class AppointLeadSerializer(serializers.Serializer[Any]):
    """Who leads the team, from when on."""

    person = WorksHereField()
    since = Day()


class TakeLeadBackSerializer(serializers.Serializer[Any]):
    """Which appointment that is to come."""

    leadership = OwnLeadershipField()


class ApproveApplicationSerializer(serializers.Serializer[Any]):
    """From when until when the applicant holds the role."""

    since = Day()
    until = Until()
    decision = serializers.CharField(max_length=300, default="", allow_blank=True)


class RefuseApplicationSerializer(serializers.Serializer[Any]):
    """Why not."""

    decision = serializers.CharField(max_length=300, help_text=_("The applicant reads it."))


class WithdrawApplicationSerializer(serializers.Serializer[Any]):
    """Nothing more."""
