"""The weekly report to the leaders, and the analysis of all of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from callcenter.access import require
from callcenter.documents.pdf import pdf
from callcenter.sheets.write import csv_lines, xlsx
from feedback import services
from feedback.leaders import charts, paper, sheets
from feedback.leaders.asked import BY, LENGTHS, USUAL, Asked, AskedForm, asked, with_before
from feedback.leaders.known import BY_KEY
from feedback.leaders.table import Row, all_of, rows
from feedback.models import Report
from feedback.selectors.analysis import shown_topics

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BRIEF: Final = ("new", "answered", "on_time", "answer_p50", "overdue", "disputed", "satisfied")
"""What the report tells of each department."""
SPEED: Final = (
    "new",
    "answered",
    "on_time",
    "answer_p50",
    "answer_p90",
    "overdue",
    "disputed",
    "dispute_rate",
)
WORTH: Final = (
    "surveyed", "satisfied", "expected_days", "found_days", "expected_quality", "found_quality", "gap", "published", "voices"
)  # fmt: skip
LISTED: Final = 26


@require_GET
def newest(request: HttpRequest) -> HttpResponse:
    """Go to the newest report; without any, say when there will be one."""
    require(request.user, "feedback.read_reports")
    found = Report.objects.order_by("-since").first()
    return redirect(found) if found else render(request, "feedback/leaders/none.html")


@require_GET
def report(request: HttpRequest, since: str) -> HttpResponse:
    """Show the report of a week beside the week before."""
    shown, before = _report(request, since)
    now = [shown.figures]
    context = {
        "report": shown,
        "reports": Report.objects.order_by("-since").defer("figures")[:LISTED],
        "least": shown.figures["least"],
        "headlines": charts.headlines(all_of(now, "department"), all_of(before, "department")),
        "departments": _rows(rows(now, "department"), BRIEF),
        "heads": [BY_KEY[key] for key in BRIEF],
        "topics": shown_topics(shown.figures["topics"]),
    }
    return render(request, "feedback/leaders/report.html", context)


@require_GET
def printed(request: HttpRequest, since: str) -> HttpResponse:
    """Return the report as a PDF in the reader's language; that it was taken is on record."""
    shown, before = _report(request, since)
    now, user = timezone.now(), request.user
    services.note_taken(actor=user, what=str(shown), form="pdf", now=now)
    data = paper.data(shown, before, keys=BRIEF, printed_by=str(user), printed_at=now)
    printed = pdf("leaders", data, language=get_language(), time_zone=user.time_zone)
    disposition = {"Content-Disposition": f'attachment; filename="feedback-{shown.since}.pdf"'}
    return HttpResponse(printed, content_type="application/pdf", headers=disposition)


@require_GET
def analysis(request: HttpRequest) -> HttpResponse:
    """Compare departments, categories or sites over some weeks, and all of them with the weeks before."""
    form, found = _asked(request)
    context: dict[str, Any] = {"form": form, "cuts": BY, "lengths": LENGTHS, "usual": USUAL}
    if found and found.period:
        context |= _analysis(found)
    return render(request, "feedback/leaders/analysis.html", context, status=400 if form.errors else 200)


@require_GET
def export(request: HttpRequest, part: str, form: str) -> HttpResponseBase:
    """Hand out the rows behind the analysis, for the same address."""
    _form, found = _asked(request)
    if part not in sheets.PARTS or form not in {"csv", "xlsx"} or found is None:
        raise Http404
    head, body = sheets.PARTS[part](found)
    services.note_taken(
        actor=request.user, what=part, form=form, now=timezone.now(), by=found.by, weeks=found.weeks
    )
    name = f"feedback-{found.by}-{part}.{form}"
    if form == "xlsx":
        return FileResponse(xlsx(head, body), as_attachment=True, filename=name, content_type=XLSX)
    lines = StreamingHttpResponse(csv_lines(head, body), content_type="text/csv; charset=utf-8")
    lines["Content-Disposition"] = f'attachment; filename="{name}"'
    return lines


def _report(request: HttpRequest, since: str) -> tuple[Report, list[dict[str, Any]]]:
    """Return the report and the figures of the one before it (none, or one)."""
    require(request.user, "feedback.read_reports")
    try:
        first = date.fromisoformat(since)
    except ValueError as error:
        raise Http404 from error
    found = with_before(first)
    if not found or found[-1].since != first:
        raise Http404
    return found[-1], [one.figures for one in found[:-1]]


def _asked(request: HttpRequest) -> tuple[AskedForm, Asked | None]:
    require(request.user, "feedback.read_reports")
    form = AskedForm(request.GET)
    return form, asked(form.cleaned_data) if form.is_valid() else None


def _analysis(found: Asked) -> dict[str, Any]:
    every, groups = all_of(found.figures, found.by), rows(found.figures, found.by)
    return {
        "by": found.by,
        "heading": BY[found.by],
        "weeks": found.weeks,
        "first": found.period[0].since,
        "last": found.period[-1].last,
        "told_weeks": len(found.period),
        "least": found.period[-1].figures["least"],
        "headlines": charts.headlines(every, all_of(found.figures_before, found.by)),
        "volume": charts.lines(found.period, found.by, ["new", "answered"]),
        "times": charts.lines(found.period, found.by, ["answer_p50", "answer_p90"]),
        "shares": charts.lines(found.period, found.by, ["on_time", "satisfied"], "%"),
        "tables": [
            {
                "question": question,
                "heads": [BY_KEY[key] for key in keys],
                "rows": _rows(groups, keys),
                "all": charts.cells(every, keys),
            }
            for question, keys in ((_("How fast it went"), SPEED), (_("How well it was found"), WORTH))
        ],
    }


def _rows(groups: Sequence[Row], keys: Sequence[str]) -> list[dict[str, Any]]:
    return [{"row": one, "cells": charts.cells(one, keys)} for one in groups]
