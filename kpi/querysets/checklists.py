"""Which ratings somebody sees."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from kpi.querysets.people import of_people


class RatingQuerySet(models.QuerySet[Any]):
    """Ratings."""

    def visible_to(self, user: Any) -> Self:
        """Return the own ratings of others, and those of the people whom somebody leads or answers for.

        Whoever was rated sees the outcome on the scorecard, not who marked what.
        """
        return self.filter(Q(rater=user) | of_people(user))

    def for_list(self) -> Self:
        """Return the rows with their names."""
        return self.select_related("person", "rater", "checklist")
