"""Targets: listed, set, looked at with all that was wanted before, ended."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from kpi.forms.targets import EndForm, TargetForm
from kpi.lists.targets import TargetList, in_words
from kpi.models import Target
from kpi.selectors.targets import history
from kpi.services import targets as services


@require_GET
def target_list(request: HttpRequest) -> Answer:
    """List targets."""
    return show(request, TargetList(), "kpi/targets.html")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set a target; the address may name the figure and the place."""
    require(request.user, "kpi.set_target")
    form = TargetForm(request.POST or None, person=request.user, initial=request.GET.dict())
    saved, status = attempt(form, lambda: _set(request, form))
    if saved:
        say_done(request, _("%(name)s: the target is set.") % {"name": in_words(saved).name})
        return redirect("kpi:targets")
    return render(request, "kpi/target_form.html", {"form": form}, status=status)


@require_GET
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a target and those of the same figure and place before and after it."""
    return _page(request, _visible(request, pk), EndForm())


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a target, or take it out before it begins."""
    found, form = _visible(request, pk), EndForm(request.POST)
    given = {"actor": request.user, "target_id": found.pk, "now": timezone.now()}
    _ended, status = attempt(form, lambda: services.end_target(**given, last=form.cleaned_data["last"]))
    if form.errors:
        return _page(request, found, form, status)
    say_done(request, _("%(name)s: the target is ended.") % {"name": in_words(found).name})
    return redirect("kpi:targets")


def _set(request: HttpRequest, form: TargetForm) -> Target:
    place = services.one_place(**form.places)
    return services.set_target(actor=request.user, place=place, now=timezone.now(), **form.wanted)


def _visible(request: HttpRequest, pk: int) -> Target:
    require(request.user, "kpi.view")
    found: Target = get_object_or_404(Target.objects.visible_to(request.user).for_list(), pk=pk)
    return found


def _page(request: HttpRequest, found: Target, form: EndForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "target": in_words(found),
        "history": [in_words(row) for row in history(found)],
        "form": form,
        "may_end": form.errors or not found.is_over(timezone.localdate()),
        "asked": urlencode({"metric": found.metric, **found.asked}),
    }
    return render(request, "kpi/target.html", context, status=status)
