"""The tree of causes, which the service department maintains. What was ever named stays: it can only be retired."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from complaints.models import Cause, Correction
from complaints.services.acting import need

MANAGE = "complaints.manage_causes"
STEPS = 3
"""How many causes stand one below the other at most; `filters.CauseFilter` reads as many."""


@transaction.atomic
def add_cause(*, actor: Actor, code: str, name: str, now: datetime, parent: Cause | None = None) -> Cause:
    """Add a cause, at the top or below `parent`; a code is given once for ever, in either case of letters."""
    require(actor, MANAGE)
    code = need(code, "code", _("The code is missing."), _("Give a short one, such as billing-refund."))
    name = need(name, "name", _("The name is missing."), _("Say it in a few words."))
    if parent:
        _refuse_below(parent)
    if Cause.objects.filter(code__iexact=code).exists():
        raise Conflict(_("This code is taken."), field="code", mend=_("Choose another."))
    cause = Cause.objects.create(code=code, name=name, parent=parent)
    log.record(actor, "cause.added", cause, now=now, code=code, name=name, parent=str(parent or ""))
    return cause


def _refuse_below(parent: Cause) -> None:
    above, steps = parent, 2
    while above.parent:
        above, steps = above.parent, steps + 1
    if steps > STEPS:
        raise DomainError(
            _("The tree has three levels."), field="parent", mend=_("Choose one that stands higher.")
        )
    if parent.retired:
        raise DomainError(
            _("This cause is no longer chosen."), field="parent", mend=_("Choose another from the tree.")
        )


@transaction.atomic
def rename_cause(*, actor: Actor, cause_id: int, name: str, now: datetime) -> Cause:
    """Give a cause another name, wherever it is shown; its code stays."""
    cause = _locked(actor, cause_id)
    old, cause.name = cause.name, need(name, "name", _("The name is missing."), _("Say it in a few words."))
    cause.save(update_fields=["name"])
    log.record(actor, "cause.renamed", cause, now=now, name=[old, cause.name])
    return cause


@transaction.atomic
def retire_cause(*, actor: Actor, cause_id: int, now: datetime) -> Cause:
    """Choose a cause, and all below it, no more; complaints that name it keep it."""
    cause = _locked(actor, cause_id)
    below = Q(pk=cause.pk) | Q(parent=cause) | Q(parent__parent=cause)
    Cause.objects.filter(pk__in=Cause.objects.filter(below).order_by().values("pk")).update(retired=True)
    cause.retired = True
    log.record(actor, "cause.retired", cause, now=now)
    return cause


@transaction.atomic
def restore_cause(*, actor: Actor, cause_id: int, now: datetime) -> Cause:
    """Let a retired cause be chosen again; below a retired one that is a Conflict."""
    cause = _locked(actor, cause_id)
    if cause.parent and cause.parent.retired:
        raise Conflict(_("The cause above it is retired."), mend=_("Restore that one first."))
    cause.retired = False
    cause.save(update_fields=["retired"])
    log.record(actor, "cause.restored", cause, now=now)
    return cause


@transaction.atomic
def remove_cause(*, actor: Actor, cause_id: int, now: datetime) -> None:
    """Remove a cause that nothing ever named; one that was used, or has others below it, is a Conflict."""
    cause = _locked(actor, cause_id)
    used = cause.complaints.exists() or Correction.objects.filter(cause=cause).exists()
    if used or cause.children.exists():
        raise Conflict(
            _("“%(cause)s” is in use.") % {"cause": cause}, mend=_("Retire it, so that it is chosen no more.")
        )
    log.record(actor, "cause.removed", cause, now=now, code=cause.code, name=cause.name)
    cause.delete()


def _locked(actor: Actor, cause_id: int) -> Cause:
    require(actor, MANAGE)
    found: Cause = Cause.objects.select_for_update(of=("self",)).select_related("parent").get(pk=cause_id)
    return found
