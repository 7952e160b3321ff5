"""How every act on a complaint begins and ends: lock, right and state; then the step, and the audit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import DomainError
from callcenter.state import IllegalTransition
from callcenter.words import listed
from complaints.course import COURSE
from complaints.enums import Act, Status
from complaints.models import Complaint, Step


def begin(act: Act, complaint_id: int, *, actor: Actor) -> Complaint:
    """Return the complaint, locked until the transaction ends, if `actor` may do `act` and its state allows it.

    Raises NotAllowed without the right, IllegalTransition (409) in the wrong state; nothing is changed then.
    """
    rows: Any = Complaint.objects.select_for_update(of=("self",))
    related = rows.select_related("site__calendar", "handler__site__calendar", "staff_concerned", "customer")
    complaint: Complaint = related.get(pk=complaint_id)
    require(actor, f"complaints.{act}", complaint)
    check(complaint, act)
    return complaint


def check(complaint: Complaint, act: Act) -> None:
    """Raise IllegalTransition unless the course allows `act` where the complaint stands."""
    if complaint.status not in COURSE[act].sources:
        possible = [
            str(other.label)
            for other, way in COURSE.items()
            if complaint.status in way.sources and way.targets
        ]
        raise IllegalTransition(
            _("“%(act)s” is not possible while the complaint is “%(state)s”.")
            % {"act": act.label, "state": complaint.get_status_display()},
            mend=_("Possible now: %(allowed)s.")
            % {"allowed": listed(possible) or _("nothing, it has ended")},
        )


def finish(
    complaint: Complaint,
    act: Act,
    *,
    actor: Actor,
    now: datetime,
    to: Status | None = None,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Step:
    """Write down what was done: the step, the state it leads to (`to`, else the same), and the entry of the audit.

    The caller saves the other fields of the complaint; `status` is saved here.
    """
    old = complaint.status
    if to is not None and to not in COURSE[act].targets:
        message = f"{act} does not lead to {to}"
        raise ValueError(message)
    if to is not None:
        complaint.status = to
        complaint.save(update_fields=["status", "resolved_at", "closed_at", "merged_into"])
    step = Step.objects.create(
        complaint=complaint,
        act=act,
        old=old,
        new=complaint.status,
        at=now,
        by_id=actor.pk,
        note=note,
        facts=dict(facts or {}),
    )
    log.record(actor, f"complaint.{act}", complaint, now=now, old=old, new=complaint.status, **(facts or {}))
    return step


def need(value: str, field: str, message: str, mend: str) -> str:
    """Return `value` without the blanks around it; raise a clear error if nothing is left."""
    if not value.strip():
        raise DomainError(message, code="required", field=field, mend=mend)
    return value.strip()
