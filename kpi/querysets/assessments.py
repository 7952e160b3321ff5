"""Which assessments and scorecards somebody sees."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from kpi.enums.schemes import TOLD, AppealState
from kpi.querysets.people import of_roles


class AssessmentQuerySet(models.QuerySet[Any]):
    """Assessments."""

    def visible_to(self, user: Any) -> Self:
        """Return those of the roles and sites that the person answers for."""
        return self.filter(of_roles(user))

    def for_list(self) -> Self:
        """Return the rows with their names."""
        return self.select_related("site__calendar", "scheme")


class ScorecardQuerySet(models.QuerySet[Any]):
    """Scorecards."""

    def visible_to(self, user: Any) -> Self:
        """Return the own ones and the led team's once they are told, and those of the roles that the person answers for.

        Nobody sees the own one before.
        """
        told = Q(assessment__state__in=TOLD)
        led = Q(team__in=user.led_team_ids)
        return self.filter(told & (Q(person=user) | led) | of_roles(user, "assessment__") & ~Q(person=user))

    def for_list(self) -> Self:
        """Return the rows with their names."""
        return self.select_related(
            "person", "team", "assessment__site__calendar", "assessment__scheme", "appeal"
        )


class AppealQuerySet(models.QuerySet[Any]):
    """Appeals."""

    def visible_to(self, user: Any) -> Self:
        """Return the appeals of the scorecards that the person sees."""
        cards = self.model._meta.get_field("card").related_model
        return self.filter(card__in=cards.objects.visible_to(user))

    def open(self) -> Self:
        """Return those that nobody has decided."""
        return self.filter(state=AppealState.OPEN)

    def in_time(self, now: datetime) -> Self:
        """Return those whose time for an appeal still runs."""
        return self.filter(card__assessment__appeal_until__gt=now)
