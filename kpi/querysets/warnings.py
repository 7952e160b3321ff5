"""Which early warnings somebody sees, and how lists read them."""

import re
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from callcenter.access import Role

NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
WHOLE_CENTRE = (Role.SERVICE_MANAGER, Role.EXECUTIVE, Role.QUALITY, Role.TRAINER)


class WarningQuerySet(models.QuerySet[Any]):
    """Early warnings."""

    def visible_to(self, user: Any) -> Self:
        """Return those of the led teams and their agents, of the person's sites, or all; never one about the person."""
        others = self.exclude(agent=user.pk)
        if user.holds(*WHOLE_CENTRE):
            return others
        return others.filter(Q(site__in=user.site_ids) | Q(team__in=user.led_team_ids))

    def open(self) -> Self:
        """Return those that are not over."""
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        """Return those that are over."""
        return self.filter(closed_at__isnull=False)

    def unanswered(self) -> Self:
        """Return those that are not over and about which nobody has recorded a deed."""
        deeds = self.model._meta.get_field("deeds").related_model
        return self.open().filter(~Exists(deeds.objects.filter(warning=OuterRef("pk"))))

    def at(self, site: str, team: str) -> Self:
        """Return those at a place: a site by its code, a team by its number; empty is everywhere."""
        found = self.filter(site__code=site) if site else self
        if not team:
            return found
        return found.filter(team=int(team)) if NUMBER.fullmatch(team) else found.none()

    def for_list(self) -> Self:
        """Return the rows of a list with names, readings and deeds."""
        deeds = self.model._meta.get_field("deeds").related_model
        return self.select_related("site__calendar", "team", "agent").prefetch_related(
            "readings", Prefetch("deeds", deeds.objects.select_related("done_by"))
        )
