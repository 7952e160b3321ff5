"""A forecast of a queue as a job: how far it would have been off is shown before anything of it is written."""

import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from callcenter.access import require
from callcenter.errors import DomainError, NotFound
from callcenter.jobs.models import Job
from callcenter.jobs.run import Result, Run
from calls.models import Queue
from shifts.cover import STEP
from shifts.forecast import Day, Error, Past, forecast, held_back
from shifts.selectors.demand import calendar_of, history, known_days, midnight

KIND: Final = "forecast"
FILE: Final = "forecast.json"
FEWEST_DAYS: Final = 28
LONGEST_HISTORY: Final = timedelta(days=400)
PORTION: Final = timedelta(days=14)
"""Of history, read by one statement."""


def work(run: Run) -> Result:
    """Forecast the queue's calls from `first` for `days`, and try the way of it on a month that is held back."""
    queue = _queue(run.arguments["queue"])
    require(run.actor, "shifts.plan", queue.site)
    first = date.fromisoformat(run.arguments["first"])
    until = first + timedelta(days=run.arguments["days"])
    past = _history(run, queue, first)
    calendar = calendar_of(queue.site, min(past), until)
    error = held_back(past, calendar)
    days = forecast(
        past, (first + timedelta(days=number) for number in range((until - first).days)), calendar
    )
    found = {
        "queue": queue.pk,
        "error": asdict(error) if error else None,
        "loads": list(loads_of(queue, days)),
    }
    run.keep_file(FILE, io.BytesIO(json.dumps(found, default=str).encode()))
    return Result(_said(queue, days, error), url=reverse("shifts:forecast", args=[run.job.pk]))


def found_by(job: Job) -> dict[str, Any]:
    """Return what the job found: `queue`, `error` (None without enough history), `loads` as (time, calls, seconds).

    NotFound when it was thrown away meanwhile.
    """
    path = f"jobs/{job.pk}/{FILE}"
    if job.kind != KIND or not default_storage.exists(path):
        raise NotFound(_("This forecast is not kept any more."), mend=_("Forecast again."))
    with default_storage.open(path) as file:
        found: dict[str, Any] = json.load(file)
    return found


def _queue(pk: int) -> Queue:
    queue = Queue.objects.select_related("site__calendar").filter(pk=pk).first()
    if queue is None:
        raise NotFound(_("This queue is gone."))
    return queue


def _history(run: Run, queue: Queue, first: date) -> dict[date, Past]:
    known = known_days(queue)
    if known is None or known[0] + timedelta(days=FEWEST_DAYS) > min(first, known[1]):
        raise DomainError(
            _("“%(queue)s” has calls of less than four weeks.") % {"queue": queue},
            mend=_("Bring in older calls, or enter the demand."),
        )
    # The last day that is known may be half brought in, and the first one half a day of calls.
    until = min(first, known[1])
    since = max(known[0] + timedelta(days=1), until - LONGEST_HISTORY)
    past: dict[date, Past] = {}
    total, at = (until - since).days, since
    while at < until:
        step = min(at + PORTION, until)
        past |= history(queue, at, step)
        at = step
        run.advance((at - since).days, total, _("Reading calls"))
    return past


def loads_of(queue: Queue, days: list[Day]) -> Iterator[tuple[float, float, int]]:
    """Yield the half hours in which something is expected: epoch seconds, calls, seconds that one is handled."""
    for day in days:
        start = midnight(queue.site, day.day).timestamp()
        for slot, (calls, seconds) in enumerate(zip(day.calls, day.handle_seconds, strict=True)):
            if round(float(calls), 2) > 0 and round(float(seconds)) > 0:
                yield start + slot * STEP.total_seconds(), round(float(calls), 2), round(float(seconds))


def _said(queue: Queue, days: list[Day], error: Error | None) -> str:
    calls = number_format(round(sum(float(day.calls.sum()) for day in days)), force_grouping=True)
    words = _("%(calls)s calls are expected in “%(queue)s” in %(days)d days.")
    said = words % {"calls": calls, "queue": queue, "days": len(days)}
    if error is None:
        return f"{said} {_('There is too little history to try it on.')}"
    missed = _("On the month held back it missed by %(percent)s %%.")
    return f"{said} {missed % {'percent': number_format(round(error.wape * 100, 1), 1)}}"
