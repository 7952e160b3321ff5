"""Reads over feedback that need more than one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from agents.models import Department, RoleGrant, User
from agents.selectors import DAY_OF_CENTRE
from callcenter.access import Role
from callcenter.errors import DomainError
from callcenter.worktime import calendars
from callcenter.worktime.models import Policy
from feedback import sla
from feedback.models import Item

ANSWER_POLICY = "feedback_answer"
"""The code of the policy that says by when a department answers: three working days at first (domain §5)."""


def answer_policy() -> Policy:
    """Return the policy of the answer deadline; a DomainError if it was taken away."""
    policy = Policy.objects.filter(code=ANSWER_POLICY).first()
    if policy is None:
        raise DomainError(_("No answer deadline is set."), mend=_("Ask an administrator to set one."))
    return policy


def owners_of(department: Department, *, now: datetime) -> list[User]:
    """Return the active people who answer for the department on the centre's date of `now`."""
    day = now.astimezone(DAY_OF_CENTRE).date()
    grants = RoleGrant.objects.on(day).filter(role=Role.DEPARTMENT_OWNER, department=department)
    people = User.objects.filter(pk__in=grants.values("person"), is_active=True)
    return list(people.select_related("site__calendar"))


def with_time_left(items: Sequence[Item], *, now: datetime) -> Sequence[Item]:
    """Give each item `left`, the working time left for its answer; two queries at most for all."""
    hours = calendars.load_many({item.calendar_id for item in items})
    for item in items:
        row: Any = item
        row.left = sla.left(start=item.submitted_at, due=item.due_at, now=now, hours=hours[item.calendar_id])
    return items


@dataclass(frozen=True, slots=True)
class Standing:
    """How many items wait for a person's departments, and how many of them are late."""

    waiting: int
    late: int


def standing(user: User, *, now: datetime) -> Standing:
    """Return the figures of the sentence above the list, in one query."""
    waiting = Item.objects.waiting_for(user).order_by()
    return Standing(**waiting.aggregate(waiting=Count("pk"), late=Count("pk", filter=Q(due_at__lte=now))))
