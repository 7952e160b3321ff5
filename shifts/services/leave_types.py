"""The types of leave; general affairs keep them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agents.services.dated import unless_taken
from callcenter.access import Actor, require
from callcenter.audit import log
from shifts.models import LeaveType

FACTS = ("code", "name", "is_limited", "yearly_minutes", "carry_minutes", "carry_until_month", "is_active")


@transaction.atomic
def save_leave_type(
    *, actor: Actor, type_id: int | None = None, facts: Mapping[str, Any], now: datetime
) -> LeaveType:
    """Make a type of leave, or change one. Grants that were written already stay as they are."""
    require(actor, "shifts.manage_balances")
    kind = LeaveType.objects.select_for_update().get(pk=type_id) if type_id else LeaveType()
    old = {name: getattr(kind, name) for name in FACTS} if type_id else {}
    for name in FACTS:
        setattr(kind, name, facts[name])
    with unless_taken("code", _("Another type has this code."), _("Choose another code.")):
        kind.save()
    action = "leave_type.changed" if type_id else "leave_type.made"
    log.record(actor, action, kind, now=now, old=old, new={name: facts[name] for name in FACTS})
    return kind
