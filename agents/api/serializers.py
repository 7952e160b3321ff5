"""The shape of people and places over REST."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agents.models import Site, Team, User
from callcenter.access import Role


class PersonSerializer(serializers.ModelSerializer[User]):
    """A person; team and roles are those of today."""

    site = serializers.CharField(source="site.code")
    team = serializers.SerializerMethodField(
        allow_null=True, help_text=_("Number of the team; null without one.")
    )
    roles = serializers.SerializerMethodField(help_text=_("The roles given that hold today."))

    class Meta:
        model = User
        fields: tuple[str, ...] = ("work_number", "name", "site", "team", "roles", "is_active")

    def get_team(self, person: Any) -> int | None:
        """Return the team's number."""
        team: int | None = person.team_on
        return team

    def get_roles(self, person: Any) -> list[Role]:
        """Return the roles by name, each once."""
        roles: list[Role] = person.roles_on
        return roles


class PersonDetailSerializer(PersonSerializer):
    """A person, with what their page says."""

    superior = serializers.SerializerMethodField(
        allow_null=True, help_text=_("Work number of the direct superior of today.")
    )

    class Meta(PersonSerializer.Meta):
        fields = (*PersonSerializer.Meta.fields, "email", "language", "joined_at", "superior")

    def get_superior(self, person: Any) -> str | None:
        """Return the superior's work number."""
        return person.superior_on.work_number if person.superior_on else None


class SiteSerializer(serializers.ModelSerializer[Site]):
    """A site."""

    calendar = serializers.CharField(source="calendar.code", help_text=_("Code of its working calendar."))
    time_zone = serializers.CharField(
        source="calendar.time_zone", help_text=_("Name of a time zone, like Asia/Shanghai.")
    )

    class Meta:
        model = Site
        fields = ("code", "name", "calendar", "time_zone", "mail_opens", "mail_closes")


class TeamSerializer(serializers.ModelSerializer[Team]):
    """A team."""

    site = serializers.CharField(source="site.code")

    class Meta:
        model = Team
        fields = ("id", "site", "name")
