"""Which posts somebody sees, and what they have yet to read."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Now

from callcenter.access import Role
from floor.enums import Audience

EVERYWHERE = (Role.SERVICE_MANAGER, Role.EXECUTIVE, Role.GENERAL_AFFAIRS)
"""Who writes to the whole centre, and so sees every post."""


class PostQuerySet(models.QuerySet[Any]):
    """Posts on the bulletin."""

    def addressed_to(self, user: Any) -> Self:
        """Return the posts that hold and are for the person as of today; nobody is addressed by their own."""
        return self.filter(_is_for(user))

    def visible_to(self, user: Any) -> Self:
        """Return what is for the person, what they wrote, and what was written to the people of their sites."""
        if user.holds(*EVERYWHERE):
            return self
        seen = _is_for(user) | Q(author=user)
        if user.site_ids:
            seen |= Q(site__in=user.site_ids) | Q(team__site__in=user.site_ids)
        return self.filter(seen)

    def waiting_for(self, user: Any) -> Self:
        """Return what the person must read and has not yet confirmed."""
        return self.addressed_to(user).filter(due_at__isnull=False).exclude(Exists(self._readings_of(user)))

    def written_by(self, user: Any) -> Self:
        """Return the person's own posts, withdrawn ones too."""
        return self.filter(author=user)

    def for_list(self, user: Any) -> Self:
        """Return the rows of a list: names, `read_at` of this person, and `pin`, 1 while the post is pinned."""
        own = self._readings_of(user).values("read_at")
        # A list is not told the instant; the database's own is the one of the page.
        pin = Case(When(pinned_until__gt=Now(), withdrawn_at=None, then=1), default=0)
        return self.select_related("author", "site", "team__site").annotate(read_at=Subquery(own), pin=pin)

    def _readings_of(self, user: Any) -> models.QuerySet[Any]:
        readings: models.QuerySet[Any] = self.model.readings.rel.related_model.objects.all()
        return readings.filter(post=OuterRef("pk"), person=user)

    def to_remind(self, now: datetime) -> Self:
        """Return the posts about which somebody is to be told at `now`, the most overdue first."""
        return self.filter(next_at__lte=now).order_by("next_at", "pk")


def _is_for(user: Any) -> Q:
    theirs = (
        Q(audience=Audience.CENTRE)
        | Q(site=user.site_id)
        | Q(team__in=[*user.team_ids, *user.led_team_ids])
        | Q(role__in=user.roles)
    )
    return theirs & Q(withdrawn_at=None) & ~Q(author=user)
