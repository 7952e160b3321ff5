"""Extra roles: what there is, who applies, and what is decided."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agents import services
from agents.dated_lists import ApplicationList
from agents.enums import ApplicationState
from agents.forms.dated import ApproveForm, ChangeExtraRoleForm, NewExtraRoleForm, RefuseForm
from agents.models import Application, ExtraRole, ExtraRoleHolding
from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done

MANAGE = "agents.manage_catalogue"
DECISIONS: dict[str, tuple[type[Form], Any]] = {
    "approve": (ApproveForm, services.approve_application),
    "refuse": (RefuseForm, services.refuse_application),
}


@require_GET
def extra_roles(request: HttpRequest) -> HttpResponse:
    """Show the extra roles with how many hold each today, and one's own applications that wait."""
    today, person = request.user.today, request.user
    holders: dict[int, int] = {}
    for role in ExtraRoleHolding.objects.on(today).values_list("role", flat=True):
        holders[role] = holders.get(role, 0) + 1
    own = person.extra_roles.on(today).values_list("role", flat=True)
    waiting = Application.objects.filter(person=person, state=ApplicationState.ASKED)
    context = {
        "rows": [(role, holders.get(role.pk, 0)) for role in ExtraRole.objects.order_by("-is_open", "name")],
        "held": set(own),
        "waiting": {application.role_id: application for application in waiting},
    }
    return render(request, "agents/extra_roles.html", context)


@require_http_methods(["GET", "POST"])
def new_extra_role(request: HttpRequest) -> HttpResponse:
    """Add an extra role."""
    require(request.user, MANAGE)
    form = NewExtraRoleForm(request.POST or None)
    given = {"actor": request.user, "now": timezone.now()}
    made, status = attempt(form, lambda: services.make_extra_role(**given, **form.cleaned_data))
    return _answer(request, form, made, status)


@require_http_methods(["GET", "POST"])
def change_extra_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of an extra role, or whether one can apply."""
    require(request.user, MANAGE)
    role = get_object_or_404(ExtraRole, pk=pk)
    initial = {"name": role.name, "description": role.description, "is_open": role.is_open}
    form = ChangeExtraRoleForm(request.POST or None, initial=initial)
    given = {"actor": request.user, "role": role, "now": timezone.now()}
    made, status = attempt(form, lambda: services.change_extra_role(**given, **form.cleaned_data))
    return _answer(request, form, made, status, role)


def _answer(
    request: HttpRequest, form: Form, made: ExtraRole | None, status: int, role: ExtraRole | None = None
) -> HttpResponse:
    if made:
        say_done(request, _("Saved: %(place)s.") % {"place": made})
        return redirect("agents:extra_roles")
    return render(request, "agents/extra_role.html", {"form": form, "role": role}, status=status)


@require_GET
def application_list(request: HttpRequest) -> Answer:
    """List the own applications, and those of the people whom one answers for."""
    return show(request, ApplicationList(), "agents/applications.html")


@require_GET
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an application, with what may be done about it."""
    found = _visible(request, pk)
    waits = found.state == ApplicationState.ASKED
    context = {
        "application": found,
        "may_decide": waits and request.user.has_perm("agents.decide_application", found.person),
        "may_withdraw": waits and found.person_id == request.user.pk,
        **_forms(),
    }
    return render(request, "agents/application.html", context)


def _forms() -> dict[str, Form]:
    return {name: form(auto_id=f"{name}_%s") for name, (form, _service) in DECISIONS.items()}


@require_POST
def decide(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Approve or refuse an application; what was typed stays when something is wrong."""
    if decision not in DECISIONS:
        raise Http404
    found = _visible(request, pk)
    require(request.user, "agents.decide_application", found.person)
    form_class, service = DECISIONS[decision]
    form = form_class(request.POST, auto_id=f"{decision}_%s")
    given = {"actor": request.user, "application_id": pk, "now": timezone.now()}
    made, status = attempt(form, lambda: service(**given, **form.cleaned_data))
    if made:
        say_done(request, _("Decided; %(person)s is told.") % {"person": made.person})
        return redirect("agents:applications")
    context = {"application": found, "may_decide": True, **_forms(), decision: form}
    return render(request, "agents/application.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own application back."""
    found = _visible(request, pk)
    services.withdraw_application(actor=request.user, application_id=found.pk, now=timezone.now())
    say_done(request, _("The application is taken back."))
    return redirect("agents:extra_roles")


def _visible(request: HttpRequest, pk: int) -> Application:
    seen = Application.objects.visible_to(request.user).select_related("person__site", "role", "decided_by")
    found: Application = get_object_or_404(seen, pk=pk)
    return found
