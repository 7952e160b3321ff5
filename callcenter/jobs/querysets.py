"""Which jobs exist for whom."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from callcenter.access import Role
from callcenter.jobs.enums import OPEN


class JobQuerySet(models.QuerySet):
    """Jobs, narrowed."""

    def visible_to(self, user: Any) -> Self:
        """Return a person's own jobs; administrators see all."""
        return self if Role.ADMINISTRATOR in user.roles else self.filter(person=user)

    def unfinished(self) -> Self:
        """Return what waits or runs."""
        return self.filter(state__in=OPEN)

    def lapsed(self, now: datetime) -> Self:
        """Return open jobs of which nobody has heard in time: their message or their worker is lost."""
        return self.unfinished().filter(lease_until__lt=now)
