"""The page of one complaint, and what one does there."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.http import wants_partial
from callcenter.saving import attempt
from callcenter.templatetags.ui import brief
from complaints import selectors, services
from complaints.forms import ResolveForm
from complaints.models import Complaint


@require_GET
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one complaint: its course, its clock, who answers, and its story (`?story=people`: what people wrote)."""
    return render(request, "complaints/detail.html", _told(request, reference))


@require_POST
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the contact in full; that it was looked at is on record. Without htmx the whole page shows it."""
    complaint = visible_or_404(request, reference)
    shown = services.show_contact(actor=request.user, complaint_id=complaint.pk, now=timezone.now())
    if wants_partial(request):
        return render(request, "complaints/_contact.html", {"contact": shown})
    return render(request, "complaints/detail.html", {**_told(request, reference), "contact": shown})


@require_http_methods(["GET", "POST"])
def resolve(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the solution, in the side panel or on a page of its own, and record it."""
    complaint = visible_or_404(request, reference)
    if request.method == "GET":
        require(request.user, "complaints.resolve", complaint)
    form = ResolveForm(request.POST or None)
    act = {"actor": request.user, "complaint_id": complaint.pk, "now": timezone.now()}
    resolved, status = attempt(form, lambda: services.resolve_complaint(**act, **form.cleaned_data))
    if not resolved:
        context = {"complaint": complaint, "form": form}
        return render(request, "complaints/resolve.html", context, status=status)
    messages.success(request, _("%(reference)s is resolved.") % {"reference": complaint})
    return redirect(complaint)


def visible_or_404(request: HttpRequest, reference: str) -> Any:
    """Return the complaint with its people, if this person sees it."""
    rows = Complaint.objects.visible_to(request.user).for_list()
    return get_object_or_404(
        rows.select_related("recorded_by", "staff_concerned", "customer"), reference=reference
    )


def _told(request: HttpRequest, reference: str) -> dict[str, Any]:
    now = timezone.now()
    complaint = selectors.with_history(visible_or_404(request, reference))
    selectors.with_clock(complaint, now=now)
    levels = selectors.levels(complaint, now=now)
    events = selectors.timeline(complaint)
    only_people = request.GET.get("story") == "people"
    return {
        "complaint": complaint,
        "course": selectors.course(complaint),
        "percent": selectors.per_cent_used(complaint, now=now),
        "rungs": [_rung(level) for level in levels],
        "following": selectors.next_level(levels),
        "warning_at": _next_warning(complaint, now),
        "events": selectors.written_by_people(events) if only_people else events,
        "only_people": only_people,
    }


def _next_warning(complaint: Any, now: datetime) -> datetime | None:
    if complaint.resolved_at:
        return None
    marks = (complaint.clock.warn_50_at, complaint.clock.warn_80_at)
    return next((at for at in marks if at > now), None)


def _rung(level: selectors.Level) -> dict[str, Any]:
    """Return a level as components/ladder.html draws it."""
    first = level.people[0]
    role = _("Handler") if level.number == 0 else _("Level %(level)s") % {"level": level.number}
    return {
        "number": level.number,
        "name": level.name,
        "note": f"{role} · {first.work_number}",
        "when": brief(level.at),
        "now": level.state == "now",
        "past": level.state == "past",
    }
