"""A person's page, and what may be done there."""

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
from django.views.decorators.http import require_GET, require_http_methods

from agents import conduct, history, services
from agents.forms import acts as forms
from agents.forms import dated
from agents.models import Application, User
from callcenter.access import require
from callcenter.saving import attempt


@dataclass(frozen=True)
class Act:
    """Something that may be done to a person: its words, who may do it, what is asked, and the service that does it.

    `part` names the section of the page that offers it, "" the list of all else.
    """

    label: Promise
    permission: str
    form: type[forms.ActForm]
    service: Callable[..., Any]
    part: str = ""


ACTS = {
    "move": Act(
        gettext_lazy("Move to a team"), "agents.manage_people", forms.MoveForm, services.move_to_team
    ),
    "leave-team": Act(
        gettext_lazy("Take out of the team"), "agents.manage_people", dated.LeaveTeamForm, services.leave_team
    ),
    "take-move-back": Act(
        gettext_lazy("Take a planned move back"),
        "agents.manage_people",
        dated.TakeMoveBackForm,
        services.take_move_back,
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
    "skill": Act(
        gettext_lazy("Give a skill or its level"),
        "agents.manage_skills",
        dated.SkillForm,
        services.give_skill,
        "skills",
    ),
    "end-skill": Act(
        gettext_lazy("End a skill"), "agents.manage_skills", dated.EndSkillForm, services.end_skill, "skills"
    ),
    "employ": Act(
        gettext_lazy("Record the employment"),
        "agents.manage_people",
        dated.EmployForm,
        services.employ,
        "terms",
    ),
    "end-employment": Act(
        gettext_lazy("End the employment"),
        "agents.manage_people",
        dated.EndEmploymentForm,
        services.end_employment,
        "terms",
    ),
    "hours": Act(
        gettext_lazy("Set the weekly hours"),
        "agents.manage_people",
        dated.HoursForm,
        services.set_hours,
        "terms",
    ),
    "apply": Act(
        gettext_lazy("Apply for an extra role"),
        "agents.apply",
        dated.ApplyForm,
        services.apply_for_role,
        "extra",
    ),
    "end-extra-role": Act(
        gettext_lazy("End an extra role"),
        "agents.end_extra_role",
        dated.EndExtraRoleForm,
        services.end_extra_role,
        "extra",
    ),
}


PARTS = ("skills", "terms", "extra")
SHOWN = 5


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person to whoever answers for them, and to themself."""
    found = _visible(request, pk)
    told = history.of(found, now=timezone.now())
    acts = list(_acts(request.user, found))
    context = {
        "person": found,
        "acts": [(name, act, why) for name, act, why in acts if not act.part],
        "acts_of": {part: [one for one in acts if one[1].part == part] for part in PARTS},
        "may_more": _may_more(request.user),
        "conduct": conduct.card(found, request.user),
        "applications": Application.objects.filter(person=found).select_related("role")[:SHOWN],
    }
    return render(request, "agents/person.html", context | told)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one of ACTS to the person, asked in the side panel or on a page; what was typed stays when something is wrong."""
    found = _visible(request, pk)
    if name not in ACTS:
        raise Http404
    wanted = ACTS[name]
    require(request.user, wanted.permission, found)
    form = wanted.form(request.POST if request.method == "POST" else None, person=found)
    form.initial = {
        **form.initial,
        **{key: value for key, value in request.GET.items() if key in form.fields},
    }
    given = {"actor": request.user, "now": timezone.now()}
    _made, status = attempt(form, lambda: wanted.service(**given, **form.given))
    if form.is_bound and not form.errors:
        messages.success(request, _("Done: %(act)s.") % {"act": wanted.label})
        return redirect(found)
    why = "" if form.is_bound else form.why_not(found)
    context = {"person": _visible(request, pk), "act": wanted, "name": name, "form": form, "why": why}
    return render(request, "agents/act.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> User:
    seen = User.objects.visible_to(request.user).select_related("site__calendar")
    person: User = get_object_or_404(seen, pk=pk)
    return person


def _acts(user: User, person: User) -> Iterator[tuple[str, Act, Promise | str]]:
    """Yield what the user may do to the person, each with the reason why not now, if there is one."""
    for name, act in ACTS.items():
        if user.has_perm(act.permission, person):
            yield name, act, act.form.why_not(person)


def _may_more(user: User) -> bool:
    return all(user.has_perm(act.permission) for act in ACTS.values() if not act.part)
