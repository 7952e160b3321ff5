"""The board of a roster: its page, what it draws, its acts, the panel of one shift, and the sheet to print."""

from datetime import date
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.saving import attempt
from shifts.forms.acts import read
from shifts.forms.shift import ShiftForm
from shifts.models import Pattern, Roster, Rotation, Shift
from shifts.selectors import board as shown
from shifts.selectors import printed
from shifts.services import planning
from shifts.services.planning import Filled
from shifts.views.board_deeds import DEEDS

REFUSED = 422
WORDS = {
    "open": gettext_lazy("Open shifts"),
    "people": gettext_lazy("%s people"),
    "free": gettext_lazy("free"),
    "away": gettext_lazy("Leave"),
    "locked": gettext_lazy("locked"),
    "untold": gettext_lazy("agents do not know of it yet"),
    "own": gettext_lazy("own times"),
    "peak": gettext_lazy("peak period"),
    "cover": gettext_lazy("Cover"),
    "covered": gettext_lazy("covered"),
    "short": gettext_lazy("%s h short"),
    "half_hour": gettext_lazy("Half hour"),
    "required": gettext_lazy("Required"),
    "present": gettext_lazy("Present"),
    "short_heads": gettext_lazy("Short"),
    "picked": gettext_lazy("%s picked"),
    "is_locked": gettext_lazy("A picked shift is locked. Unlock it first."),
    "nothing": gettext_lazy("There is no shift here."),
    "cut": gettext_lazy("Cut: %s. Go to where it should be and press v."),
    "copied": gettext_lazy("Copied: %s. Go to where it should be and press v."),
    "outside": gettext_lazy("That would lie outside of the board."),
    "failed": gettext_lazy("The answer did not come. Try again; if that does not help, load the page again."),
    "others": gettext_lazy("Somebody else has changed the roster; the board is new."),
    "saved": gettext_lazy("Saved."),
}


def roster_or_404(request: HttpRequest, pk: int) -> Roster:
    """Return a roster whose board the person may open."""
    rosters = Roster.objects.visible_to(request.user).select_related("site__calendar")
    roster: Roster = get_object_or_404(rosters, pk=pk)
    require(request.user, "shifts.view_rosters")
    return roster


@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the board; the browser fetches what stands on it."""
    roster = roster_or_404(request, pk)
    context = {
        "roster": roster,
        "may_plan": request.user.has_perm("shifts.plan", roster.site),
        "rotations": Rotation.objects.filter(site=roster.site_id, is_active=True),
        "patterns": Pattern.objects.filter(site=roster.site_id, is_active=True),
        "changed": roster.shifts.changed().count(),
        "words": {name: str(text) for name, text in WORDS.items()},
    }
    return render(request, "shifts/board.html", context)


@require_GET
def board_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Return what stands on the board (`shifts.selectors.board`); nothing when it is still at `?revision=`.

    `?day=` asks for one day with its breaks.
    """
    roster = roster_or_404(request, pk)
    if request.GET.get("revision") == str(roster.revision):
        return HttpResponse(status=204)
    return JsonResponse(shown.board(roster, day=_day(request, roster)))


@require_GET
def board_heads(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the cover of the plan by day and half hour; with `?day=`, repeated, of these days."""
    roster = roster_or_404(request, pk)
    asked = set(request.GET.getlist("day"))
    days = [day for day in shown.all_days(roster) if not asked or day.isoformat() in asked]
    cover = zip(days, shown.heads(roster, days), strict=True)
    return JsonResponse({day.isoformat(): rows for day, rows in cover})


@require_POST
def board_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one act that the board sends as JSON; answer what it wrote, or why not, at which field, and how to mend it."""
    roster = roster_or_404(request, pk)
    deed = DEEDS.get(name)
    if deed is None:
        raise Http404
    form = deed.form(read(request.body), roster=roster)
    if not form.is_valid():
        return JsonResponse({"message": _in_words(form)}, status=REFUSED)
    given = {"actor": request.user, "roster_id": roster.pk, "now": timezone.now()}
    try:
        done = deed.service(**given, **form.cleaned_data)
    except DomainError as refusal:
        return JsonResponse(refusal.as_dict(), status=refusal.status)
    roster.refresh_from_db(fields=["revision"])
    changed = roster.shifts.changed().count()
    answer: dict[str, Any] = {
        "revision": roster.revision,
        "said": f"{deed.said} {_said(done)}",
        "changed": changed,
    }
    if isinstance(done, list):
        keys = [shift.pk for shift in done]
        answer |= {"shifts": shown.shifts_of(roster, keys=keys), "touched": keys}
    return JsonResponse(answer)


def _in_words(form: Form) -> str:
    return " ".join(f"{field}: {errors[0]}" for field, errors in form.errors.items())


def _said(done: list[Shift] | Filled) -> str:
    if isinstance(done, list):
        return ngettext("%(count)s shift.", "%(count)s shifts.", len(done)) % {"count": len(done)}
    said = [ngettext("%(count)s shift written.", "%(count)s shifts written.", done.written)]
    counts = [done.written]
    if done.locked:
        said.append(ngettext("%(count)s locked, left.", "%(count)s locked, left.", done.locked))
        counts.append(done.locked)
    if done.away:
        said.append(ngettext("%(count)s on leave, left.", "%(count)s on leave, left.", done.away))
        counts.append(done.away)
    return " ".join(text % {"count": count} for text, count in zip(said, counts, strict=True))


@require_http_methods(["GET", "POST"])
def new_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one shift in, in the board's panel; person and day come from the cell."""
    roster = roster_or_404(request, pk)
    require(request.user, "shifts.plan", roster.site)
    form = ShiftForm(request.POST or None, roster=roster, initial=request.GET.dict())
    given: dict[str, Any] = {"actor": request.user, "roster_id": roster.pk, "now": timezone.now()}
    made, status = attempt(form, lambda: planning.put_shift(**given, **form.given()))
    if made:
        return _changed()
    return render(request, "shifts/shift.html", {"form": form, "roster": roster}, status=status)


@require_http_methods(["GET", "POST"])
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a shift in the board's panel and change it."""
    shifts = Shift.objects.planned().select_related("roster__site__calendar", "person", "pattern", "skill")
    one: Any = get_object_or_404(shifts, pk=pk)
    roster = roster_or_404(request, one.roster_id)
    may_plan = request.user.has_perm("shifts.plan", roster.site)
    form = ShiftForm(request.POST or None, roster=roster, shift=one)
    if request.method == "POST":
        require(request.user, "shifts.plan", roster.site)
    given: dict[str, Any] = {"actor": request.user, "shift_id": one.pk, "now": timezone.now()}
    saved, status = attempt(form, lambda: planning.change_shift(**given, **form.changed()))
    if saved:
        return _changed()
    context = {"form": form, "shift": one, "roster": roster, "may_plan": may_plan}
    return render(request, "shifts/shift.html", context, status=status)


def _changed() -> HttpResponse:
    """Tell the board behind the panel to look again; it closes the panel."""
    return HttpResponse(status=204, headers={"HX-Trigger": "board-changed"})


@require_GET
def board_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole roster as one table to print or to read without the board."""
    roster = roster_or_404(request, pk)
    context = {"roster": roster, "days": shown.all_days(roster), "rows": printed.rows(roster)}
    return render(request, "shifts/print.html", context)


def _day(request: HttpRequest, roster: Roster) -> date | None:
    text = request.GET.get("day")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        raise DomainError(
            _("This is no date."), field="day", mend=_("Write it as %(day)s.") % {"day": roster.period.lower}
        ) from wrong
    return day if day in roster.period else roster.period.lower
