"""Which attendance, corrections and logged states somebody sees."""

from typing import Any, Self

from django.db import models

from shifts.querysets.scope import of_people


class OfPeopleQuerySet(models.QuerySet[Any]):
    """Rows of a person."""

    def visible_to(self, user: Any) -> Self:
        """Return the rows of the people whom the person answers for, and the own."""
        return self.filter(of_people(user, "person"))


class AttendanceQuerySet(OfPeopleQuerySet):
    """Attended shifts."""


class CorrectionQuerySet(OfPeopleQuerySet):
    """Corrections of attendance."""


class StateSpanQuerySet(OfPeopleQuerySet):
    """Logged states."""
