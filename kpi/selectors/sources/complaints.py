"""Complaints: received, ruled valid, and solved in time; by the day on which they were received."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Aggregate, Count, Exists, F, OuterRef, Q
from django.db.models.functions import Now

from complaints.enums import UNRULED, Outcome, Status
from complaints.models import Complaint, Ruling
from kpi.selectors.sources.days import Facts, grouped, local_day, scope, span

if TYPE_CHECKING:
    from kpi.selectors.series import Question

RULED_VALID: Final = Exists(
    Ruling.objects.filter(complaint=OuterRef("pk"), outcome=Outcome.VALID, replaced_by=None)
)
COUNTERS: Final[dict[str, Aggregate]] = {
    "received__sum": Count("pk"),
    "valid__sum": Count("pk", filter=RULED_VALID),
    "on_time__sum": Count("pk", filter=Q(resolved_at__lte=F("due_at"))),
    "judged__sum": Count("pk", filter=Q(resolved_at__isnull=False) | Q(due_at__lte=Now())),
}


def counted(user: Any, question: "Question", names: Collection[str]) -> list[dict[str, Any]]:
    """Return the counters of complaints; one that was merged into another counts there alone.

    Nobody counts a complaint about themself before its ruling (domain §4).
    """
    seen = (
        Complaint.objects.filter(scope(user, site="site", person="staff_concerned", team="team"))
        .exclude(status=Status.MERGED)
        .exclude(staff_concerned=user, status__in=UNRULED)
        .filter(received_at__range=span(question))
        .annotate(day=local_day("site", "received_at"))
    )
    facts = Facts(seen, "site", "staff_concerned", F("team"), F("team__name"))
    return grouped(facts, question, {name: COUNTERS[name] for name in names})
