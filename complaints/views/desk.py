"""Today: what needs this person, and how the complaints stand that they see."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from callcenter.http import render_page, wants_partial
from callcenter.templatetags.ui import percent
from complaints import selectors
from complaints.models import Complaint
from complaints.querysets import ComplaintQuerySet

NEAREST = 100
"""Of so many nearest deadlines the least working time left is looked for; it differs by calendar."""
SHOWN = 10
"""How many needs stand on the page; the rest is one click away."""


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show what needs this person now, worst first; the site and team of the address narrow it."""
    now = timezone.now()
    visible = Complaint.objects.visible_to(request.user)
    here = visible.at(request.GET.get("site", ""), request.GET.get("team", ""))
    desk = here.on_desk_of(request.user).unfinished()
    needs = _most_urgent(desk, now)
    context = {"now": now, "needs": needs, "place": request.GET.urlencode()}
    context["standing"] = selectors.standing(desk, now=now, soon=now + timedelta(hours=1))
    if not wants_partial(request):
        if request.user.has_perm("complaints.list"):
            context |= _figures(here, now)
        if not needs:
            context["recorded"] = _most_urgent(here.filter(recorded_by=request.user).unfinished(), now)
    return render_page(request, "complaints/today.html", "complaints/_needs.html", context)


def _most_urgent(complaints: ComplaintQuerySet, now: datetime) -> list[dict[str, Any]]:
    rows = list(complaints.for_list()[:NEAREST])
    selectors.with_time_left(rows, now=now)
    return [_need(row) for row in sorted(rows, key=lambda row: row.left.seconds)[:SHOWN]]


def _need(complaint: Any) -> dict[str, Any]:
    """Return a complaint as components/need.html draws it."""
    told = {"person": complaint.responsible.name, "level": complaint.level}
    answers = _("with %(person)s on level %(level)s") if complaint.level else _("with %(person)s")
    return {
        "complaint": complaint,
        "left": complaint.left,
        "title": f"{complaint.reference} · {complaint.subject}",
        "sub": f"{complaint.get_tier_display()} · {complaint.customer_name} · {answers % told}",
    }


def _figures(here: ComplaintQuerySet, now: datetime) -> dict[str, Any]:
    month = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    figures = selectors.figures(here, now=now, since=month)
    return {"figures": list(_cards(figures)), "loads": selectors.loads(here, now=now)}


def _cards(figures: selectors.Figures) -> Iterator[dict[str, Any]]:
    """Yield the figures as components/figure.html draws them."""
    address = reverse("complaints:list")
    yield {"label": _("Open complaints"), "value": figures.unfinished, "url": address}
    yield {
        "label": _("Breached"),
        "value": figures.late,
        "url": f"{address}?view=breached",
        "state": "late" if figures.late else "ontime",
        "verdict": _("past the deadline") if figures.late else _("none past the deadline"),
    }
    yield {
        "label": _("At risk"),
        "value": figures.at_risk,
        "state": "risk" if figures.at_risk else "ontime",
        "verdict": _("over half of the time used"),
    }
    yield {
        "label": _("On time this month"),
        "value": percent(figures.share_on_time, 0),
        "note": ngettext("of %(n)s resolved", "of %(n)s resolved", figures.ended) % {"n": figures.ended}
        if figures.ended
        else _("none resolved yet"),
    }
