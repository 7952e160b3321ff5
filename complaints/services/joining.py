"""Complaints that belong together: linked, they stay apart; merged, one goes into the other."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from agents.selectors import organisation
from callcenter.errors import Conflict, DomainError
from complaints.enums import Act, CorrectionState, Status
from complaints.models import Complaint, Likeness
from complaints.services import clocks, notices, raising
from complaints.services.acting import begin, finish, need


@transaction.atomic
def link(*, actor: User, complaint_id: int, other_id: int, now: datetime) -> Likeness:
    """Say that two complaints belong together; both tell of it. Once is enough."""
    _lock(complaint_id, other_id)
    complaint = begin(Act.LINK, complaint_id, actor=actor)
    other = begin(Act.LINK, _seen(actor, complaint, other_id), actor=actor)
    first, second = sorted([complaint, other], key=lambda one: one.pk)
    likeness, is_new = Likeness.objects.get_or_create(first=first, second=second)
    if is_new:
        for one, its_other in ((complaint, other), (other, complaint)):
            finish(one, Act.LINK, actor=actor, now=now, facts={"other": its_other.reference})
    return likeness


@transaction.atomic
def merge(*, actor: User, complaint_id: int, into_id: int, reason: str, now: datetime) -> Complaint:
    """Let one complaint go into another, which keeps the earlier start and the higher tier of both; return that one.

    Complaints about different members of staff stay apart, since nobody may judge what is about themself.
    """
    _lock(complaint_id, into_id)
    complaint = begin(Act.MERGE, complaint_id, actor=actor)
    target = begin(Act.MERGE, _seen(actor, complaint, into_id), actor=actor)
    why = need(reason, "reason", _("The reason is missing."), _("Say why they are the same."))
    _refuse_merging(complaint, target)
    facts = _take_over(complaint, target, actor=actor, now=now)
    complaint.merged_into, complaint.resolved_at, complaint.closed_at = target, now, now
    whereto = {"into": target.reference}
    finish(complaint, Act.MERGE, actor=actor, now=now, to=Status.MERGED, note=why, facts=whereto)
    clocks.end(complaint, now=now)
    finish(target, Act.MERGE, actor=actor, now=now, note=why, facts={"merged": complaint.reference, **facts})
    return target


def _lock(*complaints: int) -> None:
    """Lock complaints in the order of their keys, so that two people who join the same ones do not stand in a circle."""
    rows = Complaint.objects.filter(pk__in=complaints).order_by("pk").select_for_update(of=("self",))
    list(rows.values_list("pk"))


def _seen(actor: User, complaint: Complaint, other_id: int) -> int:
    """Return the key of the other complaint if there is one that `actor` sees; it is not the same."""
    if other_id == complaint.pk:
        raise DomainError(_("This is the same complaint."), field="other", mend=_("Name another one."))
    if not Complaint.objects.visible_to(actor).filter(pk=other_id).exists():
        raise DomainError(
            _("There is no such complaint."), field="other", mend=_("Name one that you can see.")
        )
    return other_id


def _refuse_merging(complaint: Complaint, target: Complaint) -> None:
    accused = {complaint.staff_concerned_id, target.staff_concerned_id} - {None}
    if len(accused) > 1:
        raise Conflict(_("They are about different people."), mend=_("Link them instead."))
    if complaint.site_id != target.site_id:
        raise Conflict(_("They are of different sites."), mend=_("Link them instead."))
    running = complaint.corrections.filter(replaced_by=None).exclude(state=CorrectionState.HOLDS)
    if running.exists():
        raise Conflict(
            _("A corrective action of this complaint is not finished."),
            mend=_("Merge the other into this one."),
        )


def _take_over(
    complaint: Complaint, target: Complaint, *, actor: User, now: datetime
) -> dict[str, list[str]]:
    """Give `target` what the two have in common: earliest start, highest tier, the person concerned; say what changed."""
    before = _stand(target)
    target.received_at = min(complaint.received_at, target.received_at)
    rises = complaint.tier > target.tier
    target.tier = max(complaint.tier, target.tier)
    target.staff_concerned = target.staff_concerned or complaint.staff_concerned
    target.save(update_fields=["received_at", "staff_concerned"])
    if rises or target.handler_id in _conflicted(target, now):
        raising.reroute(target, actor=actor, now=now)
    raising.count_anew(target, start=target.received_at, now=now)
    after = _stand(target)
    if target.handler != actor and before["handler"] != after["handler"]:
        notices.tell(target, "handler", [target.handler], now)
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _stand(complaint: Complaint) -> dict[str, str]:
    return {
        "tier": str(complaint.get_tier_display()),
        "handler": str(complaint.handler),
        "received_at": complaint.received_at.isoformat(),
        "due_at": complaint.due_at.isoformat(),
    }


def _conflicted(complaint: Complaint, now: datetime) -> set[int]:
    house = organisation({complaint.handler_id}, now=now)
    return set(house.conflicted(complaint.staff_concerned_id))
