"""The list of teams, and a team on a day: who leads it, who is in it, what they can do, and what has changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from agents import services, teams
from agents.dated_lists import TeamList
from agents.forms import dated
from agents.forms.fields import DayField
from agents.models import Team, User
from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt

MANAGE = "agents.manage_people"


@dataclass(frozen=True)
class TeamAct:
    """Something done to a team from a day on: its words, what is asked, and the service that does it."""

    label: Promise
    form: type[dated.TeamForm]
    service: Callable[..., Any]


ACTS = {
    "lead": TeamAct(gettext_lazy("Appoint lead"), dated.LeadForm, services.appoint_lead),
    "no-lead": TeamAct(gettext_lazy("Leave without a lead"), dated.EndLeadForm, services.end_lead),
    "join": TeamAct(gettext_lazy("Move somebody in"), dated.JoinForm, services.move_to_team),
    "take-lead-back": TeamAct(
        gettext_lazy("Take a planned appointment back"), dated.TakeLeadBackForm, services.take_lead_back
    ),
}


@require_GET
def team_list(request: HttpRequest) -> Answer:
    """List the teams with their span of control."""
    return show(request, TeamList(), "agents/teams.html")


@require_GET
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a team as it is on the day `on` of the address, today if it names none that can be read."""
    today = request.user.today
    form = _OnForm(request.GET or None)
    on = (form.is_valid() and form.cleaned_data["on"]) or today
    found = _visible(request, pk, on, today)
    matrix = teams.matrix(found, on=on)
    people = [member.person.pk for member in matrix.members]
    context = {
        "team": found,
        "on": on,
        "today": today,
        "form": form if form.is_bound else _OnForm(initial={"on": on}),
        "matrix": matrix,
        "open": set(User.objects.visible_to(request.user).filter(pk__in=people).values_list("pk", flat=True)),
        "leads": (leads := teams.leads(found)),
        "acts": _offered(leads, today) if request.user.has_perm(MANAGE) else {},
        **teams.moves(found, today=today),
    }
    return render(request, "agents/team.html", context)


def _offered(leads: list[teams.Led], today: date) -> dict[str, TeamAct]:
    """Return what can be done now: an appointment that is to come is taken back only where there is one."""
    planned = any(row.person and row.since > today for row in leads)
    return {name: act for name, act in ACTS.items() if planned or name != "take-lead-back"}


@require_http_methods(["GET", "POST"])
def team_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one of ACTS to the team, asked in the side panel or on a page."""
    require(request.user, MANAGE)
    today = request.user.today
    found = _visible(request, pk, today, today)
    if name not in ACTS:
        raise Http404
    act = ACTS[name]
    form = act.form(request.POST or None, team=found)
    given = {"actor": request.user, "now": timezone.now()}
    _made, status = attempt(form, lambda: act.service(**given, **form.given))
    if form.is_bound and not form.errors:
        messages.success(request, _("Done: %(act)s.") % {"act": act.label})
        return redirect(found)
    context = {"team": found, "act": act, "form": form}
    return render(request, "agents/team_act.html", context, status=status)


class _OnForm(forms.Form):
    """The day on which a team is shown."""

    on = DayField(label=gettext_lazy("On the day"), required=False, initial=None)


def _visible(request: HttpRequest, pk: int, on: date, today: date) -> Team:
    seen = teams.with_span(Team.objects.visible_to(request.user), on=on, today=today)
    found: Team = get_object_or_404(seen, pk=pk)
    return found
