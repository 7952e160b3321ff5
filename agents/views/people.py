"""The list of people, and how a person is made."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agents import selectors, services
from agents.forms.people import NewPersonForm
from agents.lists import PeopleList
from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt


@require_GET
def people(request: HttpRequest) -> Answer:
    """List the people whom this person answers for, and who of them is away."""
    away = SimpleLazyObject(lambda: selectors.away(request.user, now=timezone.now()))
    return show(request, PeopleList(), "agents/people.html", {"away": away})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a person."""
    require(request.user, "agents.manage_people")
    form = NewPersonForm(request.POST or None, initial={"site": request.user.site_id})
    given = {"actor": request.user, "now": timezone.now()}
    made, status = attempt(form, lambda: services.create_person(**given, **form.cleaned_data))
    if made:
        messages.success(request, _("%(person)s can sign in now.") % {"person": made})
        return redirect(made)
    return render(request, "agents/new.html", {"form": form}, status=status)
