"""Which targets somebody sees."""

from typing import Any, Self

from django.db.models import Q

from agents.querysets import DatedQuerySet
from calls.querysets import WHOLE_CENTRE


class TargetQuerySet(DatedQuerySet):
    """Targets."""

    def visible_to(self, user: Any) -> Self:
        """Return what holds for the centre, for a role, or at a site that the person works at or answers for."""
        if user.holds(*WHOLE_CENTRE):
            return self
        sites = {*user.site_ids, user.site_id}
        theirs = Q(site__in=sites) | Q(team__site__in=sites) | Q(queue__site__in=sites)
        return self.filter(theirs | Q(site=None, team=None, queue=None))

    def for_list(self) -> Self:
        """Return the rows with the names of their places."""
        return self.select_related("site", "team__site", "queue__site", "set_by")
