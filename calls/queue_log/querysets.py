"""Which logs somebody sees."""

from typing import Any, Self

from django.db import models

from callcenter.access import Role
from calls.querysets import WHOLE_CENTRE


class FollowerQuerySet(models.QuerySet[Any]):
    """Logs that are followed."""

    def visible_to(self, user: Any) -> Self:
        """Return those of the person's sites."""
        if user.holds(*WHOLE_CENTRE, Role.ADMINISTRATOR):
            return self
        return self.filter(site__in=[*user.site_ids, user.site_id])
