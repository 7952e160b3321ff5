"""Today: what needs this person, and how the complaints stand that they see."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from callcenter.addresses import address_of
from callcenter.http import render_page
from callcenter.kept import kept
from callcenter.templatetags.ui import percent
from complaints import selectors
from complaints.models import Complaint
from complaints.querysets import ComplaintQuerySet

NEAREST = 30
"""Of so many nearest deadlines the least working time left is looked for; it differs by calendar."""
SHOWN = 10
"""How many needs stand on the page, and how many people; the rest is one click away."""


SHORT = 10
"""Figures are at most so many seconds old: the page asks for itself anew every 15."""


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show what needs this person now, worst first; the site and team of the address narrow it."""
    now = timezone.now()
    user = request.user
    place = (request.GET.get("site", ""), request.GET.get("team", ""))
    desk = Complaint.objects.needing(user).at(*place)
    context: dict[str, Any] = {"now": now, "place": request.GET.urlencode()}
    context |= {"needs": _most_urgent(desk, now), "standing": selectors.standing(desk, now=now)}
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
    return [_need(row) for row in sorted(rows, key=lambda row: row.left.seconds)[:SHOWN]]


def _need(complaint: Any) -> dict[str, Any]:
    """Return a complaint as components/need.html draws it."""
    told = {"person": complaint.responsible.name, "level": complaint.level}
    answers = _("with %(person)s on level %(level)s") if complaint.level else _("with %(person)s")
    return {
        "complaint": complaint,
        "name": complaint.reference,
        "page": complaint.get_absolute_url(),
        "url": address_of("complaints:resolve", complaint.reference),
        "left": complaint.left,
        "title": f"{complaint.reference} · {complaint.subject}",
        "sub": f"{complaint.get_tier_display()} · {complaint.customer_name} · {answers % told}",
    }


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
