"""Peak periods: listed, made, changed, ended; and the template that makes one of each month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agents.models import Site
from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from shifts import asked
from shifts.forms.needs import PeakForm, TemplateForm
from shifts.lists.needs import PeakList
from shifts.models import Peak, PeakTemplate
from shifts.querysets.scope import of_sites
from shifts.services import peaks as services


@require_GET
def peak_list(request: HttpRequest) -> Answer:
    """List peak periods."""
    site, _sites = asked.site(request)
    may = request.user.has_perm("shifts.manage_settings", site)
    return show(request, PeakList(), "shifts/peaks.html", {"site": site, "may_manage": may})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a peak period of the site that `?site=` names."""
    site, _sites = asked.site(request)
    require(request.user, "shifts.manage_settings", site)
    form = PeakForm(request.POST or None, initial={"lunch_from": "12:00", "lunch_to": "13:30"})
    given = {"actor": request.user, "site": site, "now": timezone.now()}
    peak, status = attempt(form, lambda: services.make_peak(**given, **form.cleaned_data))
    if peak:
        say_done(request, _("The peak period “%(name)s” is made.") % {"name": peak})
        return _back(site)
    return render(request, "shifts/peak.html", {"form": form, "site": site}, status=status)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a peak period that is not over."""
    peak = _visible(request, pk)
    require(request.user, "shifts.manage_settings", peak.site)
    names = ("name", "lunch_from", "lunch_to", "lunch_heads", "weekend_heads")
    known = {name: getattr(peak, name) for name in names}
    form = PeakForm(request.POST or None, initial=known | {"first": peak.period.lower, "last": peak.last_day})
    given = {"actor": request.user, "peak_id": peak.pk, "now": timezone.now()}
    saved, status = attempt(form, lambda: services.change_peak(**given, **form.cleaned_data))
    if saved:
        say_done(request, _("The peak period “%(name)s” is changed.") % {"name": saved})
        return _back(peak.site)
    return render(request, "shifts/peak.html", {"form": form, "site": peak.site, "peak": peak}, status=status)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a peak period now, or take it out before it begins."""
    peak = _visible(request, pk)
    services.end_peak(actor=request.user, peak_id=peak.pk, now=timezone.now())
    say_done(request, _("The peak period “%(name)s” is over.") % {"name": peak})
    return _back(peak.site)


@require_http_methods(["GET", "POST"])
def template(request: HttpRequest) -> HttpResponse:
    """Say which days of each month are a peak period of the site that `?site=` names; a POST with `stop` ends that."""
    site, _sites = asked.site(request)
    require(request.user, "shifts.manage_settings", site)
    known = PeakTemplate.objects.filter(site=site).first()
    given = {"actor": request.user, "site": site, "now": timezone.now()}
    if "stop" in request.POST:
        services.remove_template(**given)
        say_done(request, _("No more peak periods are made by themselves."))
        return _back(site)
    names = TemplateForm.base_fields
    initial = {name: getattr(known, name) for name in names} if known else None
    form = TemplateForm(request.POST or None, initial=initial)
    saved, status = attempt(form, lambda: services.set_template(**given, **form.cleaned_data))
    if saved:
        say_done(request, _("Peak periods are made month by month."))
        return _back(site)
    return render(
        request, "shifts/peak_template.html", {"form": form, "site": site, "known": known}, status=status
    )


def _visible(request: HttpRequest, pk: int) -> Peak:
    seen = Peak.objects.filter(of_sites(request.user, "site")).select_related("site__calendar")
    peak: Peak = get_object_or_404(seen, pk=pk)
    return peak


def _back(site: Site) -> HttpResponse:
    return redirect(f"{reverse('shifts:peaks')}?site={site.code}")
