"""Recording a complaint."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from callcenter.access import require
from callcenter.errors import Conflict
from callcenter.saving import attempt
from complaints import services
from complaints.forms import ComplaintForm
from complaints.models import Complaint

PLACED = ("site", "tier", "staff_concerned", "received_at")
"""What of the form is not the customer's account, but where the complaint belongs."""


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record a complaint; what was typed stays when something is wrong, and a form sent twice counts once."""
    require(request.user, "complaints.record")
    form = ComplaintForm(request.POST or None, person=request.user)
    complaint, status = attempt(form, lambda: _record(request.user, form.cleaned_data))
    if status == Conflict.status:
        form.data = {**request.POST.dict(), "form_key": str(uuid4())}
    if not complaint:
        return render(request, "complaints/record.html", {"form": form}, status=status)
    messages.success(request, _("%(reference)s is recorded.") % {"reference": complaint})
    visible = Complaint.objects.visible_to(request.user).filter(pk=complaint.pk).exists()
    return redirect(complaint if visible else "complaints:list")


def _record(actor: Any, given: dict[str, Any]) -> Complaint:
    placed = {name: given[name] for name in PLACED}
    facts = services.Facts(**{name: value for name, value in given.items() if name not in PLACED})
    return services.record_complaint(actor=actor, facts=facts, now=timezone.now(), **placed)
