"""Pages of leave: the list, a request, one leave and what may be done with it, filing many."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agents.models import Skill
from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from shifts.enums import LEAVE_STEPS, LeaveState
from shifts.forms import leave as forms
from shifts.leave_course import TONES, course, story
from shifts.lists.leave import LeaveList
from shifts.models import Leave
from shifts.selectors import leave as read
from shifts.selectors.balances import balances
from shifts.selectors.leave_asked import foresee
from shifts.selectors.leave_hours import suggested
from shifts.services import leave as services

SEEN_AHEAD = timedelta(days=60)
PICKED = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True)
class Deed:
    """Something that may be done with a leave: its words, who may, where it leads, what is asked, the service."""

    label: Promise
    question: Promise
    permission: str
    state: LeaveState
    form: type[Form]
    service: Callable[..., Any]
    icon: str
    done: Promise


DEEDS = {
    "approve": Deed(
        gettext_lazy("Approve"),
        gettext_lazy("Published shifts in this time are cut at once, and the person is told."),
        "shifts.decide",
        LeaveState.APPROVED,
        forms.ApprovalForm,
        services.approve_leave,
        "ok",
        gettext_lazy("Approved; the person is told."),
    ),
    "refuse": Deed(
        gettext_lazy("Refuse"),
        gettext_lazy("The hours go back to the balance, and the person is told why."),
        "shifts.decide",
        LeaveState.REFUSED,
        forms.RefusalForm,
        services.refuse_leave,
        "x",
        gettext_lazy("Refused; the person is told why."),
    ),
    "withdraw": Deed(
        gettext_lazy("Withdraw"),
        gettext_lazy("The hours go back to your balance; a shift that was cut is yours again."),
        "shifts.ask",
        LeaveState.WITHDRAWN,
        forms.ConfirmForm,
        services.withdraw_leave,
        "undo",
        gettext_lazy("Withdrawn; the hours are back in your balance."),
    ),
}


@require_GET
def leave_list(request: HttpRequest) -> Answer:
    """List the leave that the person sees, under what is left of their own."""
    now = timezone.now()
    context = {"balances": SimpleLazyObject(lambda: _own_balances(request.user, now))}
    return show(request, LeaveList(), "shifts/leave_list.html", context)


def _own_balances(person: Any, now: datetime) -> list[tuple[Any, Any]]:
    found = balances(person, [person.today.year], now=now)
    return [(kind, balance) for (kind, _year), balance in found.items()]


@require_http_methods(["GET", "POST"])
def new_leave(request: HttpRequest) -> HttpResponse:
    """Ask for leave; `?day=` names the day that is suggested."""
    now, person = timezone.now(), request.user
    since, until = suggested(person, request.GET.get("day", ""), now=now)
    form = forms.LeaveForm(request.POST or None, initial={"starts_at": since, "ends_at": until})
    given = {"actor": person, "person": person, "now": now}
    leave, status = attempt(form, lambda: services.request_leave(**given, **form.cleaned_data))
    if leave:
        say_done(request, _("Asked for; whoever decides is told."))
        return redirect(leave)
    context = {
        "form": form,
        "asked": _foreseen(request, form) if form.is_bound else None,
        "peaks": read.peaks_met(person, now, now + SEEN_AHEAD),
    }
    return render(request, "shifts/leave_new.html", context, status=status)


@require_GET
def foresee_leave(request: HttpRequest) -> HttpResponse:
    """Say what the request that is being typed would take, what would be left, and what stands against it."""
    form = forms.LeaveForm(request.GET)
    return render(request, "shifts/_leave_foreseen.html", {"asked": _foreseen(request, form)})


def _foreseen(request: HttpRequest, form: forms.LeaveForm) -> Any:
    form.is_valid()
    typed = form.cleaned_data
    if any(typed.get(name) is None for name in ("type", "starts_at", "ends_at")):
        return None
    person = request.user
    return foresee(person, typed["type"], typed["starts_at"], typed["ends_at"], now=timezone.now())


@require_GET
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a leave: how it stands, what it takes, what it does to cover while it is not decided, what may be done."""
    row, now = _visible(request, pk), timezone.now()
    context = {
        "leave": row,
        "tone": TONES[LeaveState(row.state)],
        "course": course(row),
        "events": story(row),
        "deeds": list(_deeds(request.user, row, now)),
        **_for_deciding(request.user, row),
    }
    return render(request, "shifts/leave.html", context)


@require_http_methods(["GET", "POST"])
def leave_deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one of DEEDS, asked in the side panel or on a page; what was typed stays when something is wrong."""
    row = _visible(request, pk)
    if name not in DEEDS:
        raise Http404
    deed = DEEDS[name]
    require(request.user, deed.permission, row.person)
    deciding = _for_deciding(request.user, row)
    kind = forms.OverrideForm if name == "approve" and deciding.get("peaks") else deed.form
    form = kind(request.POST if request.method == "POST" else None)
    given = {"actor": request.user, "leave_id": row.pk, "now": timezone.now()}
    done, status = attempt(form, lambda: deed.service(**given, **form.cleaned_data))
    if done:
        say_done(request, str(deed.done))
        return redirect(row)
    context = {"leave": row, "deed": deed, "name": name, "form": form, **deciding}
    return render(request, "shifts/leave_deed.html", context, status=status)


@require_POST
def file_leave(request: HttpRequest) -> HttpResponse:
    """File the picked leave, or the one that is named."""
    picked = [int(pk) for pk in request.POST.getlist("pick") if PICKED.fullmatch(pk)]
    rows = Leave.objects.visible_to(request.user).filter(pk__in=picked)
    filed = services.file_leave(
        actor=request.user, leave_ids=list(rows.values_list("pk", flat=True)), now=timezone.now()
    )
    words = ngettext("%(number)d leave is filed.", "%(number)d leaves are filed.", len(filed))
    say_done(request, words % {"number": len(filed)})
    return redirect(f"{reverse('shifts:leave_list')}?view=to_file")


def _visible(request: HttpRequest, pk: int) -> Leave:
    seen = Leave.objects.visible_to(request.user).for_list().select_related("requested_by", "filed_by")
    row: Leave = get_object_or_404(seen, pk=pk)
    return row


def _for_deciding(user: Any, row: Leave) -> dict[str, Any]:
    """Return what whoever decides, or has asked, must know while it is not decided."""
    if row.state != LeaveState.REQUESTED:
        return {}
    found = {
        "days": read.count(row.person, row.starts_at, row.ends_at),
        "peaks": read.peaks_met(row.person, row.starts_at, row.ends_at),
        "decides": user.has_perm("shifts.decide", row.person),
    }
    if not found["decides"]:
        return found
    changed = read.effect(row)
    gaps = [one for one in changed if one.is_new_gap]
    skills = Skill.objects.in_bulk({one.skill_id for one in gaps if one.skill_id})
    return found | {"changed": changed, "gaps": [(one, skills.get(one.skill_id)) for one in gaps]}


def _deeds(user: Any, row: Leave, now: datetime) -> Iterator[tuple[str, Deed, str]]:
    """Yield what the user may do with the leave as it stands, each with the reason why not now, if there is one."""
    for name, deed in DEEDS.items():
        if deed.state in LEAVE_STEPS[LeaveState(row.state)] and user.has_perm(deed.permission, row.person):
            over = deed.state == LeaveState.WITHDRAWN and row.starts_at <= now
            yield name, deed, _("It has begun.") if over else ""
