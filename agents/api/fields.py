"""How days, teams, skills and people are named over REST."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agents.forms.fields import EARLIEST, LATEST
from agents.models import ExtraRole, Leadership, Membership, Skill, Team, User

BOUNDS = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]


class Day(serializers.DateField):
    """The first day on which something holds, or no longer holds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=BOUNDS, **kwargs)


class Until(Day):
    """The first day on which something no longer holds, null where no end is set."""

    def __init__(self, **kwargs: Any) -> None:
        words = _("The first day on which it no longer holds; null without an end.")
        super().__init__(default=None, allow_null=True, help_text=words, **kwargs)


class WorksHereField(serializers.SlugRelatedField[User]):
    """Somebody who works here."""

    def __init__(self, **kwargs: Any) -> None:
        people = User.objects.filter(is_active=True)
        super().__init__(slug_field="work_number", queryset=people, help_text=_("Work number."), **kwargs)


class SkillField(serializers.SlugRelatedField[Skill]):
    """A skill of the house."""

    def __init__(self, **kwargs: Any) -> None:
        words = _("Code of a skill.")
        super().__init__(slug_field="code", queryset=Skill.objects.all(), help_text=words, **kwargs)


class ExtraRoleField(serializers.SlugRelatedField[ExtraRole]):
    """An extra role."""

    def __init__(self, **kwargs: Any) -> None:
        words = _("Code of an extra role.")
        super().__init__(slug_field="code", queryset=ExtraRole.objects.all(), help_text=words, **kwargs)


class _NumberField(serializers.PrimaryKeyRelatedField[Any]):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(pk_field=serializers.IntegerField(min_value=1, max_value=2**63 - 1), **kwargs)


class TeamNumberField(_NumberField):
    """A team."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Team.objects.all(), help_text=_("Number of a team."), **kwargs)


class OwnMembershipField(_NumberField):
    """A membership of the person that the request is about."""

    def __init__(self, **kwargs: Any) -> None:
        words = _("Number of a membership of this person that is to come.")
        super().__init__(queryset=Membership.objects.all(), help_text=words, **kwargs)

    def get_queryset(self) -> Any:
        """Return those of the person."""
        return self.context["subject"].memberships.all()


class OwnLeadershipField(_NumberField):
    """A leadership of the team that the request is about."""

    def __init__(self, **kwargs: Any) -> None:
        words = _("Number of an appointment of this team that is to come.")
        super().__init__(queryset=Leadership.objects.all(), help_text=words, **kwargs)

    def get_queryset(self) -> Any:
        """Return those of the team."""
        return self.context["subject"].leaderships.all()
