"""Which interviews and aims somebody sees."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q

from kpi.enums.schemes import AimState, InterviewState
from kpi.querysets.people import of_people


class InterviewQuerySet(models.QuerySet[Any]):
    """Interviews."""

    def visible_to(self, user: Any) -> Self:
        """Return the own ones, those that the person holds, and those of the people whom they lead or answer for."""
        return self.filter(Q(person=user) | Q(lead=user) | of_people(user))

    def for_list(self) -> Self:
        """Return the rows with their names."""
        return self.select_related("person__site__calendar", "lead__site__calendar", "card__assessment__site")

    def due(self, day: date) -> Self:
        """Return what is to be held by `day` and was not for at most a month."""
        days = (day - timedelta(days=31), day)
        return self.filter(state=InterviewState.PLANNED, planned_for__range=days)


class AimQuerySet(models.QuerySet[Any]):
    """Aims."""

    def visible_to(self, user: Any) -> Self:
        """Return the own ones, and those of the people whom the person leads or answers for."""
        return self.filter(Q(person=user) | Q(proposed_by=user) | of_people(user))

    def for_list(self) -> Self:
        """Return the rows with their names."""
        return self.select_related("person__site__calendar", "proposed_by__site__calendar", "answered_by")

    def over(self, day: date) -> Self:
        """Return the agreed ones whose last day lies before `day`."""
        return self.filter(state=AimState.AGREED, until__lt=day)
