"""Recording a complaint, and what helps with it while one types."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.errors import Conflict
from callcenter.saving import attempt
from callcenter.words import listed
from calls.selectors import find_customers
from complaints import selectors, services
from complaints.forms import ComplaintForm, PlacedForm
from complaints.models import Clock, Complaint

PLACED = ("site", "tier", "staff_concerned", "received_at", "customer")
"""What of the form is not the customer's account, but where the complaint belongs."""


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record a complaint; what was typed stays when something is wrong, and a form sent twice counts once."""
    require(request.user, "complaints.record")
    form = ComplaintForm(request.POST or None, request.FILES or None, person=request.user)
    complaint, status = attempt(form, lambda: _record(request.user, form.cleaned_data))
    if not complaint:
        return _asked(request, form, status)
    messages.success(request, _("%(reference)s is recorded.") % {"reference": complaint})
    if not Complaint.objects.visible_to(request.user).filter(pk=complaint.pk).exists():
        return redirect("complaints:list")
    others = selectors.others_of(complaint.customer, request.user, beside=complaint)
    if others and request.user.has_perm("complaints.link", complaint):
        return redirect("complaints:alike", complaint.reference)
    return redirect(complaint)


def _record(actor: Any, given: dict[str, Any]) -> Complaint:
    placed = {name: given[name] for name in PLACED}
    facts = services.Facts(**{name: value for name, value in given.items() if name not in PLACED})
    return services.record_complaint(actor=actor, facts=facts, now=timezone.now(), **placed)


def _asked(request: HttpRequest, form: ComplaintForm, status: int) -> HttpResponse:
    """Show the form with what is wrong; a browser gives chosen files only once, so they are asked for again."""
    if status == Conflict.status:
        form.data = {**request.POST.dict(), "form_key": str(uuid4())}
    sent = [file.name for file in request.FILES.getlist("attachments")]
    if sent and "attachments" not in form.errors:
        form.add_error("attachments", _("Choose these files again: %(names)s.") % {"names": listed(sent)})
    form.go_to_first_mistake()
    given = _placed(request.POST or _begun(form), request.user)
    context = {"clocks": _expected(given), **_about(form, given)}
    return render(request, "complaints/record.html", context, status=status)


def _begun(form: ComplaintForm) -> dict[str, Any]:
    """Return what an empty form says about where the complaint belongs."""
    return {name: form[name].value() or "" for name in PlacedForm.base_fields}


def _placed(typed: Any, person: Any) -> dict[str, Any]:
    """Return of what was typed what is right already."""
    form = PlacedForm(typed, person=person)
    form.full_clean()
    return form.cleaned_data


def _expected(given: dict[str, Any]) -> list[Clock]:
    """Return the clocks that the complaint would start with; none as long as it cannot be said."""
    now = timezone.now()
    received_at = given.get("received_at") or now
    if not given.get("tier") or not given.get("site") or received_at > now:
        return []
    customer = given.get("customer")
    kind = customer.kind if customer else given.get("customer_kind") or ""
    return services.foresee(
        site=given["site"], tier=given["tier"], received_at=received_at, customer_kind=kind
    )


def _about(form: ComplaintForm, given: dict[str, Any]) -> dict[str, Any]:
    """Return the customer that was chosen and what else they complain of; the form then offers their calls."""
    customer = given.get("customer")
    if customer:
        form.offer_calls(customer)
    return {"form": form, "customer": customer, "others": selectors.others_of(customer, form.person)}


@require_POST
def find_customer(request: HttpRequest) -> HttpResponse:
    """List the customers on file whose name or number begins with what was typed."""
    require(request.user, "complaints.record")
    require(request.user, "calls.find_customer")
    words = request.POST.get("customer_name", "")
    return render(request, "complaints/_customers.html", {"words": words, "found": find_customers(words)})


@require_POST
def find_staff(request: HttpRequest) -> HttpResponse:
    """List the people whom what was typed may mean."""
    require(request.user, "complaints.record")
    found = selectors.people_called(request.POST.get("staff_concerned", ""))
    return render(request, "complaints/_staff.html", {"found": found})


@require_GET
def about_customer(request: HttpRequest) -> HttpResponse:
    """Show the customer that was chosen, masked, with the other complaints and the calls; or what a new one needs."""
    require(request.user, "complaints.record")
    form = ComplaintForm(initial=request.GET.dict(), person=request.user)
    return render(request, "complaints/_customer.html", _about(form, _placed(request.GET, request.user)))


@require_GET
def foresee(request: HttpRequest) -> HttpResponse:
    """Show by when the complaint would be resolved if it were recorded as it stands."""
    require(request.user, "complaints.record")
    clocks = _expected(_placed(request.GET, request.user))
    return render(request, "complaints/_foreseen.html", {"clocks": clocks})
