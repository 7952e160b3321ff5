"""Pages on which administrators set what the clocks follow, and the numbers of the course."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.saving import attempt, say_done
from complaints import selectors, services
from complaints.enums import ClockKind, Tier
from complaints.forms.policies import ClockPolicyForm, CourseForm, NewClockPolicyForm
from complaints.models import ClockPolicy, CoursePolicy
from complaints.services.clocks import AT_RECEIPT

MANAGE = "complaints.manage_policies"


@require_http_methods(["GET", "POST"])
def clock_policies(request: HttpRequest) -> HttpResponse:
    """Show what every clock follows, and set the numbers of the course."""
    require(request.user, MANAGE)
    course = CoursePolicy.objects.get(pk=1)
    initial = {name: getattr(course, name) for name in CourseForm.base_fields}
    form = CourseForm(request.POST or None, initial=initial)
    given = {"actor": request.user, "now": timezone.now()}
    saved, status = attempt(form, lambda: services.set_course_policy(**given, changes=_changes(form)))
    if saved:
        return _saved(request, _("The numbers of the course"))
    context = {"form": form, "clocks": selectors.followed(AT_RECEIPT)}
    return render(request, "complaints/clock_policies.html", context, status=status)


def _changes(form: Form) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.changed_data}


@require_http_methods(["GET", "POST"])
def new_clock_policy(request: HttpRequest, kind: str, tier: int) -> HttpResponse:
    """Set a policy for a kind of customer, or for a tier that has none."""
    require(request.user, MANAGE)
    if kind not in AT_RECEIPT or tier not in Tier.values:
        raise Http404
    place = {"kind": ClockKind(kind), "tier": Tier(tier)}
    own = not ClockPolicy.objects.filter(**place, customer_kind="").exists()
    form = NewClockPolicyForm(request.POST or None, kind=kind, own=own)
    given = {"actor": request.user, "now": timezone.now(), **place}
    made, status = attempt(form, lambda: services.add_clock_policy(**given, **form.cleaned_data))
    return _answer(request, form, made, status, ClockPolicy(**place))


@require_http_methods(["GET", "POST"])
def change_clock_policy(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a clock follow another policy."""
    require(request.user, MANAGE)
    one = get_object_or_404(ClockPolicy.objects.select_related("policy"), pk=pk)
    initial = {"policy": one.policy_id, "pause_days": one.pause_days}
    form = ClockPolicyForm(request.POST or None, kind=one.kind, initial=initial)
    given = {"actor": request.user, "clock_policy_id": pk, "now": timezone.now()}
    made, status = attempt(form, lambda: services.change_clock_policy(**given, **form.cleaned_data))
    return _answer(request, form, made, status, one)


def _answer(
    request: HttpRequest, form: Form, made: ClockPolicy | None, status: int, one: ClockPolicy
) -> HttpResponse:
    if made:
        return _saved(request, _in_words(made))
    customers = selectors.customers_in_words(one.customer_kind) if one.pk else ""
    context = {"form": form, "one": one, "customers": customers}
    return render(request, "complaints/clock_policy.html", context, status=status)


@require_POST
def remove_clock_policy(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a kind of customer follow the tier's own policy again."""
    require(request.user, MANAGE)
    one = get_object_or_404(ClockPolicy, pk=pk)
    try:
        services.remove_clock_policy(actor=request.user, clock_policy_id=pk, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, f"{refusal.message} {refusal.mend}".strip())
        return redirect("clock_policies:list")
    return _saved(request, _in_words(one))


def _in_words(one: ClockPolicy) -> str:
    customers = selectors.customers_in_words(one.customer_kind)
    return f"{one.get_kind_display()} · {one.get_tier_display()} · {customers}"


def _saved(request: HttpRequest, what: str) -> HttpResponse:
    say_done(request, _("Saved: %(place)s.") % {"place": what})
    return redirect("clock_policies:list")
