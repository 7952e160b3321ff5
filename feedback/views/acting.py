"""Doing something with an item: every act by one view, and joining in on the board."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from callcenter.access import require
from callcenter.http import wants_partial
from callcenter.saving import once
from feedback import selectors, services
from feedback.enums import Act, Interest
from feedback.models import Item
from feedback.views.deeds import DEEDS
from feedback.views.item import item_or_404


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Ask for what an act needs, in the side panel or on a page of its own, and do it; what was typed stays."""
    item, in_full = item_or_404(request, number)
    deed = DEEDS.get(name)  # type: ignore[call-overload]  # an Act is its own name
    if deed is None or not selectors.belongs(Act(name), item):
        raise Http404
    require(request.user, f"feedback.{selectors.RIGHTS[Act(name)]}", item)
    form = deed.form(*([request.POST] if request.method == "POST" else []), item=item, actor=request.user)
    who = {"actor": request.user, "item_id": item.pk, "now": timezone.now()}
    done, status = once(form, lambda: services.perform(Act(name), **who, **form.given()))
    if done:
        messages.success(request, _("Done: %(act)s.") % {"act": Act(name).label})
        return redirect(item if _still_seen(request, item) else "feedback:list")
    context = {"item": item, "in_full": in_full, "form": form, "deed": deed, "act": Act(name)}
    return render(request, "feedback/act.html", context, status=status)


def _still_seen(request: HttpRequest, item: Item) -> bool:
    rows = Item.objects.filter(pk=item.pk)
    return rows.visible_to(request.user).exists() or rows.on_board().exists()


@require_POST
def join(request: HttpRequest, number: str, interest: str) -> HttpResponse:
    """Say “me too” or follow; with `off`, no longer. htmx gets the button alone."""
    if interest not in Interest.values:
        raise Http404
    item = get_object_or_404(Item.objects.on_board(), number=number)
    service: Any = services.unback if request.POST.get("off") else services.back
    service(actor=request.user, item_id=item.pk, interest=Interest(interest), now=timezone.now())
    if not wants_partial(request):
        return redirect(item)
    fresh = Item.objects.on_board().for_board().get(pk=item.pk)
    selectors.with_interests([fresh], request.user)
    joined = interest in fresh.interests  # type: ignore[attr-defined]  # with_interests gave it
    return render(request, f"feedback/_{interest}.html", {"item": fresh, "joined": joined})
