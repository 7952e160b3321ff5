"""Pages of patterns, rotations and the rules of a site's rosters."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agents.models import Site
from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt
from shifts.forms.rosters import PatternForm, RotationForm, RulesForm
from shifts.lists.patterns import PatternList
from shifts.models import Pattern, Rotation
from shifts.services import patterns, rules


@require_GET
def pattern_list(request: HttpRequest) -> Answer:
    """List the patterns, with the rotations and the rules of the sites that somebody plans beside them."""
    sites = request.user.sites
    context = {
        "rotations": Rotation.objects.filter(site__in=sites, is_active=True)
        .select_related("site")
        .prefetch_related("days__pattern"),
        "sites": sites,
    }
    return show(request, PatternList(), "shifts/patterns.html", context)


@require_http_methods(["GET", "POST"])
def new_pattern(request: HttpRequest) -> HttpResponse:
    """Make a pattern."""
    require(request.user, "shifts.plan")
    form = PatternForm(request.POST or None, sites=request.user.sites)
    given: dict[str, Any] = {"actor": request.user, "now": timezone.now()}
    made, status = attempt(form, lambda: patterns.make_pattern(**given, **form.given()))
    if made:
        messages.success(request, _("Saved: %(place)s.") % {"place": made})
        return redirect("shifts:patterns")
    return render(request, "shifts/pattern.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def pattern(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the name and the colour of a pattern."""
    one = _of_my_sites(request, Pattern, pk)
    form = PatternForm(request.POST or None, sites=request.user.sites, pattern=one)
    given: dict[str, Any] = {"actor": request.user, "pattern_id": one.pk, "now": timezone.now()}
    saved, status = attempt(form, lambda: patterns.rename_pattern(**given, **form.cleaned_data))
    if saved:
        messages.success(request, _("Saved: %(place)s.") % {"place": saved})
        return redirect("shifts:patterns")
    return render(request, "shifts/pattern.html", {"form": form, "pattern": one}, status=status)


@require_POST
def retire_pattern(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a pattern out of use, or into it again."""
    one = _of_my_sites(request, Pattern, pk)
    patterns.retire_pattern(
        actor=request.user, pattern_id=one.pk, active=not one.is_active, now=timezone.now()
    )
    return redirect("shifts:patterns")


@require_http_methods(["GET", "POST"])
def new_rotation(request: HttpRequest) -> HttpResponse:
    """Make a rotation."""
    require(request.user, "shifts.plan")
    form = RotationForm(request.POST or None, sites=request.user.sites)
    given: dict[str, Any] = {"actor": request.user, "now": timezone.now()}
    made, status = attempt(form, lambda: patterns.make_rotation(**given, **form.given()))
    if made:
        messages.success(request, _("Saved: %(place)s.") % {"place": made})
        return redirect("shifts:patterns")
    return render(request, "shifts/rotation.html", {"form": form}, status=status)


@require_POST
def retire_rotation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rotation out of use."""
    one = _of_my_sites(request, Rotation, pk)
    patterns.retire_rotation(actor=request.user, rotation_id=one.pk, now=timezone.now())
    return redirect("shifts:patterns")


@require_http_methods(["GET", "POST"])
def site_rules(request: HttpRequest, code: str) -> HttpResponse:
    """Change by which rules a site rosters."""
    site = get_object_or_404(Site, code=code)
    require(request.user, "shifts.manage_settings", site)
    form = RulesForm(request.POST or None, instance=rules.site_rules(site))
    given: dict[str, Any] = {"actor": request.user, "site": site, "now": timezone.now()}
    saved, status = attempt(form, lambda: rules.set_site_rules(**given, **form.cleaned_data))
    if saved:
        messages.success(request, _("Saved."))
        return redirect("shifts:patterns")
    return render(request, "shifts/rules.html", {"form": form, "site": site}, status=status)


def _of_my_sites(request: HttpRequest, model: Any, pk: int) -> Any:
    return get_object_or_404(model.objects.select_related("site"), pk=pk, site__in=request.user.sites)
