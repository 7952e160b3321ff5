"""Pages of complaints."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.http import render_page
from callcenter.pages import page_of
from complaints import selectors, services
from complaints.forms import ComplaintForm, ListForm, ResolveForm
from complaints.models import Complaint
from complaints.querysets import ComplaintQuerySet

DESK = 100
"""How many complaints one desk shows at once, sorted by working time left."""


def _listed(
    request: HttpRequest, complaints: ComplaintQuerySet, form: ListForm, size: int = 25
) -> dict[str, Any]:
    now = timezone.now()
    found = form.apply(complaints, user=request.user, now=now)
    page = page_of(found.for_list(), request.GET.get("page"), size=size)
    selectors.with_time_left(page.rows, now=now)
    standing = selectors.standing(complaints, now=now, soon=now + timedelta(hours=1))
    return {"form": form, "page": page, "standing": standing, "now": now}


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show what needs this person now, worst first."""
    mine = Complaint.objects.visible_to(request.user).on_desk_of(request.user)
    context = _listed(request, mine, ListForm({}), size=DESK)
    if not (context["page"].rows or request.user.has_perm("complaints.list")):
        return render(request, "complaints/nothing_today.html")
    context["page"].rows.sort(key=lambda complaint: complaint.left.seconds)
    return render_page(request, "complaints/today.html", "complaints/_needs.html", context)


@require_GET
def complaint_list(request: HttpRequest) -> HttpResponse:
    """Show the complaints that this person may see, least working time first."""
    require(request.user, "complaints.list")
    visible = Complaint.objects.visible_to(request.user)
    context = _listed(request, visible, ListForm(request.GET))
    return render_page(request, "complaints/list.html", "complaints/_table.html", context)


@require_GET
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one complaint with its clock and its timeline."""
    return _detail(request, reference, ResolveForm())


def _detail(request: HttpRequest, reference: str, form: ResolveForm, status: int = 200) -> HttpResponse:
    visible = Complaint.objects.visible_to(request.user).for_list()
    complaint = get_object_or_404(
        visible.select_related("recorded_by", "staff_concerned"), reference=reference
    )
    selectors.with_time_left([complaint], now=timezone.now())
    context = {"complaint": complaint, "events": selectors.timeline(complaint), "form": form}
    return render(request, "complaints/detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record a complaint; what was typed stays when something is wrong."""
    require(request.user, "complaints.record")
    form = ComplaintForm(request.POST or None, person=request.user)
    status = 422 if form.errors else 200
    if form.is_valid():
        given = dict(form.cleaned_data)
        placed = {name: given.pop(name) for name in ("site", "tier", "staff_concerned", "received_at")}
        try:
            complaint = services.record_complaint(
                actor=request.user, facts=services.Facts(**given), now=timezone.now(), **placed
            )
        except DomainError as refusal:
            form.add_error(refusal.field, f"{refusal.message} {refusal.mend}")
            status = refusal.status
        else:
            messages.success(request, _("%(reference)s is recorded.") % {"reference": complaint})
            visible = Complaint.objects.visible_to(request.user).filter(pk=complaint.pk).exists()
            return redirect(complaint if visible else "complaints:list")
    return render(request, "complaints/record.html", {"form": form}, status=status)


@require_POST
def resolve(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the solution."""
    complaint = get_object_or_404(Complaint.objects.visible_to(request.user), reference=reference)
    form = ResolveForm(request.POST)
    if not form.is_valid():
        return _detail(request, reference, form, status=422)
    services.resolve_complaint(
        actor=request.user, complaint_id=complaint.pk, now=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("%(reference)s is resolved.") % {"reference": complaint})
    return redirect(complaint)
