"""Asking for a forecast, and writing it once its error was seen."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.jobs.models import Job
from callcenter.jobs.services import start_job
from calls.models import Queue
from shifts.bounds import MOST_DAYS
from shifts.cover import half_hours
from shifts.enums import Origin
from shifts.forecast_job import KIND, found_by
from shifts.selectors.demand import midnight
from shifts.services.demand import Load, Put, put_demand


def start_forecast(*, actor: Any, queue: Queue, first: date, days: int, now: datetime, link: str = "") -> Job:
    """Begin to forecast the queue's calls of so many days from `first` on; nothing is written yet."""
    require(actor, "shifts.plan", queue.site)
    if not 1 <= days <= MOST_DAYS:
        raise DomainError(
            _("A forecast is for one day at least and three months at most."),
            field="days",
            mend=_("Ask for 1 to %(most)d days.") % {"most": MOST_DAYS},
        )
    return start_job(
        actor=actor,
        kind=KIND,
        title=_("Forecast of “%(queue)s”") % {"queue": queue},
        arguments={"queue": queue.pk, "first": first.isoformat(), "days": days},
        now=now,
        link=link,
    )


@transaction.atomic
def write_forecast(*, actor: Any, job: Job, now: datetime) -> Put:
    """Write the demand that a job forecast, in place of what was forecast before; what was entered or imported stays."""
    found = found_by(job)
    queue = Queue.objects.select_related("site__calendar").get(pk=found["queue"])
    first = date.fromisoformat(job.arguments["first"])
    last = first + timedelta(days=job.arguments["days"])
    span = half_hours(midnight(queue.site, first), midnight(queue.site, last))
    loads: dict[datetime, Load | None] = dict.fromkeys(span)
    for at, calls, seconds in found["loads"]:
        loads[datetime.fromtimestamp(at, UTC)] = Load(Decimal(str(calls)), seconds)
    return put_demand(actor=actor, queue=queue, loads=loads, origin=Origin.FORECAST, now=now)
