"""Sites, regions, departments and teams."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import Form, model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from agents import selectors, services
from agents.forms import places as forms
from agents.models import Department, Region, Site, Team
from agents.teams import with_span
from callcenter.access import require
from callcenter.saving import attempt


@dataclass(frozen=True)
class Kind:
    """A kind of place: how one is made, and what may be changed later, in words, forms and services."""

    model: type[Model]
    new: Promise
    new_form: type[Form]
    create: Callable[..., Any]
    deed: Promise
    change_form: type[Form]
    change: Callable[..., Any]
    right: str = "agents.manage_places"


KINDS = {
    "site": Kind(
        Site,
        gettext_lazy("New site"),
        forms.NewSiteForm,
        services.create_site,
        gettext_lazy("Change the name, the calendar or the mail window"),
        forms.SiteForm,
        services.change_site,
    ),
    "region": Kind(
        Region,
        gettext_lazy("New region"),
        forms.NewRegionForm,
        services.create_region,
        gettext_lazy("Put a site into the region"),
        forms.RegionForm,
        services.put_site_into_region,
    ),
    "department": Kind(
        Department,
        gettext_lazy("New department"),
        forms.NewDepartmentForm,
        services.create_department,
        gettext_lazy("Change the published scope"),
        forms.DepartmentForm,
        services.set_scope,
    ),
    "team": Kind(
        Team,
        gettext_lazy("New team"),
        forms.NewTeamForm,
        services.create_team,
        gettext_lazy("Appoint the lead"),
        forms.TeamForm,
        services.appoint_lead,
        right="agents.manage_people",
    ),
}


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Show the sites, regions, departments and teams of the centre as of today."""
    require(request.user, "agents.view_people")
    today = request.user.today
    found = with_span(Team.objects.all(), on=today, today=today)
    return render(request, "agents/places.html", {**selectors.places(on=today), "teams": found})


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


@require_http_methods(["GET", "POST"])
def new_place(request: HttpRequest, kind: str) -> HttpResponse:
    """Make a place."""
    require(request.user, "agents.manage_places")
    wanted = _kind(kind)
    return _ask(request, wanted.new_form(request.POST or None), wanted.create, name=wanted.new)


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Change what may change of a place."""
    wanted = _kind(kind)
    require(request.user, wanted.right)
    found = get_object_or_404(wanted.model, pk=pk)
    form = wanted.change_form(request.POST or None, initial=model_to_dict(found))
    change = partial(wanted.change, **{kind: found})
    return _ask(request, form, change, name=str(found), deed=wanted.deed)


def _ask(request: HttpRequest, form: Form, save: Callable[..., Any], **words: Any) -> HttpResponse:
    given = {"actor": request.user, "now": timezone.now()}
    _made, status = attempt(form, lambda: save(**given, **form.cleaned_data))
    if form.is_bound and not form.errors:
        messages.success(request, _("Saved: %(place)s.") % {"place": words["name"]})
        return redirect("agents:places")
    return render(request, "agents/place.html", {"form": form, **words}, status=status)
