"""The list of people, a person's page, and what may be done there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agents import selectors, services
from agents.forms import acts as forms
from agents.forms.people import NewPersonForm, PeopleForm
from agents.models import User
from callcenter.access import require
from callcenter.http import render_page
from callcenter.pages import page_of
from callcenter.saving import attempt


@dataclass(frozen=True)
class Act:
    """Something that may be done to a person: its words, who may do it, what is asked, and the service that does it."""

    label: Promise
    permission: str
    form: type[forms.ActForm]
    service: Callable[..., Any]


ACTS = {
    "move": Act(
        gettext_lazy("Move to a team"), "agents.manage_people", forms.MoveForm, services.move_to_team
    ),
    "superior": Act(
        gettext_lazy("Set the direct superior"),
        "agents.manage_people",
        forms.SuperiorForm,
        services.set_superior,
    ),
    "grant": Act(gettext_lazy("Give a role"), "agents.manage_roles", forms.GrantForm, services.grant_role),
    "end-role": Act(gettext_lazy("End a role"), "agents.manage_roles", forms.EndRoleForm, services.end_role),
    "absence": Act(
        gettext_lazy("Record an absence"), "agents.record_absence", forms.AbsenceForm, services.record_absence
    ),
    "withdraw": Act(
        gettext_lazy("Take an absence back"),
        "agents.record_absence",
        forms.WithdrawForm,
        services.withdraw_absence,
    ),
    "change": Act(
        gettext_lazy("Change name, email or site"),
        "agents.manage_people",
        forms.ChangeForm,
        services.change_person,
    ),
    "password": Act(
        gettext_lazy("Set a new password"), "agents.set_password", forms.PasswordForm, services.set_password
    ),
    "second-factor": Act(
        gettext_lazy("Reset the second step"),
        "agents.reset_second_factor",
        forms.SecondFactorForm,
        services.reset_second_factor,
    ),
    "deactivate": Act(
        gettext_lazy("Close the account"), "agents.manage_people", forms.DeactivateForm, services.deactivate
    ),
}


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List the people whom this person answers for, and who of them is away."""
    require(request.user, "agents.view_people")
    on, form = request.user.today, PeopleForm(request.GET)
    found = form.apply(User.objects.visible_to(request.user), on=on)
    page = page_of(selectors.with_place(found, on=on), request.GET.get("page"))
    context = {"form": form, "page": page, "away": selectors.away(request.user, now=timezone.now())}
    return render_page(request, "agents/people.html", "agents/_people.html", context)


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person to whoever answers for them, and to themself."""
    return _person(request, _visible(request, pk))


def _visible(request: HttpRequest, pk: int) -> User:
    seen = User.objects.visible_to(request.user).select_related("site__calendar")
    person: User = get_object_or_404(seen, pk=pk)
    return person


def _acts(user: User, person: User, wrong: forms.ActForm | None) -> Iterator[tuple[str, Act, forms.ActForm]]:
    for name, act in ACTS.items():
        if not user.has_perm(act.permission, person):
            continue
        form = wrong if isinstance(wrong, act.form) else act.form(person=person, auto_id=f"{name}-%s")
        if form.errors or form.possible:
            yield name, act, form


def _person(
    request: HttpRequest, person: User, wrong: forms.ActForm | None = None, status: int = 200
) -> HttpResponse:
    acts = list(_acts(request.user, person, wrong))
    context = {"person": person, "acts": acts, **selectors.history(person)}
    return render(request, "agents/person.html", context, status=status)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one of ACTS to the person; what was typed stays when something is wrong."""
    person = _visible(request, pk)
    if name not in ACTS:
        raise Http404
    wanted = ACTS[name]
    require(request.user, wanted.permission, person)
    form = wanted.form(request.POST, person=person, auto_id=f"{name}-%s")
    given = {"actor": request.user, "now": timezone.now()}
    _made, status = attempt(form, lambda: wanted.service(**given, **form.given))
    if form.errors:
        return _person(request, _visible(request, pk), form, status)
    messages.success(request, _("Done: %(act)s.") % {"act": wanted.label})
    return redirect(person)


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
