"""The analysis of causes leaves the page: every month by itself, and whenever somebody takes it along."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from agents.models import RoleGrant, User
from agents.notices import notices
from callcenter.access import SYSTEM, require
from callcenter.audit import log
from callcenter.outbox import queue
from complaints.analysis import Period, figures
from complaints.models import Complaint, MonthlyAnalysis
from complaints.rules import READS_MONTHLY


def write_monthly(*, now: datetime) -> int:
    """Make the analysis of the month that ended last and mail it to its readers; return how many were made: one or none.

    However often and by however many it is called, there is one of a month, and each reader is told once.
    """
    last = timezone.localdate(now, timezone.get_default_timezone()).replace(day=1) - timedelta(days=1)
    period = Period(last.replace(day=1), last)
    if MonthlyAnalysis.objects.filter(month=period.first).exists():
        return 0
    with timezone.override(timezone.get_default_timezone()):
        since, until = (_midnight(day) for day in (period.first, last + timedelta(days=1)))
        received = Complaint.objects.filter(received_at__gte=since, received_at__lt=until)
        counted = figures(received, period, now=now)
    with transaction.atomic():
        made, is_new = MonthlyAnalysis.objects.get_or_create(
            month=period.first, defaults={"figures": counted, "made_at": now}
        )
        if is_new:
            log.record(SYSTEM, "analysis.made", made, now=now, month=str(made))
            _tell(made, now)
    return int(is_new)


def _midnight(day: object) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(f"{day}T00:00"))


def _tell(made: MonthlyAnalysis, now: datetime) -> None:
    held = RoleGrant.objects.on(timezone.localdate(now)).filter(role__in=READS_MONTHLY)
    people = User.objects.filter(pk__in=held.values("person"), is_active=True)
    queue.enqueue(
        notices(
            f"analysis:{made}",
            list(people.select_related("site__calendar").order_by("pk")),
            template="complaints/notify/monthly",
            context={
                "month": made.month.isoformat(),
                "received": made.figures["total"]["received"],
                "late": made.figures["total"]["late"],
                "path": made.get_absolute_url(),
            },
            topic=f"analysis:{made}",
            now=now,
        )
    )


def note_export(*, actor: Any, part: str, form: str, asked: Mapping[str, str], now: datetime) -> None:
    """Write into the audit who took which part of the analysis, as what (“csv”, “xlsx”, “pdf”), and about what."""
    require(actor, "complaints.analyse")
    log.record(actor, "complaints.analysis_taken", actor, now=now, part=part, form=form, asked=dict(asked))
