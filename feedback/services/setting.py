"""The numbers of the board, set by administrators."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import Department, User
from callcenter.access import require
from callcenter.audit import log
from callcenter.errors import DomainError
from callcenter.worktime.models import Policy
from feedback.models import Deadline, FeedbackPolicy

LEAST = {
    "tokens_a_period": 1,
    "least_in_a_batch": 3,
    "longest_wait_hours": 24,
    "silence_days": 1,
    "erase_after_days": 1,
    "smallest_cell": 5,
    "smallest_unit": 10,
}
"""Below these the promises of the board would not hold: a small batch, or a short wait, says when something was written."""
MOST = 3650
NOBODYS: Mapping[Department, Policy | None] = MappingProxyType({})


@transaction.atomic
def set_policy(
    *,
    actor: User,
    changes: Mapping[str, int],
    deadlines: Mapping[Department, Policy | None] = NOBODYS,
    now: datetime,
) -> FeedbackPolicy:
    """Set some of the numbers, and the deadlines of some departments (None: the house's); what runs keeps its own.

    A DomainError names a number that is out of its range.
    """
    require(actor, "feedback.set_policy")
    policy: FeedbackPolicy = FeedbackPolicy.objects.select_for_update().get(pk=1)
    for name, value in changes.items():
        if not LEAST[name] <= value <= MOST:
            raise DomainError(
                _("This number is out of its range."),
                field=name,
                mend=_("Choose %(least)s to %(most)s.") % {"least": LEAST[name], "most": MOST},
            )
    old = {name: getattr(policy, name) for name in changes}
    for name, value in changes.items():
        setattr(policy, name, value)
    policy.save(update_fields=list(changes))
    for department, deadline in deadlines.items():
        _set_deadline(department, deadline)
    told = {str(department): str(deadline or "") for department, deadline in deadlines.items()}
    log.record(actor, "feedback.policy_set", policy, now=now, old=old, new=dict(changes), deadlines=told)
    return policy


def _set_deadline(department: Department, policy: Policy | None) -> None:
    if policy:
        Deadline.objects.update_or_create(department=department, defaults={"policy": policy})
    else:
        Deadline.objects.filter(department=department).delete()
