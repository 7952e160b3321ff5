"""Which attendance somebody sees."""

from typing import Any, Self

from django.db import models

from shifts.querysets.scope import of_people


class AttendanceQuerySet(models.QuerySet[Any]):
    """Rows of a person."""

    def visible_to(self, user: Any) -> Self:
        """Return the rows of the people whom the person answers for, and the own."""
        return self.filter(of_people(user, "person"))
