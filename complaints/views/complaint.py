"""The page of one complaint."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from callcenter.http import wants_partial
from callcenter.templatetags.ui import brief
from complaints import selectors, services
from complaints.enums import Act
from complaints.models import Complaint
from complaints.views.deeds import DEEDS

STORIES: Mapping[str, Callable[[Iterable[selectors.Event]], list[selectors.Event]]] = {
    "people": selectors.by_people,
    "machine": selectors.by_machine,
}


@require_GET
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one complaint: its course, clocks, what may be done, and its story (`?story=people`, `?story=machine`)."""
    return render(request, "complaints/detail.html", _told(request, reference))


@require_POST
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the contact in full; that it was looked at is on record. Without htmx the whole page shows it."""
    complaint = visible_or_404(request, reference)
    shown = services.show_contact(actor=request.user, complaint_id=complaint.pk, now=timezone.now())
    if wants_partial(request):
        return render(request, "complaints/_contact.html", {"contact": shown})
    return render(request, "complaints/detail.html", {**_told(request, reference), "contact": shown})


def visible_or_404(request: HttpRequest, reference: str) -> Any:
    """Return the complaint with its people, if this person sees it."""
    rows = Complaint.objects.visible_to(request.user).for_list()
    related = ("site__calendar", "staff_concerned", "customer")
    return get_object_or_404(rows.select_related(*related), reference=reference)


def case_or_404(request: HttpRequest, reference: str, now: datetime) -> selectors.Case:
    """Return the complaint with everything that belongs to it, if this person sees it."""
    rows = selectors.for_case(Complaint.objects.visible_to(request.user).for_list())
    complaint = get_object_or_404(rows, reference=reference)
    return selectors.case_of(complaint, reader=request.user, now=now)


def _told(request: HttpRequest, reference: str) -> dict[str, Any]:
    now, user = timezone.now(), request.user
    case = case_or_404(request, reference, now)
    complaint = selectors.with_clock(case.complaint, now=now)
    levels = selectors.levels(complaint, now=now, house=case.house)
    events = selectors.timeline(complaint, case.mails)
    story = request.GET.get("story", "")
    return {
        "case": case,
        "complaint": complaint,
        "course": selectors.course(complaint),
        "percent": selectors.per_cent_used(complaint, now=now),
        "policy": selectors.amount_in_words(complaint.clock),
        "may_see_contact": user.has_perm("complaints.see_contact", complaint),
        "readings": selectors.readings(complaint, now=now),
        "rungs": [_rung(level) for level in levels],
        "following": selectors.next_level(levels),
        "warning_at": _next_warning(complaint, now),
        "waiting": next((pause for pause in complaint.pauses.all() if not pause.ended_at), None),
        "ruling": selectors.ruling_of(complaint),
        "events": STORIES[story](events) if story in STORIES else events,
        "story": story if story in STORIES else "",
        **_acts(user, case),
    }


def _acts(user: Any, case: selectors.Case) -> dict[str, Any]:
    """Return what may be done, as components/action.html draws it: the next act of the course first."""
    complaint = case.complaint
    offered = {choice.act: choice for choice in selectors.choices(user, complaint, case.house)}
    order = [*selectors.next_acts(complaint), *DEEDS]
    possible = [act for act in dict.fromkeys(order) if act in offered and offered[act].possible]
    primary = next((act for act in selectors.next_acts(complaint) if act in possible), None)
    drawn = [_action(complaint, act, primary=act == primary) for act in possible]
    if offered[Act.ANSWER].possible:
        answer = {"label": Act.ANSWER.label, "url": reverse("complaints:questions"), "icon": "feedback"}
        drawn.insert(0, answer)
    return {
        "acts": drawn,
        "primary": drawn[possible.index(primary)] if primary and not offered[Act.ANSWER].possible else None,
        "barred": [offered[act] for act in DEEDS if act in offered and not offered[act].possible],
        "next_acts": [act.label for act in selectors.next_acts(complaint)[:1]],
    }


def _action(complaint: Any, act: Act, *, primary: bool) -> dict[str, Any]:
    address = reverse("complaints:act", args=[complaint.reference, act])
    return {"label": act.label, "url": address, "icon": DEEDS[act].icon, "panel": True, "primary": primary}


def _next_warning(complaint: Any, now: datetime) -> datetime | None:
    if complaint.clock.next_at is None:
        return None
    marks = (complaint.clock.warn_50_at, complaint.clock.warn_80_at)
    return next((at for at in marks if at > now), None)


def _rung(level: selectors.Level) -> dict[str, Any]:
    """Return a level as components/ladder.html draws it."""
    first = level.people[0]
    role = _("Handler") if level.number == 0 else _("Level %(level)s") % {"level": level.number}
    return {
        "number": level.number,
        "name": level.name,
        "note": f"{role} · {first.work_number}",
        "when": brief(level.at),
        "now": level.state == "now",
        "past": level.state == "past",
    }
