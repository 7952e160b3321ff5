"""Schemes that hold, and trials that somebody may look into."""

from datetime import date
from typing import Any, Self

from django.db import models

from callcenter.access import Role
from kpi.enums.schemes import SchemeState
from kpi.querysets.people import AT_SITES

MAKES = (Role.SERVICE_MANAGER, Role.EXECUTIVE)
READS_DRAFTS = (*MAKES, *AT_SITES, Role.GENERAL_AFFAIRS, Role.QUALITY)


class SchemeQuerySet(models.QuerySet[Any]):
    """Versions of schemes."""

    def on(self, month: date) -> Self:
        """Return the versions that hold in a month."""
        return self.filter(state=SchemeState.ADOPTED, period__contains=month)

    def visible_to(self, user: Any) -> Self:
        """Return what was adopted, which everybody may read; drafts are for whoever makes and runs them."""
        return self if user.holds(*READS_DRAFTS) else self.filter(state=SchemeState.ADOPTED)


class TrialQuerySet(models.QuerySet[Any]):
    """Trials."""

    def visible_to(self, user: Any) -> Self:
        """Return all for whoever makes schemes, else those of the own sites."""
        if user.holds(*MAKES):
            return self
        return self.filter(site__in=user.site_ids)


class TrialRowQuerySet(models.QuerySet[Any]):
    """Rows of trials."""

    def visible_to(self, user: Any) -> Self:
        """Return the rows of the trials that the person may look into; nobody sees their own score of a trial."""
        trials = self.model._meta.get_field("trial").related_model
        return self.filter(trial__in=trials.objects.visible_to(user)).exclude(person=user)

    def for_list(self) -> Self:
        """Return the rows with their names."""
        return self.select_related("person", "team")
