"""Pages of the tree of causes."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.saving import attempt, say_done
from complaints import services
from complaints.forms.causes import NewCauseForm, RenameCauseForm
from complaints.models import Cause

MANAGE = "complaints.manage_causes"
DEEDS = {
    "retire": services.retire_cause,
    "restore": services.restore_cause,
    "remove": services.remove_cause,
}


@require_GET
def causes(request: HttpRequest) -> HttpResponse:
    """Show the whole tree."""
    require(request.user, MANAGE)
    below: dict[int | None, list[Cause]] = {}
    for cause in Cause.objects.all():
        below.setdefault(cause.parent_id, []).append(cause)
    return render(request, "complaints/causes.html", {"rows": list(_tree(below, None))})


def _tree(below: dict[int | None, list[Cause]], parent: int | None, depth: int = 0) -> Iterator[Any]:
    for cause in below.get(parent, []):
        yield {"cause": cause, "depth": depth, "leaf": cause.pk not in below}
        yield from _tree(below, cause.pk, depth + 1)


@require_http_methods(["GET", "POST"])
def new_cause(request: HttpRequest) -> HttpResponse:
    """Add a cause."""
    require(request.user, MANAGE)
    form = NewCauseForm(request.POST or None, initial={"parent": request.GET.get("below")})
    given = {"actor": request.user, "now": timezone.now()}
    made, status = attempt(form, lambda: services.add_cause(**given, **form.cleaned_data))
    return _answer(request, form, made, status)


@require_http_methods(["GET", "POST"])
def rename_cause(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a cause another name."""
    require(request.user, MANAGE)
    cause = get_object_or_404(Cause, pk=pk)
    form = RenameCauseForm(request.POST or None, initial={"name": cause.name})
    given = {"actor": request.user, "cause_id": pk, "now": timezone.now()}
    made, status = attempt(form, lambda: services.rename_cause(**given, **form.cleaned_data))
    return _answer(request, form, made, status, cause)


def _answer(
    request: HttpRequest, form: Any, made: Cause | None, status: int, cause: Cause | None = None
) -> HttpResponse:
    if made:
        say_done(request, _("Saved: %(place)s.") % {"place": made})
        return redirect("causes:list")
    return render(request, "complaints/cause.html", {"form": form, "cause": cause}, status=status)


@require_POST
def change_cause(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Retire, restore or remove a cause."""
    require(request.user, MANAGE)
    cause = get_object_or_404(Cause, pk=pk)
    if deed not in DEEDS:
        raise Http404
    try:
        DEEDS[deed](actor=request.user, cause_id=pk, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, f"{refusal.message} {refusal.mend}".strip())
    else:
        say_done(request, _("Saved: %(place)s.") % {"place": cause})
    return redirect("causes:list")
