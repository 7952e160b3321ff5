"""Rows that hold on a day, and the people somebody may see."""

from datetime import date, datetime
from typing import Any, Self

from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Q

from callcenter.access import Role


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with a `period` of dates."""

    def on(self, day: date) -> Self:
        """Return the rows that hold on `day`."""
        return self.filter(period__contains=day)

    def not_over(self, day: date) -> Self:
        """Return the rows that hold on `day` or will."""
        return self.filter(Q(period__endswith__gt=day) | Q(period__upper_inf=True))


class AbsenceQuerySet(models.QuerySet[Any]):
    """Absences, whose `period` is of instants."""

    def at(self, instant: datetime) -> Self:
        """Return the absences that cover `instant`."""
        return self.filter(period__contains=instant)

    def not_over(self, instant: datetime) -> Self:
        """Return the absences that cover `instant` or are to come."""
        return self.filter(period__endswith__gt=instant)


class UserQuerySet(models.QuerySet[Any]):
    """People."""

    def visible_to(self, user: Any) -> Self:
        """Return the people whose record `user` may open (domain §1): the house's, the region's, the site's, the own."""
        if user.holds(Role.ADMINISTRATOR, Role.SERVICE_MANAGER, Role.EXECUTIVE, Role.GENERAL_AFFAIRS):
            return self
        mine = Q(pk=user.pk) | Q(site__in=user.site_ids)
        if user.led_team_ids:
            led = Q(memberships__team__in=user.led_team_ids, memberships__period__contains=user.today)
            mine |= Q(pk__in=self.model._base_manager.filter(led).values("pk"))
        return self.filter(mine)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds people by work number; makes them through agents.services only."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """Return the person with this work number."""
        return self.select_related("site__calendar").get(work_number=username)
