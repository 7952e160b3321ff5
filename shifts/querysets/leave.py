"""Which leave somebody sees, and what the ledger adds up to."""

from typing import Any, Self

from django.db import models

from shifts.querysets.scope import of_people


class LeaveQuerySet(models.QuerySet[Any]):
    """Leave asked for and decided."""

    def visible_to(self, user: Any) -> Self:
        """Return the leave of the people whom the person answers for, and the own."""
        return self.filter(of_people(user, "person"))


class LeaveEntryQuerySet(models.QuerySet[Any]):
    """Movements of balances."""

    def visible_to(self, user: Any) -> Self:
        """Return the movements of the people whom the person answers for, and the own."""
        return self.filter(of_people(user, "person"))
