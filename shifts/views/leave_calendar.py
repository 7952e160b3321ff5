"""The month of a team's leave."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agents.models import Team
from callcenter.access import require
from callcenter.errors import DomainError
from shifts.querysets.scope import WHOLE_CENTRE
from shifts.selectors import leave_calendar as read


@require_GET
def leave_calendar(request: HttpRequest) -> HttpResponse:
    """Show who of a team is away on which day; `?team=` and `?month=2026-11` say of what."""
    teams = list(_teams(request.user))
    if not teams:
        require(request.user, "shifts.decide")
    team = next((one for one in teams if str(one.pk) == request.GET.get("team")), teams[0] if teams else None)
    first = _month(request.GET.get("month", ""), request.user.today)
    days, lines = read.month(team, first, user=request.user) if team else ([], [])
    context = {
        "teams": teams,
        "team": team,
        "first": first,
        "before": read.month_before(first),
        "after": read.month_after(first),
        "days": days,
        "lines": lines,
    }
    return render(request, "shifts/leave_calendar.html", context)


def _teams(user: Any) -> QuerySet[Team]:
    """Return the teams that the user leads, those of the sites that they run, or all."""
    teams = Team.objects.select_related("site__calendar")
    if user.holds(*WHOLE_CENTRE):
        return teams
    return teams.filter(Q(pk__in=user.led_team_ids) | Q(site__in=user.site_ids))


def _month(text: str, today: date) -> date:
    if not text:
        return today.replace(day=1)
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise DomainError(
            _("“%(text)s” is no month.") % {"text": text[:20]}, field="month", mend=_("Write it as 2026-11.")
        ) from error
