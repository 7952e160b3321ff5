"""Which feedback somebody sees, and the lists it stands in."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from callcenter.access import Role
from feedback.enums import Addressee, Status, SuggestionState

OPEN = (Status.SUBMITTED, Status.DISPUTED)
"""What waits for an answer."""


def owned(user: Any) -> set[int]:
    """Return the keys of the departments that the user answers for today."""
    return {grant.department_id for grant in user.grants if grant.role == Role.DEPARTMENT_OWNER}


def supervised(user: Any) -> set[int]:
    """Return the keys of the sites whose supervisor the user is today: not those of a whole region."""
    return {grant.site_id for grant in user.grants if grant.role == Role.SUPERVISOR}


def _addressed_to(user: Any) -> Q:
    return Q(addressee=Addressee.DEPARTMENT, department_id__in=owned(user)) | Q(
        addressee=Addressee.SUPERVISOR, site_id__in=supervised(user)
    )


def _with_executives(user: Any) -> Q:
    if not user.holds(Role.EXECUTIVE):
        return Q(pk__in=[])
    return Q(addressee=Addressee.EXECUTIVE) | Q(escalated_at__isnull=False)


class ItemQuerySet(models.QuerySet[Any]):
    """Feedback items."""

    def visible_to(self, user: Any) -> Self:
        """Return what the person may read in full: the own ones, and those that they answer or were asked to (domain §5).

        Administrators, colleagues and superiors of the author are not among them.
        """
        return self.filter(self._own(user) | _addressed_to(user) | _with_executives(user))

    def on_board(self) -> Self:
        """Return what is public; of it everybody may read `public_subject`, `public_text` and the public answer only."""
        return self.filter(published_at__isnull=False)

    def joined_by(self, user: Any, interest: str) -> Self:
        """Return what the person says “me too” to, or follows."""
        return self.filter(backings__person=user, backings__interest=interest)

    def written_by(self, user: Any) -> Self:
        """Return the person's own items, newest first."""
        return self.filter(author__person=user).order_by("-submitted_at", "-id")

    def asked_of(self, user: Any) -> Self:
        """Return what the person is to answer for now, whatever its state: never what they wrote themselves."""
        charge = _addressed_to(user) & Q(escalated_at=None) | _with_executives(user)
        return self.filter(charge).exclude(self._own(user))

    def waiting_for(self, user: Any) -> Self:
        """Return what the person has yet to answer, the nearest deadline first."""
        return self.asked_of(user).filter(status__in=OPEN).order_by("due_at", "id")

    def answered_for(self, user: Any) -> Self:
        """Return what the person's side has answered, newest first."""
        side = _addressed_to(user) | _with_executives(user)
        done = self.filter(side).exclude(self._own(user)).exclude(status__in=OPEN)
        return done.order_by("-released_at", "-id")

    def overdue(self, now: datetime) -> Self:
        """Return what was not answered in time and is not yet with the executives, the longest over first."""
        return self.filter(status=Status.SUBMITTED, escalated_at=None, due_at__lte=now).order_by("due_at")

    def silent(self, now: datetime, unnamed_before: datetime) -> Self:
        """Return the answered ones to which nobody objected in time; of the anonymous ones those long enough over.

        Until then an objection that was written in time may still wait in the intake.
        """
        over = Q(anonymous=False) | Q(silent_until__lte=unnamed_before)
        return self.filter(over, status=Status.ANSWERED, silent_until__lte=now).order_by("silent_until")

    def to_erase(self, before: datetime) -> Self:
        """Return the anonymous ones that closed until `before` and whose words nobody needs any more."""
        needed = Q(suggestion__state__in=[SuggestionState.ADOPTED, SuggestionState.CARRIED_OUT]) | Q(
            suggestion__verified_at__gt=before
        )
        closed = self.filter(anonymous=True, erased_at=None, closed_at__lte=before)
        return closed.exclude(pk__in=self.model._base_manager.filter(needed).values("pk")).order_by(
            "closed_at"
        )

    def for_list(self) -> Self:
        """Return the rows of a list with their names."""
        return self.select_related("author__person", "department", "site")

    def for_page(self) -> Self:
        """Return items with all that their page says of them in one row, and their files."""
        joined = self.for_list().select_related("policy", "suggestion", "hand_on__old", "claim__person")
        return joined.prefetch_related("files")

    def for_board(self) -> Self:
        """Return public items without the author's own words.

        What belongs to them is read apart: joined, it would be read for every row that a search finds before any is left out.
        """
        return self.prefetch_related("author", "department", "suggestion").defer("subject", "text")

    def _own(self, user: Any) -> Q:
        authors = self.model._meta.get_field("author").related_model._base_manager
        return Q(pk__in=authors.filter(person=user).values("item"))


class SuggestionQuerySet(models.QuerySet[Any]):
    """Suggestions."""

    def overdue(self, today: date) -> Self:
        """Return the adopted ones whose date has passed and whose owners were not told so."""
        late = self.filter(state=SuggestionState.ADOPTED, carry_out_by__lt=today, reminded_at=None)
        return late.order_by("carry_out_by", "pk")
