"""Pages of calls."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from calls import retention, selectors, services
from calls.forms import MatchForm, RetentionForm
from calls.lists import CallList


@require_GET
def call_list(request: HttpRequest) -> Answer:
    """Show the calls that this person may see, newest first."""
    return show(request, CallList(), "calls/list.html")


@require_http_methods(["GET", "POST"])
def unmatched(request: HttpRequest) -> HttpResponse:
    """Show agents and queues that are known by name only; say who stands behind a name."""
    require(request.user, "calls.match")
    form = MatchForm(request.POST or None, user=request.user, sites=selectors.sites_for(request.user))
    if request.method == "POST" and form.is_valid() and _match(request, form):
        return redirect("calls:unmatched")
    context = {
        "form": form,
        "agents": selectors.unmatched_agents(request.user),
        "queues": selectors.unmatched_queues(request.user),
        "sites": selectors.sites_for(request.user),
    }
    return render(request, "calls/unmatched.html", context, status=400 if form.errors else 200)


def _match(request: HttpRequest, form: MatchForm) -> bool:
    given = form.cleaned_data
    try:
        services.match_agent_name(
            actor=request.user,
            source=given["source"],
            site=given["site"],
            name=given["name"],
            person=given["work_number"],
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error("work_number", str(error.message))
        return False
    messages.success(
        request,
        _("“%(name)s” is %(person)s from now on.") % {"name": given["name"], "person": given["work_number"]},
    )
    return True


@require_POST
def match_again(request: HttpRequest, site: int) -> HttpResponse:
    """Look once more for everybody at a site who is known by name only."""
    require(request.user, "calls.match")
    found_site = get_object_or_404(selectors.sites_for(request.user), pk=site)
    counts = services.match_names(actor=request.user, site=found_site, now=timezone.now())
    found = sum(counts.values())
    messages.success(
        request, ngettext("%(found)d match found.", "%(found)d matches found.", found) % {"found": found}
    )
    return redirect("calls:unmatched")


@require_http_methods(["GET", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """Show the sources and months of calls, and how long they are kept; change that."""
    require(request.user, "calls.set_retention")
    form = RetentionForm(request.POST or None, initial={"months": retention.kept_months()})
    now = timezone.now()

    def save() -> Any:
        return services.set_retention(actor=request.user, kept=form.cleaned_data["months"], now=now)

    made, status = attempt(form, save)
    if made:
        say_done(request, _("Saved. What is older is dropped within the hour."))
        return redirect("calls:kept")
    context = {
        "form": form,
        "months": retention.held(),
        "oldest": retention.oldest(now),
        "sources": selectors.sources(request.user),
    }
    return render(request, "calls/kept.html", context, status=status)
