"""Pages of key figures."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.templatetags.ui import day
from calls.selectors import Source, sources
from kpi import charts, selectors
from kpi.forms import RECENT, YEAR, PeriodForm
from kpi.metrics import REGISTRY


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show the figures of one source: in all, by hour, by weekday, by agent."""
    require(request.user, "kpi.view")
    known = sources(request.user)
    names = [
        (source.name, f"{source.name} · {day(source.first_at)} – {day(source.last_at)}") for source in known
    ]
    chosen = next(
        (source for source in known if source.name == request.GET.get("source")), known[0] if known else None
    )
    form = PeriodForm(_with_dates(request, chosen), sources=names)
    context: dict[str, Any] = {"form": form, "sources": known}
    try:
        if form.is_valid() and chosen:
            context |= _figures(request.user, form)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
    return render(request, "kpi/overview.html", context, status=400 if form.errors else 200)


def _with_dates(request: HttpRequest, source: Source | None) -> dict[str, Any]:
    """Return the address's choices, completed: the newest source, and its days.

    They are its last 28; all of it if it has ended, or the last year if that is more than can be asked for.
    """
    today = timezone.localdate()
    start, end = today - RECENT, today
    if source and timezone.localdate(source.last_at) < start:
        start, end = timezone.localdate(source.first_at), timezone.localdate(source.last_at)
        if (end - start).days >= selectors.MOST_DAYS:
            start = end - YEAR
    given = {name: value for name, value in request.GET.items() if value}
    return {"source": source.name if source else "", "from": start, "to": end} | given


def _figures(user: Any, form: PeriodForm) -> dict[str, Any]:
    question = form.question(charts.SHOWN)
    total = selectors.series(user, question)[0]
    by = {
        "hours": selectors.series(user, replace(question, interval="hour_of_day")),
        "weekdays": selectors.series(user, replace(question, interval="weekday")),
        "agents": selectors.series(user, replace(question, group_by="agent")),
    }
    return {
        "total": total,
        "cards": charts.cards(total),
        "columns": [(label, REGISTRY[key]) for key, label in charts.COLUMNS.items()],
        "metrics": [REGISTRY[key] for key in charts.SHOWN],
        "tables": {name: charts.table(rows) for name, rows in by.items()},
        "hour_rates": charts.rates(by["hours"]),
        "hour_say": charts.worst_rate(by["hours"]),
        "weekday_volumes": charts.volumes(by["weekdays"]),
        "weekday_say": charts.busiest(by["weekdays"]),
        "agent_waits": charts.waits(by["agents"]),
        "agent_say": charts.slowest(by["agents"]),
    }
