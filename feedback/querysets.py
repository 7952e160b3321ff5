"""Which feedback somebody sees, and the lists it stands in."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from feedback.enums import Status


class ItemQuerySet(models.QuerySet[Any]):
    """Feedback items."""

    def visible_to(self, user: Any) -> Self:
        """Return what the person wrote and what their departments are asked; nobody else sees it (domain §5)."""
        return self.filter(Q(submitter=user) | Q(department__in=user.departments))

    def written_by(self, user: Any) -> Self:
        """Return the person's own items, newest first."""
        return self.filter(submitter=user).order_by("-submitted_at", "-id")

    def waiting_for(self, user: Any) -> Self:
        """Return what the person's departments have yet to answer, the nearest deadline first; never their own."""
        asked = self.filter(department__in=user.departments, status=Status.SUBMITTED).exclude(submitter=user)
        return asked.order_by("due_at", "id")

    def answered_for(self, user: Any) -> Self:
        """Return what the person's departments have answered, newest answer first."""
        return self.filter(department__in=user.departments, status=Status.ANSWERED).order_by(
            "-answered_at", "-id"
        )

    def for_list(self) -> Self:
        """Return the rows of a list with their names."""
        return self.select_related("submitter", "department", "answered_by")
