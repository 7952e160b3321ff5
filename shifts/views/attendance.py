"""Pages of attendance, of its corrections, and of adherence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from agents.models import User
from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from shifts.enums import CorrectionState
from shifts.forms import attendance as forms
from shifts.lists.attendance import AdherenceList, AttendanceList, CorrectionList
from shifts.models import Attendance, Correction, Shift
from shifts.selectors import adherence
from shifts.selectors.clocking import punches_of
from shifts.services import attendance
from shifts.views.days import asked_day


@dataclass(frozen=True)
class Deed:
    """Something that may be done with a correction: its words, who may, what is asked, the service."""

    label: Promise
    question: Promise
    permission: str
    form: type[Form]
    service: Callable[..., Any]
    icon: str


DEEDS = {
    "approve": Deed(
        gettext_lazy("Approve"),
        gettext_lazy("The clock then shows what the person says, and the day is judged anew."),
        "shifts.decide",
        forms.ApproveForm,
        attendance.approve_correction,
        "ok",
    ),
    "refuse": Deed(
        gettext_lazy("Refuse"),
        gettext_lazy("The clock stays as it is. The person is told why."),
        "shifts.decide",
        forms.RefuseForm,
        attendance.refuse_correction,
        "x",
    ),
    "take-back": Deed(
        gettext_lazy("Take back"),
        gettext_lazy("Nobody has decided it yet; it is gone then."),
        "shifts.ask",
        forms.ConfirmForm,
        attendance.take_back_correction,
        "undo",
    ),
}


@require_GET
def attendance_list(request: HttpRequest) -> Answer:
    """List the attendance that the person sees."""
    return show(request, AttendanceList(), "shifts/attendance_list.html")


@require_GET
def adherence_list(request: HttpRequest) -> Answer:
    """List shifts with what was done in them."""
    return show(request, AdherenceList(), "shifts/adherence_list.html")


@require_GET
def correction_list(request: HttpRequest) -> Answer:
    """List the corrections that the person sees."""
    return show(request, CorrectionList(), "shifts/correction_list.html")


@require_GET
def attended(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one attended shift: marks of the clock, corrections, and what was done half hour by half hour."""
    rows = Attendance.objects.visible_to(request.user).select_related("person", "shift__pattern")
    row = get_object_or_404(rows, pk=pk)
    slices = adherence.slices_of([row.shift_id], now=timezone.now())[row.shift_id]
    context = {
        "row": row,
        "punches": punches_of(row),
        "corrections": row.shift.corrections.filter(person=row.person).order_by("asked_at"),
        "slices": slices,
        "half_hours": adherence.by_half_hours(slices),
        "adherence": adherence.of_row(row) or adherence.of_slices(slices),
    }
    return render(request, "shifts/attended.html", context)


@require_GET
def month_sheet(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show a person's month (`?month=2026-11`) day by day with its sums; without a person, one's own."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk) if pk else request.user
    first = asked_day("month", request.GET.get("month", ""), default=person.today).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    theirs = Attendance.objects.visible_to(request.user).filter(person=person).order_by("begins_at")
    rows: list[Any] = list(adherence.between(theirs, first, after))
    for row in rows:
        row.adherence = adherence.of_row(row)
    context = {
        "person": person,
        "rows": rows,
        "sums": _sums(rows),
        "first": first,
        "before": first - timedelta(days=1),
        "after": after,
    }
    return render(request, "shifts/month_sheet.html", context)


def _sums(rows: list[Any]) -> dict[str, Any]:
    known = [row.adherence for row in rows if row.adherence and row.adherence.logged]
    total = adherence.Adherence(
        sum(one.scheduled for one in known),
        sum(one.logged for one in known),
        sum(one.right for one in known),
    )
    return {
        "shifts": len(rows),
        "late": sum(1 for row in rows if row.late_minutes),
        "late_minutes": sum(row.late_minutes for row in rows),
        "early": sum(1 for row in rows if row.early_minutes),
        "early_minutes": sum(row.early_minutes for row in rows),
        "absent": sum(1 for row in rows if row.result == "absent"),
        "adherence": total.percent,
    }


@require_GET
def adherence_totals(request: HttpRequest) -> HttpResponse:
    """Show the adherence of teams, people or days (`?by=`), from `?since=` to `?until=`, both included."""
    today = request.user.today
    since = asked_day("since", request.GET.get("since", ""), default=today - timedelta(days=7))
    until = asked_day("until", request.GET.get("until", ""), default=today)
    by = request.GET.get("by", "team")
    by = by if by in adherence.GROUPS else "team"
    rows = adherence.between(Attendance.objects.visible_to(request.user), since, until + timedelta(days=1))
    context = {"totals": adherence.totals(rows, by=by), "by": by, "since": since, "until": until}
    return render(request, "shifts/adherence_totals.html", context)


@require_http_methods(["GET", "POST"])
def ask_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the clock should have shown for an own shift."""
    shift = get_object_or_404(Shift.objects.filter(published_person=request.user), pk=pk)
    form = forms.CorrectionForm(request.POST or None, initial=_known(shift))
    given = {"actor": request.user, "shift_id": shift.pk, "now": timezone.now()}
    made, status = attempt(form, lambda: attendance.ask_correction(**given, **form.cleaned_data))
    if made:
        undo = _deed_address(made, "take-back")
        say_done(request, _("Asked for. Whoever leads you is told."), undo=undo)
        return redirect("shifts:mine")
    context = {"form": form, "shift": shift}
    return render(request, "shifts/ask_correction.html", context, status=status)


def _known(shift: Shift) -> dict[str, datetime | None]:
    row = Attendance.objects.filter(shift=shift).first()
    return {
        "came_at": (row and row.came_at) or shift.published_starts_at,
        "left_at": row.left_at if row else None,
    }


def _deed_address(correction: Correction, name: str) -> str:
    return f"{correction.get_absolute_url()}{name}/"


@require_GET
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a correction and what may be done with it."""
    row = _visible(request, pk)
    may = row.state == CorrectionState.ASKED
    deeds = [
        (name, deed)
        for name, deed in DEEDS.items()
        if may and request.user.has_perm(deed.permission, row.person)
    ]
    context = {"row": row, "deeds": deeds, "attendance": Attendance.objects.filter(shift=row.shift).first()}
    return render(request, "shifts/correction.html", context)


@require_http_methods(["GET", "POST"])
def correction_deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one of DEEDS, asked in the side panel or on a page."""
    row = _visible(request, pk)
    if name not in DEEDS:
        raise Http404
    deed = DEEDS[name]
    require(request.user, deed.permission, row.person)
    form = deed.form(request.POST if request.method == "POST" else None)
    given = {"actor": request.user, "correction_id": row.pk, "now": timezone.now()}
    done, status = attempt(form, lambda: (deed.service(**given, **form.cleaned_data), True))
    if done:
        say_done(request, _("Done: %(act)s.") % {"act": deed.label})
        return redirect("shifts:mine" if name == "take-back" else "shifts:correction_list")
    context = {"row": row, "deed": deed, "form": form}
    return render(request, "shifts/correction_deed.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> Correction:
    rows = Correction.objects.visible_to(request.user).select_related("person", "shift", "decided_by")
    found: Correction = get_object_or_404(rows, pk=pk)
    return found
