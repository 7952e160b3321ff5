"""Pages of key figures."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.lists.models import SavedView
from callcenter.sheets.write import csv_lines, xlsx
from callcenter.templatetags.ui import day
from calls.models import Source
from calls.selectors import sources
from kpi import bars, charts, exports, today, trail, words
from kpi.board import board, shown
from kpi.forms.board import RECENT, YEAR, BoardForm, periods
from kpi.heat import heat
from kpi.indicators import COMPARED, INDICATORS
from kpi.lists.questions import QuestionList
from kpi.lists.warnings import on_today
from kpi.metrics import REGISTRY
from kpi.selectors import series
from kpi.selectors.fresh import uncounted
from kpi.services.exports import note_export
from kpi.spread import spread

PERIOD: Final = {"from", "to"}
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show one indicator: in all, by group, over time and by the hour of the week."""
    require(request.user, "kpi.view")
    form, known = _form(request)
    context: dict[str, Any] = {
        "form": form,
        "sources": known,
        "periods": periods(timezone.localdate()),
        "questions": SavedView.objects.of(request.user, QuestionList.name),
    }
    if known:
        context |= _figures(request, form)
        if wrong := form.errors.keys() & form.fields.keys():
            usual, _known = _form(request, without=wrong | (PERIOD if wrong & PERIOD else set()))
            context |= _figures(request, usual)
    return render(request, "kpi/overview.html", context, status=400 if form.errors else 200)


@require_GET
def export(request: HttpRequest, part: str, form: str) -> HttpResponseBase:
    """Hand out the rows behind a part of the page, for the same address."""
    require(request.user, "kpi.view")
    asked, _known = _form(request)
    if part not in exports.PARTS or form not in {"csv", "xlsx"} or not asked.is_valid():
        raise Http404
    head, rows = exports.PARTS[part](request.user, asked)
    question = replace(asked.question([asked.indicator.figure]), group_by=asked.compared)
    note_export(actor=request.user, question=question, part=part, form=form, now=timezone.now())
    name = f"{asked.indicator.key}-{part}.{form}"
    if form == "xlsx":
        return FileResponse(xlsx(head, rows), as_attachment=True, filename=name, content_type=XLSX)
    lines = StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    lines["Content-Disposition"] = f'attachment; filename="{name}"'
    return lines


@require_GET
def today_figures(request: HttpRequest) -> HttpResponse:
    """Show how it goes today, as a part of another page."""
    require(request.user, "kpi.view")
    limits = {name: request.GET.get(name, "")[:40].replace("\0", "") for name in ("site", "team")}
    context = today.figures(request.user, **limits, now=timezone.now()) | on_today(request.user, **limits)
    return render(request, "kpi/today.html", context)


def _figures(request: HttpRequest, form: BoardForm) -> dict[str, Any]:
    """Return the figures that the form asks for; nothing, and the form says why, where it cannot be answered."""
    try:
        return _board(request, form) if form.is_valid() else {}
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return {}


def _form(request: HttpRequest, without: Collection[str] = ()) -> tuple[BoardForm, list[Source]]:
    known = sources(request.user)
    names = [
        (source.name, f"{source.name} · {day(source.first_at)} – {day(source.last_at)}") for source in known
    ]
    chosen = next(
        (source for source in known if source.name == request.GET.get("source")), known[0] if known else None
    )
    given = {name: value for name, value in request.GET.items() if value and name not in without}
    return BoardForm(_completed(given, chosen), sources=names), known


def _completed(given: dict[str, Any], source: Source | None) -> dict[str, Any]:
    """Return choices, completed: the first indicator, the newest source, and its days.

    They are its last 28; all of it if it has ended, or the last year if that is more than can be asked for.
    """
    last = timezone.localdate()
    start, end = last - RECENT, last
    if source and timezone.localdate(source.last_at) < start:
        start, end = timezone.localdate(source.first_at), timezone.localdate(source.last_at)
        if (end - start).days >= series.MOST_DAYS:
            start = end - YEAR
    usual = {
        "measure": next(iter(INDICATORS)),
        "source": source.name if source else "",
        "from": start,
        "to": end,
    }
    return usual | given


def _board(request: HttpRequest, form: BoardForm) -> dict[str, Any]:
    indicator, by = form.indicator, form.compared
    found = board(request.user, form.question([indicator.figure]), indicator, by)
    total = found.total[indicator.figure]
    names = _names(request, form)
    days = (form.cleaned_data["to"] - form.cleaned_data["from"]).days + 1
    return {
        "board": found,
        "by": by,
        "compared": COMPARED,
        "indicators": INDICATORS.values(),
        "next": trail.inside(by, request.GET),
        "chips": list(_chips(request, form, names)),
        "crumbs": trail.crumbs(request.GET.dict(), names),
        "calls_url": trail.calls(found.limits, *found.days),
        "first": form.cleaned_data["from"],
        "last": form.cleaned_data["to"],
        "is_dated": bool(request.GET.get("from") or request.GET.get("to")),
        "uncounted": uncounted(request.user, *found.days, now=timezone.now()),
        "calls": words.calls(found.total["offered"]),
        "unclaimed": words.calls(found.unclaimed),
        "state": words.state(found, days),
        "bars": bars.bars(found),
        "where": words.where(found),
        "trend": charts.trend(found),
        "lasting": words.lasting(found),
        "spread": spread(found),
        "band": charts.band(found),
        "heat": None if total is None else heat(found.week, indicator, total, found.target(indicator.figure)),
        "heads": charts.heads(found),
        "rows": charts.table(found),
        "all": charts.cells(found, found.total),
        "metrics": [REGISTRY[key] for key in shown(indicator)],
    }


def _names(request: HttpRequest, form: BoardForm) -> dict[str, str]:
    """Return what the figures are limited to, in words."""
    given = {name: form.cleaned_data[name] for name in ("source", *trail.LEVELS) if form.cleaned_data[name]}
    coded: dict[str, str] = {
        name: series.name_of(request.user, form.question([]), name)
        for name in ("queue", "agent")
        if name in given
    }
    return {name: coded.get(name) or str(value) for name, value in given.items()}


def _chips(request: HttpRequest, form: BoardForm, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield what the figures are limited to; what the address does not say cannot be taken away."""
    for name, value in names.items():
        yield {
            "param": name,
            "label": form.fields[name].label,
            "value": value,
            "is_set": name in request.GET,
        }
