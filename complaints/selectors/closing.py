"""What a complaint still needs before it may be closed (domain §4, the rules that keep it honest)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from agents.enums import ConductState
from complaints.enums import Act, CorrectionState, FollowUpOutcome, Outcome, Status, Tier
from complaints.models import Complaint, CoursePolicy


def missing_for_closing(complaint: Complaint) -> list[str]:
    """Return what still has to be done before the complaint may be closed, each in words; empty: nothing."""
    ruling = complaint.rulings.filter(replaced_by=None).first()
    if ruling is None:
        return [_("Verify and rule")]
    if ruling.outcome == Outcome.INVALID:
        return [*_unexplained(complaint), *_unreported(complaint)]
    return [*_unsettled(complaint), *_unreported(complaint), *_uncorrected(complaint)]


def _unexplained(complaint: Complaint) -> Iterator[str]:
    if complaint.resolved_at is None:
        yield _("Explain it to the customer")


def _unsettled(complaint: Complaint) -> Iterator[str]:
    if complaint.resolved_at is None:
        yield _("Apologise and solve it for the customer")
    if complaint.status not in (Status.SATISFIED, Status.CLOSED):
        yield from _unconfirmed(complaint)
    if complaint.cause_id is None:
        yield _("Set the cause")
    if not complaint.liabilities.exclude(record__state=ConductState.WITHDRAWN).exists():
        yield _("Decide who is at fault, or that nobody is")


def _unconfirmed(complaint: Complaint) -> Iterator[str]:
    """Ask for the customer's word, unless they could not be reached on so many days since the last solution."""
    wanted = CoursePolicy.objects.get().failed_follow_ups
    since = complaint.resolved_at
    failed = (
        complaint.follow_ups.filter(outcome=FollowUpOutcome.NOT_REACHED, at__gte=since) if since else None
    )
    days = failed.aggregate(days=Count("day", distinct=True))["days"] if failed is not None else 0
    if days < wanted:
        yield _(
            "Ask whether the customer is satisfied, or fail to reach them on %(wanted)d days (so far: %(days)d)"
        ) % {"wanted": wanted, "days": days}


def _unreported(complaint: Complaint) -> Iterator[str]:
    """Ask for a report that tells of the last solution to whom the customer has reached by now."""
    if complaint.tier == Tier.COMPANY:
        return
    since = _last_turn(complaint)
    if since is None or not complaint.reports.filter(at__gte=since).exists():
        yield _("File the external report")


def _last_turn(complaint: Complaint) -> datetime | None:
    raised = complaint.steps.filter(act=Act.RAISE_TIER).order_by("at").last()
    if complaint.resolved_at and raised:
        return max(complaint.resolved_at, raised.at)
    return complaint.resolved_at


def _uncorrected(complaint: Complaint) -> Iterator[str]:
    left = complaint.corrections.filter(replaced_by=None).exclude(state=CorrectionState.HOLDS)
    for correction in left.select_related("owner").order_by("pk"):
        facts = {"owner": correction.owner, "state": correction.get_state_display()}
        yield _("See the corrective action of %(owner)s through (%(state)s)") % facts
