"""Rosters, their shifts, and what of people's time is taken."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Q

from shifts.querysets.scope import of_people, of_sites


class RosterQuerySet(models.QuerySet[Any]):
    """Rosters."""

    def visible_to(self, user: Any) -> Self:
        """Return the rosters whose board the person may open."""
        return self.filter(of_sites(user, "site"))

    def on(self, day: date) -> Self:
        """Return the rosters in which `day` lies."""
        return self.filter(period__contains=day)


class ShiftQuerySet(models.QuerySet[Any]):
    """Shifts of the plan."""

    def planned(self) -> Self:
        """Return the shifts that the plan has now."""
        return self.filter(is_removed=False)

    def published(self) -> Self:
        """Return the shifts that agents were told of."""
        return self.filter(published_at__isnull=False)

    def changed(self) -> Self:
        """Return the shifts in which the plan differs from what agents were told."""
        new = Q(published_at=None, is_removed=False)
        gone = Q(published_at__isnull=False, is_removed=True)
        moved = Q(published_at__isnull=False) & (
            ~Q(starts_at=F("published_starts_at"))
            | ~Q(ends_at=F("published_ends_at"))
            | Q(person__isnull=True, published_person__isnull=False)
            | Q(person__isnull=False, published_person__isnull=True)
            | (Q(person__isnull=False, published_person__isnull=False) & ~Q(person=F("published_person")))
        )
        return self.filter(new | gone | moved)

    def visible_to(self, user: Any) -> Self:
        """Return the shifts of the people whom the person answers for, and of the rosters they work with."""
        return self.filter(of_sites(user, "roster__site") | of_people(user, "person"))


class OccupancyQuerySet(models.QuerySet[Any]):
    """Pieces of time that are taken."""

    def within(self, since: datetime, until: datetime) -> Self:
        """Return the pieces that touch the time from `since` until `until`."""
        return self.filter(period__overlap=DateTimeTZRange(since, until))
