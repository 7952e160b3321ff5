"""Waiting for the customer: the clocks stand still, with a reason and a limit, where the policy allows it."""

from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import SYSTEM
from callcenter.errors import Conflict, DomainError
from complaints import selectors
from complaints.enums import Act, ClockKind
from complaints.models import Complaint, Pause
from complaints.services import clocks, notices
from complaints.services.acting import begin, finish, need


@transaction.atomic
def pause(
    *, actor: User, complaint_id: int, reason: str, now: datetime, until: datetime | None = None
) -> Pause:
    """Let the clocks stand still while the complaint waits for the customer, at the longest until `until`.

    Without it, for as long as the policy allows in all. A deadline that has passed is not moved, so it waits no more.
    """
    complaint = begin(Act.PAUSE, complaint_id, actor=actor)
    why = need(reason, "reason", _("The reason is missing."), _("Say what you wait for."))
    if complaint.pauses.filter(ended_at=None).exists():
        raise Conflict(_("It waits already."), mend=_("Go on first."))
    limit = _limit(complaint, now)
    until = until or limit
    if not now < until <= limit:
        raise DomainError(
            _("It cannot wait until then."),
            field="until",
            mend=_("Give a time until %(limit)s.")
            % {"limit": date_format(localtime(limit), "SHORT_DATETIME_FORMAT")},
        )
    begun: Pause = Pause.objects.create(complaint=complaint, reason=why, by=actor, at=now, until_at=until)
    standing = complaint.clocks.running().filter(kind__in=clocks.AT_RECEIPT, due_at__gt=now)
    standing.update(paused_at=now, next_at=None)
    finish(complaint, Act.PAUSE, actor=actor, now=now, note=why, facts={"until": until.isoformat()})
    return begun


def _limit(complaint: Complaint, now: datetime) -> datetime:
    clock = complaint.clocks.filter(kind=ClockKind.RESOLUTION).latest("version")
    if clock.due_at <= now:
        raise Conflict(
            _("The deadline has passed; waiting moves it no more."), mend=_("Resolve the complaint.")
        )
    limit = selectors.pause_limit(complaint, clock, now=now)
    if limit is None:
        raise Conflict(
            _("This complaint cannot wait for the customer."),
            mend=_("The policy of its deadline does not allow it, or the time that it allows is used up."),
        )
    return limit


@transaction.atomic
def resume(*, actor: User, complaint_id: int, now: datetime) -> Pause:
    """Let the clocks go on: what was still to come moves by the business time that they stood."""
    complaint = begin(Act.RESUME, complaint_id, actor=actor)
    waiting = complaint.pauses.filter(ended_at=None).first()
    if waiting is None:
        raise Conflict(_("It does not wait."), mend=_("Its clocks run."))
    until = min(now, waiting.until_at)
    waiting.ended_at, waiting.ended_by = until, actor
    waiting.save(update_fields=["ended_at", "ended_by"])
    old = complaint.due_at
    clocks.go_on(complaint, now=until)
    facts = {"due_at": [old.isoformat(), complaint.due_at.isoformat()]}
    finish(complaint, Act.RESUME, actor=actor, now=now, facts=facts)
    return waiting


def end_pauses(*, now: datetime) -> int:
    """End every pause that has reached its limit, as of the limit, and tell its handler; return how many.

    What somebody holds waits its turn.
    """
    over = Pause.objects.filter(ended_at=None, until_at__lte=now).order_by("until_at")
    return sum(_end(pk, now) for pk in list(over.values_list("complaint_id", flat=True)))


@transaction.atomic
def _end(complaint_id: int, now: datetime) -> bool:
    rows = Complaint.objects.select_for_update(of=("self",), skip_locked=True)
    complaint = rows.filter(pk=complaint_id).first()
    waiting = complaint and complaint.pauses.filter(ended_at=None, until_at__lte=now).first()
    if not complaint or not waiting:
        return False
    waiting.ended_at = waiting.until_at
    waiting.save(update_fields=["ended_at"])
    old = complaint.due_at
    clocks.go_on(complaint, now=waiting.until_at)
    facts = {"due_at": [old.isoformat(), complaint.due_at.isoformat()]}
    finish(complaint, Act.RESUME, actor=SYSTEM, now=now, facts=facts)
    notices.tell(complaint, "pause_over", [complaint.handler], now)
    return True
