"""Which changes and wishes somebody sees."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import Q

from agents.querysets import DatedQuerySet
from shifts.enums import ChangeState
from shifts.querysets.leave import answered_for


class ChangeQuerySet(models.QuerySet[Any]):
    """Changes that people asked for."""

    def visible_to(self, user: Any) -> Self:
        """Return the changes of the people whom the person answers for, and those they have a part in."""
        return self.filter(answered_for(user, "person") | answered_for(user, "colleague"))

    def open(self) -> Self:
        """Return the changes that wait for the colleague or for the lead."""
        return self.filter(state__in=[ChangeState.ASKED, ChangeState.ACCEPTED])

    def about(self, shifts: Collection[int]) -> Self:
        """Return the changes that would alter one of these shifts."""
        return self.filter(Q(shift__in=shifts) | Q(other_shift__in=shifts))

    def with_part_of(self, user: Any) -> Self:
        """Return the changes that the person asked for, or is asked to agree to."""
        return self.filter(Q(person=user.pk) | Q(colleague=user.pk))

    def decidable_by(self, user: Any) -> Self:
        """Return those of `visible_to(user)` that wait for a lead and have nothing to do with the person."""
        return self.filter(state=ChangeState.ACCEPTED).without_part_of(user)

    def fileable_by(self, user: Any) -> Self:
        """Return those of `visible_to(user)` that wait to be filed and have nothing to do with the person."""
        return self.filter(state=ChangeState.APPROVED).without_part_of(user)

    def without_part_of(self, user: Any) -> Self:
        """Return the changes that have nothing to do with the person."""
        return self.exclude(person=user.pk).exclude(colleague__isnull=False, colleague=user.pk)

    def for_list(self) -> Self:
        """Return the changes with the people and shifts that a row names."""
        return self.select_related("person", "colleague", "shift__roster__site__calendar", "shift__pattern")


class WishQuerySet(DatedQuerySet):
    """Standing wishes."""

    def visible_to(self, user: Any) -> Self:
        """Return the wishes of the people whom the person answers for, and the own."""
        return self.filter(answered_for(user, "person"))
