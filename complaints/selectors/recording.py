"""What somebody who records a complaint is shown: who works here, and what the same customer complains of already."""

from typing import Any

from django.db.models import Q

from agents.models import User
from calls.models import Customer
from complaints.enums import CLOSED
from complaints.models import Complaint

MOST = 8
"""As many as one reads at a glance while somebody waits on the telephone."""
SHORTEST, LONGEST = 2, 80
"""Signs of a search."""


def people_called(words: str) -> list[User]:
    """Return the first people who work here and whose name holds the words, or whose work number begins with them."""
    wanted = " ".join(words.replace("\0", "").split())[:LONGEST]
    if len(wanted) < SHORTEST:
        return []
    found = User.objects.filter(
        Q(name__icontains=wanted) | Q(work_number__istartswith=wanted), is_active=True
    )
    return list(found.select_related("site").order_by("work_number")[:MOST])


def others_of(customer: Customer | None, user: User, *, beside: Complaint | None = None) -> list[Any]:
    """Return the customer's complaints that are not closed, newest first, each with `seen`: whether the user sees it.

    Who records a complaint is told that there is another, though not what it says, unless they see it or it is about them.
    """
    if customer is None:
        return []
    running = Complaint.objects.filter(customer=customer).exclude(status__in=CLOSED)
    if beside:
        running = running.exclude(pk=beside.pk)
    rows: list[Any] = list(
        running.exclude(staff_concerned=user)
        .select_related("responsible")
        .order_by("-received_at", "-pk")[:MOST]
    )
    seen = set(
        Complaint.objects.visible_to(user)
        .filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )
    for row in rows:
        row.seen = row.pk in seen
    return rows
