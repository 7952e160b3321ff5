"""Pages of the service rules."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agents import services
from agents.conduct_lists import RuleList
from agents.forms.conduct import EndRuleForm, RuleForm
from agents.models import ServiceRule
from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt


@require_GET
def rule_list(request: HttpRequest) -> Answer:
    """List the rules."""
    return show(request, RuleList(), "agents/service_rules.html")


@require_http_methods(["GET", "POST"])
def new_rule(request: HttpRequest) -> HttpResponse:
    """Publish a rule."""
    require(request.user, "agents.manage_service_rules")
    form = RuleForm(request.POST or None)
    given = {"actor": request.user, "now": timezone.now()}
    made, status = attempt(form, lambda: services.publish_rule(**given, **form.cleaned_data))
    if made:
        messages.success(request, _("Saved: %(place)s.") % {"place": made})
        return redirect("service_rules:list")
    return render(request, "agents/rule.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def end_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """End a rule."""
    require(request.user, "agents.manage_service_rules")
    rule = get_object_or_404(ServiceRule, pk=pk)
    form = EndRuleForm(request.POST or None)
    given = {"actor": request.user, "rule": rule, "now": timezone.now()}
    ended, status = attempt(form, lambda: services.end_rule(**given, **form.cleaned_data))
    if ended:
        messages.success(request, _("Saved: %(place)s.") % {"place": ended})
        return redirect("service_rules:list")
    return render(request, "agents/rule.html", {"form": form, "rule": rule}, status=status)
