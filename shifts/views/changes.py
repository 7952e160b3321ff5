"""Pages of changes: the list, one change and what may be done with it, filing many."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from shifts.change_course import course, story, turns
from shifts.enums import CHANGE_STEPS, ChangeState
from shifts.forms import changes as forms
from shifts.lists.changes import ChangeList
from shifts.models import Change
from shifts.selectors.fitting import stands_against, wanted_by
from shifts.services import changes as services

OPEN = (ChangeState.ASKED, ChangeState.ACCEPTED)


@dataclass(frozen=True)
class Deed:
    """Something that may be done with a change: its words, who may, where it leads, what is asked, the service."""

    label: Promise
    question: Promise
    permission: str
    state: ChangeState
    form: type[Form]
    service: Callable[..., Any]
    icon: str
    done: Promise


DEEDS = {
    "accept": Deed(
        gettext_lazy("Agree"),
        gettext_lazy("Your lead decides next; until then you both work as your rosters say."),
        "shifts.answer_change",
        ChangeState.ACCEPTED,
        forms.NothingForm,
        services.accept_change,
        "ok",
        gettext_lazy("You agree; the lead is told."),
    ),
    "decline": Deed(
        gettext_lazy("Decline"),
        gettext_lazy("Nothing changes, and your colleague is told."),
        "shifts.answer_change",
        ChangeState.DECLINED,
        forms.NothingForm,
        services.decline_change,
        "x",
        gettext_lazy("Declined; your colleague is told."),
    ),
    "approve": Deed(
        gettext_lazy("Approve"),
        gettext_lazy("The published roster changes at once, and everybody concerned is told."),
        "shifts.decide_change",
        ChangeState.APPROVED,
        forms.ApprovalForm,
        services.approve_change,
        "ok",
        gettext_lazy("Approved; the roster is changed, and everybody concerned is told."),
    ),
    "refuse": Deed(
        gettext_lazy("Refuse"),
        gettext_lazy("Nothing changes, and everybody concerned is told why."),
        "shifts.decide_change",
        ChangeState.REFUSED,
        forms.RefusalForm,
        services.refuse_change,
        "x",
        gettext_lazy("Refused; everybody concerned is told."),
    ),
    "withdraw": Deed(
        gettext_lazy("Withdraw"),
        gettext_lazy("You work as your roster says; a colleague whom you asked is told."),
        "shifts.withdraw_change",
        ChangeState.WITHDRAWN,
        forms.NothingForm,
        services.withdraw_change,
        "undo",
        gettext_lazy("Withdrawn; you work as your roster says."),
    ),
}


@require_GET
def change_list(request: HttpRequest) -> Answer:
    """List the changes that the person sees."""
    return show(request, ChangeList(), "shifts/change_list.html")


@require_GET
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a change: what it moves, what stands against it while it waits, what happened, what may be done."""
    row = _visible(request, pk)
    context = {
        "change": row,
        "course": course(row),
        "turns": list(turns(row)),
        "events": story(row),
        "deeds": list(_deeds(request.user, row)),
        "is_open": row.state in OPEN,
        "obstacles": list(_obstacles(row)) if row.state in OPEN else [],
    }
    return render(request, "shifts/change.html", context)


@require_http_methods(["GET", "POST"])
def change_deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one of DEEDS, asked in the side panel or on a page; what was typed stays when something is wrong."""
    row = _visible(request, pk)
    if name not in DEEDS:
        raise Http404
    deed = DEEDS[name]
    require(request.user, deed.permission, row)
    form = deed.form(request.POST if request.method == "POST" else None)
    given = {"actor": request.user, "change_id": row.pk, "now": timezone.now()}
    done, status = attempt(form, lambda: deed.service(**given, **form.cleaned_data))
    if done:
        say_done(request, str(deed.done))
        return redirect(row)
    context = {"change": row, "turns": list(turns(row)), "deed": deed, "name": name, "form": form}
    return render(request, "shifts/change_deed.html", context, status=status)


@require_POST
def file_changes(request: HttpRequest) -> HttpResponse:
    """File the picked changes, or the one that is named."""
    picked = [int(pk) for pk in request.POST.getlist("pick") if pk.isdecimal()]
    rows = Change.objects.visible_to(request.user).filter(pk__in=picked)
    filed = services.file_changes(
        actor=request.user, change_ids=list(rows.values_list("pk", flat=True)), now=timezone.now()
    )
    words = ngettext("%(number)d change is filed.", "%(number)d changes are filed.", len(filed))
    say_done(request, words % {"number": len(filed)})
    return redirect(f"{reverse('shifts:change_list')}?view=file")


def _visible(request: HttpRequest, pk: int) -> Change:
    seen = Change.objects.visible_to(request.user).for_list()
    row: Change = get_object_or_404(seen.select_related("decided_by", "filed_by"), pk=pk)
    return row


def _obstacles(row: Change) -> Iterator[tuple[str, str]]:
    """Yield what stands against it as things are, each with the name of whose it is."""
    names = {person.pk: person.name for person in (row.person, row.colleague) if person}
    for one in stands_against(row, wanted_by(row), now=timezone.now()):
        yield names.get(one.person or 0, ""), one.words


def _deeds(user: Any, row: Change) -> Iterator[tuple[str, Deed]]:
    """Yield what the user may do with the change as it stands."""
    for name, deed in DEEDS.items():
        if deed.state in CHANGE_STEPS[ChangeState(row.state)] and user.has_perm(deed.permission, row):
            yield name, deed
