"""Today: what needs this person, and how the complaints stand that they see."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from callcenter.http import render_page
from callcenter.kept import kept
from callcenter.templatetags.ui import percent
from complaints import selectors
from complaints.models import Complaint
from complaints.querysets import ComplaintQuerySet
from complaints.views.needs import SHOWN, about, needs_of

NEAREST = 30
"""Of so many nearest deadlines the least working time left is looked for; it differs by calendar."""
SHORT = 10
"""Figures are at most so many seconds old: the page asks for itself anew every 15."""


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show what this person has to do next, worst first (`?all=1`: all of it); site and team of the address narrow it."""
    now = timezone.now()
    user = request.user
    place = (request.GET.get("site", ""), request.GET.get("team", ""))
    tasks = selectors.tasks_of(user, *place)
    shown = None if request.GET.get("all") else SHOWN
    context: dict[str, Any] = {
        "now": now,
        "place": urlencode(
            {name: value for name, value in zip(("site", "team"), place, strict=True) if value}
        ),
        "needs": needs_of(tasks, user, now=now, shown=shown),
        "standing": selectors.standing(tasks, now=now),
        "more": shown is not None and len(tasks) > SHOWN,
    }
    if user.has_perm("complaints.list"):
        loads, ended = kept(user, "desk", place, lambda: _standing(_here(user, place), now), seconds=SHORT)
        context |= {"figures": list(_cards(loads, ended)), "loads": loads[:SHOWN]}
    if not context["needs"]:
        recorded = _here(user, place).filter(recorded_by=user).unfinished()
        context["recorded"] = _most_urgent(recorded, now)
    return render_page(request, "complaints/today.html", "complaints/_today.html", context)


def _here(user: Any, place: tuple[str, str]) -> ComplaintQuerySet:
    seen: ComplaintQuerySet = Complaint.objects.visible_to(user).at(*place)
    return seen


def _most_urgent(complaints: ComplaintQuerySet, now: datetime) -> list[dict[str, Any]]:
    rows = list(complaints.for_needs()[:NEAREST])
    selectors.with_time_left(rows, now=now)
    return [about(row) for row in sorted(rows, key=lambda row: row.left.seconds)[:SHOWN]]


def _standing(here: ComplaintQuerySet, now: datetime) -> tuple[list[selectors.Load], selectors.Ended]:
    month = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return selectors.loads(here, now=now), selectors.ended(here, since=month)


def _cards(loads: list[selectors.Load], ended: selectors.Ended) -> Iterator[dict[str, Any]]:
    """Yield the figures as components/figure.html draws them."""
    address = reverse("complaints:list")
    late, at_risk = sum(load.late for load in loads), sum(load.at_risk for load in loads)
    yield {
        "label": _("Open complaints"),
        "value": sum(load.unfinished for load in loads),
        "url": address,
    }
    yield {
        "label": _("Breached"),
        "value": late,
        "url": f"{address}?view=breached",
        "state": "late" if late else "ontime",
        "verdict": _("past the deadline") if late else _("none past the deadline"),
    }
    yield {
        "label": _("At risk"),
        "value": at_risk,
        "url": f"{address}?view=risk",
        "state": "risk" if at_risk else "ontime",
        "verdict": _("over half of the time used"),
    }
    of_all = ngettext("of %(n)s resolved", "of %(n)s resolved", ended.all) % {"n": ended.all}
    yield {
        "label": _("On time this month"),
        "value": percent(ended.share_on_time, 0),
        "note": of_all if ended.all else _("none resolved yet"),
    }
