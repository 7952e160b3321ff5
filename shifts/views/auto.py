"""Pages of the auto-roster: start it, follow it, look at what it proposes, take that in or drop it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.saving import attempt, say_done
from shifts.forms.auto import AutoForm
from shifts.models import AutoRun, Roster
from shifts.selectors import runs
from shifts.services import auto


@require_http_methods(["GET", "POST"])
def auto_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the auto-roster on a draft, and list its runs."""
    roster = _roster(request, pk)
    form = AutoForm(request.POST or None)
    run, status = attempt(
        form,
        lambda: auto.start_run(actor=request.user, roster_id=pk, now=timezone.now(), **form.cleaned_data),
    )
    if run:
        return redirect(run)
    context = {"roster": roster, "form": form, "runs": runs.runs_of(roster)[:20]}
    return render(request, "shifts/auto.html", context, status=status)


@require_GET
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a run is, or what it proposes."""
    run = _run(request, pk)
    context: dict[str, Any] = {"run": run, "roster": run.roster}
    if run.finished_at and run.short is not None:
        context |= {
            "short": runs.short_rows(run),
            "wishes": runs.wish_rows(run),
            "limits": runs.limit_rows(run),
            "shown": runs.SHOWN,
        }
        context["compared"] = None if run.taken_at else runs.compared(run)
    return render(request, "shifts/run.html", context)


@require_POST
def take_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what a run proposes into the draft."""
    run = _run(request, pk)
    filled = auto.take_run(actor=request.user, run_id=pk, now=timezone.now())
    words = ngettext(
        "%(number)d shift is in the draft.", "%(number)d shifts are in the draft.", filled.written
    )
    say_done(request, words % {"number": filled.written})
    return redirect(run.roster)


@require_POST
def drop_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what a run proposes."""
    run = _run(request, pk)
    auto.drop_run(actor=request.user, run_id=pk, now=timezone.now())
    say_done(request, _("The proposal is gone; the draft is as it was."))
    return redirect("shifts:auto", run.roster_id)


def _roster(request: HttpRequest, pk: int) -> Roster:
    rosters = Roster.objects.visible_to(request.user).select_related("site__calendar")
    roster: Roster = get_object_or_404(rosters, pk=pk)
    require(request.user, "shifts.plan", roster.site)
    return roster


def _run(request: HttpRequest, pk: int) -> AutoRun:
    run = get_object_or_404(AutoRun.objects.select_related("job", "asked_by"), pk=pk)
    run.roster = _roster(request, run.roster_id)
    return run
