"""The door to rosters, and the list of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from callcenter.lists.show import Answer, show
from shifts.lists.rosters import RosterList


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead those who plan and lead to the rosters, everybody else to their own."""
    plans = request.user.has_perm("shifts.view_rosters")
    return redirect("shifts:rosters" if plans else "shifts:mine")


@require_GET
def roster_list(request: HttpRequest) -> Answer:
    """List the rosters."""
    return show(request, RosterList(), "shifts/rosters.html")
