"""Views that people save for themselves."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 2000
"""Characters of a saved address."""


class SavedViewQuerySet(models.QuerySet[Any]):
    """Saved views."""

    def of(self, person: Any, name: str) -> Self:
        """Return the person's views of the list `name`, in the order in which they were saved."""
        return self.filter(person=person, list=name).order_by("pk")


class SavedView(models.Model):
    """What a list shows under a name of somebody's own: the query of its address, in the order of names."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    list = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=LONGEST, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "list", "name"], name="saved_view_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
