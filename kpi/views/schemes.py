"""Pages of schemes: the versions of each role, one version, its form, trials and what they found."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from callcenter.access import Role, require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from kpi.deeds import Deed, deed_page, offered
from kpi.enums.schemes import OF_GROUP, SchemeState, Weighing
from kpi.forms.schemes import AdoptForm, NewSchemeForm, SchemeForm, TrialForm
from kpi.lists.assessments import TrialRowList
from kpi.metrics import REGISTRY
from kpi.models import Scheme, Trial, TrialRow
from kpi.score_words import anchors, distribution, gained
from kpi.scoring.advice import advice
from kpi.selectors.assessing import with_parts
from kpi.services import schemes as services
from kpi.services import trials

DEEDS = {
    "adopt": Deed(
        gettext_lazy("Adopt"),
        gettext_lazy("From that month on it scores everybody of this role. It can never be changed again."),
        gettext_lazy("Adopted."),
        "kpi.make_scheme",
        lambda scheme: scheme.is_draft,
        services.adopt_scheme,
        "ok",
        AdoptForm,
        primary=True,
    ),
    "drop": Deed(
        gettext_lazy("Drop"),
        gettext_lazy("The draft is put away; its trials can still be read."),
        gettext_lazy("Dropped."),
        "kpi.make_scheme",
        lambda scheme: scheme.is_draft,
        services.drop_scheme,
        "x",
    ),
}


@require_GET
def scheme_list(request: HttpRequest) -> HttpResponse:
    """List the versions of every role's scheme, newest first."""
    versions = Scheme.objects.visible_to(request.user).exclude(state=SchemeState.DROPPED)
    return render(request, "kpi/schemes.html", {"schemes": versions, "today": request.user.today})


@require_GET
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version: its indicators with their curves, grades, gates, and its trials."""
    version = _visible(request, pk)
    indicators = list(version.indicators.all())
    weights = [one.weight for one in indicators]
    primary = sum(one.weighing == Weighing.PRIMARY for one in indicators)
    by_people = OF_GROUP.get(Role(version.role)) != "site" or not version.team_share
    untold = [one.name for one in indicators if by_people and one.metric and REGISTRY[one.metric].of_lost]
    context = {
        "scheme": version,
        "indicators": [(one, anchors(one)) for one in indicators],
        "advice": list(advice(weights, primary, untold)),
        "deeds": list(offered(request.user, version, DEEDS)),
        "trials": Trial.objects.visible_to(request.user)
        .filter(scheme=version)
        .select_related("site", "by")[:10],
    }
    return render(request, "kpi/scheme.html", context)


@require_http_methods(["GET", "POST"])
def new_scheme(request: HttpRequest) -> HttpResponse:
    """Write the first version of a role's scheme, or the next one, which begins with what `from` says."""
    require(request.user, "kpi.make_scheme")
    former = _former(request)
    facts = services.facts_of(former) if former else None
    data = request.POST or None
    form = SchemeForm(data, facts=facts) if former else NewSchemeForm(data)
    now = timezone.now()

    def save() -> Scheme:
        role = former.role if former else form.cleaned_data["role"]
        return services.draft_scheme(actor=request.user, role=role, facts=form.facts, now=now)

    return _form(request, form, save, _("The draft is written. Try it on past months before you adopt it."))


@require_http_methods(["GET", "POST"])
def change_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    require(request.user, "kpi.make_scheme")
    version = _visible(request, pk)
    form = SchemeForm(request.POST or None, facts=services.facts_of(version))
    given = {"actor": request.user, "scheme_id": version.pk, "now": timezone.now()}
    done = _("The draft is changed.")
    return _form(request, form, lambda: services.change_scheme(facts=form.facts, **given), done, version)


def _form(
    request: HttpRequest, form: SchemeForm, save: Any, done: str, version: Scheme | None = None
) -> HttpResponse:
    saved, status = attempt(form, save)
    if saved:
        say_done(request, done)
        return redirect(saved)
    return render(request, "kpi/scheme_form.html", {"form": form, "scheme": version}, status=status)


def _former(request: HttpRequest) -> Scheme | None:
    asked = request.GET.get("from", "")
    return _visible(request, int(asked)) if asked.isdecimal() and len(asked) < 10 else None  # noqa: PLR2004 (digits)


@require_http_methods(["GET", "POST"])
def scheme_deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Adopt or drop a draft."""
    return deed_page(request, _visible(request, pk), name, DEEDS, "scheme_id")


@require_http_methods(["GET", "POST"])
def try_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a trial."""
    require(request.user, "kpi.try_scheme")
    version = _visible(request, pk)
    form = TrialForm(request.POST or None, person=request.user)
    given = {"actor": request.user, "scheme": version, "now": timezone.now()}
    made, status = attempt(form, lambda: trials.start_trial(**given, **form.cleaned_data))
    if made:
        return redirect(made)
    return render(request, "kpi/trial_new.html", {"form": form, "scheme": version}, status=status)


@require_GET
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a trial found: how the distribution moves, who gains most, who loses most."""
    require(request.user, "kpi.try_scheme")
    seen = Trial.objects.visible_to(request.user).select_related("scheme", "site", "job__person", "by")
    found: Trial = get_object_or_404(seen, pk=pk)
    rows = list(TrialRow.objects.visible_to(request.user).filter(trial=found).for_list())
    grades = list(found.scheme.grades.values_list("name", flat=True))
    context = {"trial": found, "rows": rows, **distribution(rows, grades), **gained(rows)}
    return render(request, "kpi/trial.html", context)


@require_GET
def trial_rows(request: HttpRequest) -> Answer:
    """List the people of trials."""
    return show(request, TrialRowList(), "kpi/trial_rows.html")


def _visible(request: HttpRequest, pk: int) -> Scheme:
    seen = with_parts(Scheme.objects.visible_to(request.user)).select_related("made_by", "adopted_by")
    found: Scheme = get_object_or_404(seen, pk=pk)
    return found
