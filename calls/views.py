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
from callcenter.http import render_page
from callcenter.pages import page_of
from calls import selectors, services
from calls.filters import CallFilter
from calls.forms import ImportForm, MatchForm
from calls.models import Call, Import


@require_GET
def call_list(request: HttpRequest) -> HttpResponse:
    """Show the calls that this person may see, newest first."""
    require(request.user, "calls.view")
    calls = Call.objects.visible_to(request.user).for_list()
    sources = [source.name for source in selectors.sources(request.user)]
    found = CallFilter(request.GET, queryset=calls, sources=sources)
    page = page_of(found.qs, request.GET.get("page"))
    return render_page(request, "calls/list.html", "calls/_list.html", {"page": page, "form": found.form})


@require_http_methods(["GET", "POST"])
def import_calls(request: HttpRequest) -> HttpResponse:
    """Take a file of calls."""
    require(request.user, "calls.import")
    form = ImportForm(request.POST or None, request.FILES or None, sites=selectors.sites_for(request.user))
    if request.method == "POST" and form.is_valid() and (batch := _import(request, form)):
        return redirect(batch)
    imports = page_of(Import.objects.visible_to(request.user).order_by("-at", "-id"), request.GET.get("page"))
    return render(
        request, "calls/import.html", {"form": form, "page": imports}, status=400 if form.errors else 200
    )


def _import(request: HttpRequest, form: ImportForm) -> Import | None:
    """Import the valid form's file; a refusal is written into the form."""
    given: dict[str, Any] = form.cleaned_data
    try:
        return services.import_calls(
            actor=request.user,
            now=timezone.now(),
            file_name=given["file"].name,
            **given | {"sheet": given["sheet"] or None},
        )
    except DomainError as error:
        form.add_error(
            error.field if error.field in form.fields else None, f"{error.message} {error.mend}".strip()
        )
        return None


@require_GET
def import_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of a file: its counts and, to whoever may read them, the rows refused."""
    if not request.user.has_perm("calls.import"):
        require(request.user, "calls.view")
    batch = get_object_or_404(Import.objects.visible_to(request.user).select_related("site", "by"), pk=pk)
    may_read = request.user.has_perm("calls.view_rejects", batch)
    rejects = batch.rejects.all() if may_read else batch.rejects.none()
    page = page_of(rejects, request.GET.get("page"))
    return render(
        request, "calls/import_result.html", {"batch": batch, "page": page, "may_read_rejects": may_read}
    )


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
