"""Forecasts of calls: asked for, looked at with their error, written."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from callcenter.access import require
from callcenter.jobs.enums import State
from callcenter.jobs.models import Job
from callcenter.saving import attempt, say_done
from calls.models import Queue
from shifts import asked
from shifts.forecast_job import KIND, found_by
from shifts.forms.needs import ForecastForm
from shifts.selectors.demand import queue_named, queues_of, zone_of
from shifts.services.forecasts import start_forecast, write_forecast


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a forecast of a queue."""
    queue = queue_named(request.user, code)
    require(request.user, "shifts.plan", queue.site)
    now = timezone.now()
    monday = asked.today(queue.site, now)
    monday += timedelta(days=7 - monday.weekday())
    form = ForecastForm(request.POST or None, initial={"first": monday})
    given = {"actor": request.user, "queue": queue, "now": now, "link": request.path}
    job, status = attempt(form, lambda: start_forecast(**given, **form.cleaned_data))
    if job:
        return redirect("shifts:forecast", pk=job.pk)
    return render(request, "shifts/forecast_new.html", {"form": form, "queue": queue}, status=status)


@require_http_methods(["GET", "POST"])
def forecast(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a forecast: how far it is, then what it expects and how far it would have been off; POST writes it."""
    job = get_object_or_404(Job.objects.filter(person=request.user, kind=KIND), pk=pk)
    queue: Queue = get_object_or_404(queues_of(request.user), pk=job.arguments["queue"])
    if request.method == "POST":
        done = write_forecast(actor=request.user, job=job, now=timezone.now())
        words = _("Written: %(new)d half hours are new, %(changed)d changed; %(left)d stay as they were.")
        say_done(request, words % {"new": done.new, "changed": done.changed, "left": done.left})
        return redirect(f"{reverse('shifts:demand')}?{_week_of(job, queue)}")
    context: dict[str, Any] = {"job": job, "queue": queue}
    if job.state == State.DONE:
        found = found_by(job)
        days = _by_day(found["loads"], queue)
        context |= {"error": found["error"], "days": days, "chart": _chart(days), "is_ready": True}
    return render(request, "shifts/forecast.html", context)


def _week_of(job: Job, queue: Queue) -> str:
    return f"site={queue.site.code}&queue={queue.code}&day={job.arguments['first']}"


def _by_day(loads: list[list[float]], queue: Queue) -> list[tuple[date, float]]:
    zone = zone_of(queue.site)
    days: dict[date, float] = {}
    for at, calls, _seconds in loads:
        day = datetime.fromtimestamp(at, UTC).astimezone(zone).date()
        days[day] = days.get(day, 0) + calls
    return sorted(days.items())


def _chart(days: list[tuple[date, float]]) -> dict[str, Any]:
    return {
        "kind": "line",
        "x": [f"{day:%m-%d}" for day, _calls in days],
        "unit": "",
        "series": [
            {"name": _("Calls expected"), "tone": "c1", "values": [round(calls) for _day, calls in days]}
        ],
    }
