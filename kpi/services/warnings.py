"""What people do about early warnings: record a deed, close one, say how the centre watches and who is mailed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError, NotFound
from callcenter.outbox import queue
from kpi.enums.warnings import DeedKind, Ending, MailFrom
from kpi.models import EarlyWarning, WarningDeed, WarningMail, WarningPolicy
from kpi.watched import watchable

LATE: Final = timedelta(days=7)
"""For so long after the end a deed can still be recorded: who helps first writes afterwards."""


def _locked(warning_id: int) -> EarlyWarning:
    rows = EarlyWarning.objects.select_related("site", "team", "agent")
    found: EarlyWarning | None = rows.select_for_update(of=("self",)).filter(pk=warning_id).first()
    if found is None:
        raise NotFound(_("There is no such warning."))
    return found


@transaction.atomic
def record_deed(*, actor: Any, warning_id: int, kind: str, note: str = "", now: datetime) -> WarningDeed:
    """Write down what the actor did about a warning, up to a week after its end. Something else needs a note."""
    warning = _locked(warning_id)
    require(actor, "kpi.answer_warning", warning)
    if kind not in DeedKind.values:
        raise DomainError(
            _("“%(value)s” is not known here.") % {"value": kind},
            field="kind",
            code="unknown",
            mend=_("Known are: %(known)s.") % {"known": ", ".join(DeedKind.values)},
        )
    if kind == DeedKind.OTHER and not note.strip():
        raise DomainError(
            _("The note is missing."), field="note", code="required", mend=_("Say what was done.")
        )
    if warning.closed_at and warning.closed_at < now - LATE:
        raise Conflict(
            _("This warning has been over for more than a week."),
            mend=_("Record it with a warning that is open."),
        )
    deed = WarningDeed.objects.create(
        warning=warning, kind=kind, note=note.strip(), done_by_id=actor.pk, done_at=now
    )
    log.record(actor, "warning.answered", warning, now=now, kind=kind, note=deed.note)
    return deed


@transaction.atomic
def close_warning(*, actor: Any, warning_id: int, reason: str, now: datetime) -> EarlyWarning:
    """End a warning by hand, for a reason. Only what happens from now on can raise it again."""
    warning = _locked(warning_id)
    require(actor, "kpi.answer_warning", warning)
    if not reason.strip():
        raise DomainError(
            _("The reason is missing."),
            field="reason",
            code="required",
            mend=_("Say why it need not be watched any longer."),
        )
    if warning.closed_at:
        raise Conflict(
            _("This warning is over already."), mend=_("What was done can still be recorded for a week.")
        )
    warning.closed_at, warning.ending, warning.reason = now, Ending.BY_HAND, reason.strip()
    warning.closed_by_id = actor.pk
    warning.save(update_fields=["closed_at", "closed_by", "ending", "reason"])
    queue.cancel(warning.topic)
    log.record(actor, "warning.closed", warning, now=now, reason=warning.reason)
    return warning


@transaction.atomic
def set_policy(*, actor: Actor, changes: Mapping[str, Any], now: datetime) -> WarningPolicy:
    """Set how the centre watches; a DomainError names what is out of its range or cannot be watched."""
    require(actor, "kpi.set_warnings")
    WarningPolicy.objects.bulk_create([WarningPolicy(pk=1)], ignore_conflicts=True)
    policy: WarningPolicy = WarningPolicy.objects.select_for_update().get(pk=1)
    old = {name: getattr(policy, name) for name in changes}
    for name, value in changes.items():
        setattr(policy, name, value)
    _check(policy)
    policy.save(update_fields=list(changes))
    log.record(actor, "warning.policy_set", policy, now=now, old=old, new=dict(changes))
    return policy


def _check(policy: WarningPolicy) -> None:
    try:
        policy.clean_fields(exclude=["id"])
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise DomainError(" ".join(messages), field=field, code="out_of_range") from wrong
    known = {metric.key for metric in watchable()}
    for field in ("of_sites", "of_teams", "of_agents"):
        if unknown := sorted(set(getattr(policy, field)) - known):
            raise DomainError(
                _("“%(value)s” cannot be watched.") % {"value": unknown[0]},
                field=field,
                code="unknown",
                mend=_("Known are: %(known)s.") % {"known": ", ".join(sorted(known))},
            )


@transaction.atomic
def choose_mail(*, actor: Any, severity: int | None, now: datetime) -> None:
    """Be mailed about warnings from this severity on, None for never; the notice in the app comes anyway."""
    require(actor, "kpi.view_warnings")
    if severity is None:
        WarningMail.objects.filter(person=actor).delete()
    elif severity in MailFrom.values:
        WarningMail.objects.update_or_create(person=actor, defaults={"severity": severity})
    else:
        raise DomainError(_("There is no such choice."), field="severity", code="unknown")
    log.record(actor, "warning.mail_chosen", actor, now=now, severity=severity)
