"""Deadline policies: making one, changing one. The list stands with the calendars."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from callcenter.access import require
from callcenter.ops import calendars as services
from callcenter.ops.forms import NewPolicyForm, PolicyForm
from callcenter.ops.views.asking import ask
from callcenter.worktime.models import Policy


@require_http_methods(["GET", "POST"])
def new_policy(request: HttpRequest) -> HttpResponse:
    """Make a policy."""
    require(request.user, "worktime.manage")
    form = NewPolicyForm(request.POST or None)
    return ask(
        request,
        form,
        lambda: services.set_policy(actor=request.user, now=timezone.now(), **form.given),
        title=_("New policy"),
        state=_("An amount of working time, ready to be named by a deadline."),
        done=_("The policy is ready."),
        back=reverse("ops:calendars"),
    )


@require_http_methods(["GET", "POST"])
def policy(request: HttpRequest, code: str) -> HttpResponse:
    """Change a policy."""
    require(request.user, "worktime.manage")
    found = get_object_or_404(Policy, code=code)
    form = PolicyForm(request.POST or None, initial=PolicyForm.shown(found))
    given = {"actor": request.user, "code": found.code, "now": timezone.now()}
    return ask(
        request,
        form,
        lambda: services.set_policy(**given, **form.given),
        title=found.name,
        state=_(
            "Change the policy. Running deadlines of complaints are counted anew; one that has passed stays."
        ),
        done=_("The policy is saved."),
        back=reverse("ops:calendars"),
    )
