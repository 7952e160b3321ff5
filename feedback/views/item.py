"""The page of one item: in full for its author and those who answer, else what is public of it."""

from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from callcenter.handing_out import handed_out
from feedback import selectors
from feedback.models import File, Item
from feedback.views.deeds import DEEDS


@require_GET
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """Show one item: its deadline, the talk, the answers, and what this person can do now."""
    now = timezone.now()
    item, in_full = item_or_404(request, number)
    context = {"item": item, **_acts(request, item, now)}
    if item.published_at:
        selectors.with_public_answer([item])
        selectors.with_interests([item], request.user)
    if not in_full:
        return render(request, "feedback/public.html", context)
    selectors.with_time_left([item], now=now)
    notes = item.notes.select_related("by").order_by("at", "pk")
    told = {"talk": selectors.talk(item), "own": request.user.pk == item.author_id}
    side = request.user.has_perm("feedback.note", item)
    return render(
        request, "feedback/detail.html", {**context, **told, "side": side, "notes": notes if side else ()}
    )


def item_or_404(request: HttpRequest, number: str) -> tuple[Any, bool]:
    """Return the item and whether this person reads it in full; who does not may still read what is public."""
    rows = Item.objects.for_page()
    if item := rows.visible_to(request.user).filter(number=number).first():
        return item, True
    return get_object_or_404(rows.on_board(), number=number), False


def _acts(request: HttpRequest, item: Any, now: datetime) -> dict[str, Any]:
    """Return what may be done, as components/action.html draws it: the most pressing first."""
    offered = selectors.choices(request.user, item, now=now)
    drawn = [
        {
            "label": choice.label,
            "url": reverse("feedback:act", args=[item.number, choice.act]),
            "icon": DEEDS[choice.act].icon,
            "primary": not at,
        }
        for at, choice in enumerate(choice for choice in offered if choice.possible)
    ]
    return {"acts": drawn, "barred": [choice for choice in offered if not choice.possible]}


@require_GET
def file(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """Hand a file out to those who read the item in full, to be saved and never shown in the browser."""
    item = get_object_or_404(Item.objects.visible_to(request.user), number=number)
    return handed_out(get_object_or_404(File, item=item, pk=pk))
