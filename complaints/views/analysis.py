"""Pages of the analysis of causes: by any period and place, and the months that were kept."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from callcenter.access import require
from callcenter.documents.pdf import pdf
from callcenter.errors import DomainError
from callcenter.kept import LONGEST, kept
from callcenter.sheets.write import csv_lines, xlsx
from complaints import services
from complaints.analysis import figures
from complaints.analysis.drawing import drawn
from complaints.analysis.figures import Figures
from complaints.analysis.paper import paper
from complaints.analysis.sheets import PARTS
from complaints.filters import AnalysisFilter
from complaints.forms.analysis import asked, period, periods
from complaints.models import MonthlyAnalysis

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def analysis(request: HttpRequest) -> HttpResponse:
    """Show the causes of complaints in a period, and what became of them."""
    require(request.user, "complaints.analyse")
    filtered = _asked(request)
    form = filtered.form
    context: dict[str, Any] = {"form": form, "periods": periods(timezone.localdate())}
    try:
        if form.is_valid():
            context |= drawn(_found(request, filtered)) | {"chips": _chips(form)}
    except DomainError as error:
        form.add_error(error.field, f"{error.message} {error.mend}".strip())
    return render(request, "complaints/analysis.html", context, status=400 if form.errors else 200)


@require_GET
def analysis_sheet(request: HttpRequest, part: str, form: str) -> HttpResponseBase:
    """Hand out the figures behind a part of the page, for the same address."""
    require(request.user, "complaints.analyse")
    filtered = _asked(request)
    if part not in PARTS or form not in {"csv", "xlsx"} or not filtered.form.is_valid():
        raise Http404
    head, rows = PARTS[part](_found(request, filtered))
    _note(request, part, form)
    name = f"complaints-{part}.{form}"
    if form == "xlsx":
        return FileResponse(xlsx(head, rows), as_attachment=True, filename=name, content_type=XLSX)
    lines = StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    lines["Content-Disposition"] = f'attachment; filename="{name}"'
    return lines


@require_GET
def analysis_pdf(request: HttpRequest) -> HttpResponse:
    """Return the same as a PDF to be passed around: nobody is named in it."""
    require(request.user, "complaints.analyse")
    filtered = _asked(request)
    if not filtered.form.is_valid():
        raise Http404
    found = _found(request, filtered)
    _note(request, "all", "pdf")
    chips = [(chip["label"], chip["value"]) for chip in _chips(filtered.form)]
    return _paper(request, found, chips)


@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """List the months."""
    require(request.user, "complaints.read_monthly")
    made = MonthlyAnalysis.objects.only("month", "made_at")[:120]
    return render(request, "complaints/months.html", {"months": made})


@require_GET
def month(request: HttpRequest, month: str) -> HttpResponse:
    """Show the analysis of a month, as it was when the month was over."""
    made = _month(request, month)
    return render(
        request, "complaints/month.html", {"made": made, "page": "", "address": "", **drawn(made.figures)}
    )


@require_GET
def month_pdf(request: HttpRequest, month: str) -> HttpResponse:
    """Return it as a PDF."""
    made = _month(request, month)
    _note(request, str(made), "pdf")
    return _paper(request, made.figures, [])


def _month(request: HttpRequest, month: str) -> MonthlyAnalysis:
    require(request.user, "complaints.read_monthly")
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(MonthlyAnalysis, month=day)


def _asked(request: HttpRequest) -> AnalysisFilter:
    return asked(request.GET.dict(), request.user, timezone.localdate())


def _found(request: HttpRequest, filtered: AnalysisFilter) -> Figures:
    """Return the figures, at most a minute old: whoever looks, then takes them along, gets the same."""
    days, zone = period(filtered), timezone.get_current_timezone_name()
    of = (days, zone, tuple(sorted(filtered.form.data.items())))
    return kept(
        request.user,
        "analysis",
        of,
        lambda: figures(filtered.qs, days, now=timezone.now()),
        seconds=LONGEST,
    )


def _chips(form: Any) -> list[dict[str, str]]:
    """Return what the figures are limited to besides the days, in words."""
    return [
        {"param": name, "label": field.label, "value": _in_words(field, form.cleaned_data[name])}
        for name, field in form.fields.items()
        if form.cleaned_data[name] and not name.startswith("received")
    ]


def _in_words(field: Any, value: Any) -> str:
    return (
        str(dict(getattr(field, "choices", ())).get(value, value)) if isinstance(value, str) else str(value)
    )


def _note(request: HttpRequest, part: str, form: str) -> None:
    services.note_export(
        actor=request.user, part=part, form=form, asked=request.GET.dict(), now=timezone.now()
    )


def _paper(request: HttpRequest, found: Figures, limits: list[tuple[Any, Any]]) -> HttpResponse:
    user: Any = request.user
    data = {**paper(found, limits), "printed_by": str(user), "printed_at": timezone.now()}
    made = pdf("analysis", data, language=get_language(), time_zone=user.time_zone)
    name = f"complaints-{found['from']}-{found['until']}.pdf"
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
