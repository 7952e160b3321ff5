"""Asking for a change: from one's own shift, or of an open one."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from shifts.enums import ChangeKind
from shifts.forms import changes as forms
from shifts.lists.changes import OpenShiftList
from shifts.models import Change
from shifts.selectors.fitting import told_shifts
from shifts.selectors.offers import Offer, askable_kinds, open_shifts, substitutes, swaps, swaps_for, with_why
from shifts.selectors.working import rules_of
from shifts.services import changes as services

OFFERS = 30
"""So many shifts of a day are offered for a swap."""


@require_http_methods(["GET", "POST"])
def ask_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a change of the own shift `pk`; `?kind=` says which, `?day=` of which day swaps are offered."""
    person, now = request.user, timezone.now()
    shift = told_shifts().filter(pk=pk, published_person=person).first()
    if shift is None:
        raise Http404
    kinds = askable_kinds(shift, now=now)
    kind = ChangeKind(asked) if (asked := request.GET.get("kind", "")) in kinds else ChangeKind.SWAP
    waiting = Change.objects.open().about([shift.pk]).first()
    context: dict[str, Any] = {"shift": shift, "kinds": kinds, "kind": kind, "waiting": waiting}
    if not kinds or waiting:
        return render(request, "shifts/change_ask.html", context)
    form, more = FORMS[kind](request, shift)
    given = {"actor": person, "person": person, "kind": kind, "shift_id": shift.pk, "now": now}
    change, status = attempt(form, lambda: services.ask_change(**given, **form.given))
    if change:
        return _asked(request, change)
    return render(request, "shifts/change_ask.html", {**context, **more, "form": form}, status=status)


def _asked(request: HttpRequest, change: Change) -> HttpResponse:
    words = (
        _("Asked; your colleague is told.") if change.colleague_id else _("Asked; whoever decides is told.")
    )
    say_done(request, words, undo=reverse("shifts:change_deed", args=[change.pk, "withdraw"]))
    return redirect(change)


def _swap(request: HttpRequest, shift: Any) -> tuple[forms.AskForm, dict[str, Any]]:
    found = swaps(shift, request.user, now=timezone.now())
    days = sorted({offer.span.day for offer in found})
    day = _chosen(request, found, days)
    of_day = [offer for offer in found if offer.span.day == day]
    offers = swaps_for(shift, request.user, of_day[:OFFERS])
    form = forms.SwapForm(request.POST or None, shift=shift, offers=offers)
    return form, {"days": days, "day": day, "offers": offers, "more": len(of_day) - OFFERS}


def _chosen(request: HttpRequest, found: list[Offer], days: list[date]) -> date | None:
    try:
        asked = parse_date(request.GET.get("day", ""))
    except ValueError:
        asked = None
    nearest = found[0].span.day if found else None
    return asked if asked in days else nearest


def _substitute(request: HttpRequest, shift: Any) -> tuple[forms.AskForm, dict[str, Any]]:
    people = substitutes(shift, request.user)
    return forms.SubstituteForm(request.POST or None, shift=shift, people=people), {"people": people}


def _flexible(request: HttpRequest, shift: Any) -> tuple[forms.AskForm, dict[str, Any]]:
    most = timedelta(minutes=rules_of(shift.roster.site).flexible_minutes)
    return forms.FlexibleForm(request.POST or None, shift=shift, most=most), {"most": most}


def _extend(request: HttpRequest, shift: Any) -> tuple[forms.AskForm, dict[str, Any]]:
    return forms.ExtendForm(request.POST or None, shift=shift), {}


FORMS: dict[ChangeKind, Callable[[HttpRequest, Any], tuple[forms.AskForm, dict[str, Any]]]] = {
    ChangeKind.SWAP: _swap,
    ChangeKind.SUBSTITUTE: _substitute,
    ChangeKind.FLEXIBLE: _flexible,
    ChangeKind.EXTEND: _extend,
}


@require_GET
def open_list(request: HttpRequest) -> Answer:
    """List the open shifts of the own site."""
    return show(request, OpenShiftList(), "shifts/open_shifts.html")


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for an open shift; whoever is first has it kept for them until the lead decides."""
    person, now = request.user, timezone.now()
    shift = open_shifts(person, now=now).filter(pk=pk).first()
    if shift is None:
        messages.warning(request, _("Somebody else was faster, or it is too late for this shift."))
        return redirect("shifts:open_shifts")
    with_why([shift], person)
    form = forms.TakeForm(request.POST if request.method == "POST" else None, shift=shift)
    given = {"actor": person, "person": person, "kind": form.kind, "shift_id": pk, "now": now}
    change, status = attempt(form, lambda: services.ask_change(**given, **form.given))
    if change:
        return _asked(request, change)
    return render(request, "shifts/open_take.html", {"shift": shift, "form": form}, status=status)
