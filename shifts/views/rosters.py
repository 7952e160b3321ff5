"""The door to rosters, their list, making one, throwing a draft away, and publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt
from shifts.forms.rosters import PublishForm, RosterForm
from shifts.lists.rosters import RosterList
from shifts.lists.shifts import ShiftList
from shifts.selectors import review
from shifts.services import planning, publishing
from shifts.views.board import roster_or_404

SHOWN = 200


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead those who plan and lead to the rosters, everybody else to their own."""
    plans = request.user.has_perm("shifts.view_rosters")
    return redirect("shifts:rosters" if plans else "shifts:mine")


@require_GET
def roster_list(request: HttpRequest) -> Answer:
    """List the rosters."""
    return show(request, RosterList(), "shifts/rosters.html")


@require_GET
def shift_list(request: HttpRequest) -> Answer:
    """List the shifts of the plan."""
    return show(request, ShiftList(), "shifts/shifts.html")


@require_http_methods(["GET", "POST"])
def new_roster(request: HttpRequest) -> HttpResponse:
    """Begin a roster."""
    require(request.user, "shifts.plan")
    form = RosterForm(request.POST or None, sites=request.user.sites)
    given: dict[str, Any] = {"actor": request.user, "now": timezone.now()}
    made, status = attempt(form, lambda: planning.make_roster(**given, **form.given()))
    if made:
        messages.success(request, _("The draft is made. Fill it, then publish it."))
        return redirect(made)
    return render(request, "shifts/new_roster.html", {"form": form}, status=status)


@require_POST
def remove_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    roster = roster_or_404(request, pk)
    planning.remove_roster(actor=request.user, roster_id=roster.pk, now=timezone.now())
    messages.success(request, _("The draft is gone."))
    return redirect("shifts:rosters")


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what agents would be told, the gaps and the limits that are broken; publish it."""
    roster = roster_or_404(request, pk)
    require(request.user, "shifts.plan", roster.site)
    form = PublishForm(request.POST or None, initial={"revision": roster.revision})
    given: dict[str, Any] = {"actor": request.user, "roster_id": roster.pk, "now": timezone.now()}
    done, status = attempt(form, lambda: publishing.publish(**given, **form.cleaned_data))
    if done:
        told = ngettext(
            "Published; %(count)s person was told.", "Published; %(count)s people were told.", done.people
        )
        messages.success(request, told % {"count": done.people})
        return redirect(roster)
    if form.is_bound:
        form.data = {**form.data, "revision": roster.revision}
    changes = publishing.changes_of(roster)
    context = {
        "roster": roster,
        "form": form,
        "is_told": publishing.is_told(roster),
        "changes": changes[:SHOWN],
        "more_changes": max(len(changes) - SHOWN, 0),
        "people": len({one.person.pk for one in changes if one.person}),
        "gaps": review.gaps(roster),
        "breaches": review.breaches(roster),
    }
    return render(request, "shifts/publish.html", context, status=status)
