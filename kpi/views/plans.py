"""Pages of checklists and ratings, interviews, improvement plans and own goals."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from kpi import words
from kpi.deeds import Deed, deed_page, offered
from kpi.enums.schemes import AimState, InterviewState
from kpi.forms.plans import (
    AimForm,
    AnswerForm,
    ChecklistForm,
    DeclineForm,
    HeldForm,
    InterviewForm,
    RatingForm,
)
from kpi.lists.plans import AimList, InterviewList, RatingList
from kpi.metrics import REGISTRY
from kpi.models import Aim, Checklist, Interview, Scorecard
from kpi.selectors import aims as read
from kpi.services import aims, checklists, interviews

WHOLES = {
    "kpi:checklists": gettext_lazy("Checklists"),
    "kpi:interviews": gettext_lazy("Interviews"),
    "kpi:aims": gettext_lazy("Aims"),
}
"""The lists that forms lead back to."""
INTERVIEW_DEEDS = {
    "hold": Deed(
        gettext_lazy("It took place"),
        gettext_lazy("The person reads what you write here."),
        gettext_lazy("Written down; the person is told."),
        "kpi.hold_interview",
        lambda one: one.state == InterviewState.PLANNED,
        interviews.hold_interview,
        "ok",
        HeldForm,
        about=lambda one: one.person,
        primary=True,
    ),
    "cancel": Deed(
        gettext_lazy("Call it off"),
        gettext_lazy("The person is told."),
        gettext_lazy("Called off; the person is told."),
        "kpi.hold_interview",
        lambda one: one.state == InterviewState.PLANNED,
        interviews.cancel_interview,
        "x",
        about=lambda one: one.person,
    ),
}


def _agree(**given: Any) -> Aim:
    return aims.answer_aim(agrees=True, **given)


def _decline(**given: Any) -> Aim:
    return aims.answer_aim(agrees=False, **given)


AIM_DEEDS = {
    "agree": Deed(
        gettext_lazy("Agree"),
        gettext_lazy("When its days are over, its figure says whether it was reached."),
        gettext_lazy("Agreed."),
        "kpi.answer_aim",
        lambda aim: aim.state == AimState.PROPOSED,
        _agree,
        "ok",
        AnswerForm,
        primary=True,
    ),
    "decline": Deed(
        gettext_lazy("Decline"),
        gettext_lazy("Whoever proposed it is told why."),
        gettext_lazy("Declined."),
        "kpi.answer_aim",
        lambda aim: aim.state == AimState.PROPOSED,
        _decline,
        "x",
        DeclineForm,
    ),
    "withdraw": Deed(
        gettext_lazy("Withdraw"),
        gettext_lazy("It ends before its time; nothing is said about whether it was reached."),
        gettext_lazy("Withdrawn."),
        "kpi.withdraw_aim",
        lambda aim: aim.state in (AimState.PROPOSED, AimState.AGREED),
        aims.withdraw_aim,
        "undo",
    ),
}


@require_GET
def checklist_list(request: HttpRequest) -> HttpResponse:
    """List the checklists."""
    found = Checklist.objects.prefetch_related("points").order_by("-is_active", "name")
    return render(request, "kpi/checklists.html", {"checklists": found})


@require_http_methods(["GET", "POST"])
def new_checklist(request: HttpRequest) -> HttpResponse:
    """Write a checklist."""
    require(request.user, "kpi.make_checklist")
    form = ChecklistForm(request.POST or None)
    given = {"actor": request.user, "now": timezone.now()}
    made, status = attempt(form, lambda: checklists.make_checklist(**given, **form.cleaned_data))
    if made:
        say_done(request, _("The checklist is written."))
        return redirect(made)
    return _form(request, form, _("New checklist"), "kpi:checklists", status)


RETIRE = {
    "retire": Deed(
        gettext_lazy("Take out of use"),
        gettext_lazy("What was rated by it stays."),
        gettext_lazy("Out of use."),
        "kpi.make_checklist",
        lambda checklist: checklist.is_active,
        checklists.retire_checklist,
        "x",
    )
}


@require_GET
def checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the points of a checklist."""
    found = get_object_or_404(Checklist.objects.prefetch_related("points"), pk=pk)
    context = {"checklist": found, "deeds": list(offered(request.user, found, RETIRE))}
    return render(request, "kpi/checklist.html", context)


@require_http_methods(["GET", "POST"])
def checklist_deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a checklist out of use."""
    return deed_page(request, get_object_or_404(Checklist, pk=pk), name, RETIRE, "checklist_id")


@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Rate somebody by a checklist."""
    require(request.user, "kpi.rate")
    found = get_object_or_404(Checklist.objects.prefetch_related("points"), pk=pk)
    form = RatingForm(request.POST or None, checklist=found, initial=request.GET.dict())

    def save() -> Any:
        named = {name: form.cleaned_data[name] for name in ("person", "month", "note")}
        return checklists.rate(
            actor=request.user, checklist=found, marks=form.marks, now=timezone.now(), **named
        )

    made, status = attempt(form, save)
    if made:
        say_done(request, _("Rated; with another rater's it makes a figure."))
        return redirect("kpi:ratings")
    return _form(request, form, _("Rate somebody"), "kpi:checklists", status, state=str(found))


@require_GET
def rating_list(request: HttpRequest) -> Answer:
    """List ratings."""
    return show(request, RatingList(), "kpi/ratings.html")


@require_GET
def interview_list(request: HttpRequest) -> Answer:
    """List interviews."""
    return show(request, InterviewList(), "kpi/interviews.html")


@require_http_methods(["GET", "POST"])
def new_interview(request: HttpRequest) -> HttpResponse:
    """Plan an interview; the address may name the person and the scorecard that it is about."""
    require(request.user, "kpi.hold_interview")
    card = _named_card(request)
    initial = {"person": card.person.work_number, "subject": _("Scorecard")} if card else request.GET.dict()
    form = InterviewForm(request.POST or None, initial=initial)
    given = {"actor": request.user, "card": card, "now": timezone.now()}
    made, status = attempt(form, lambda: interviews.plan_interview(**given, **form.cleaned_data))
    if made:
        say_done(request, _("Planned; the person is told."))
        return redirect(made)
    return _form(request, form, _("Plan an interview"), "kpi:interviews", status)


def _named_card(request: HttpRequest) -> Scorecard | None:
    asked = request.GET.get("card", "")
    if not asked.isdecimal() or len(asked) > 9:  # noqa: PLR2004 (digits of a key)
        return None
    seen = Scorecard.objects.visible_to(request.user).select_related("person")
    return get_object_or_404(seen, pk=int(asked))


@require_GET
def interview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an interview and the aims that came of it."""
    found = _interview(request, pk)
    context = {
        "interview": found,
        "aims": found.aims.all(),
        "deeds": list(offered(request.user, found, INTERVIEW_DEEDS)),
        "may_aim": found.state == InterviewState.HELD
        and request.user.has_perm("kpi.propose_aim", found.person),
    }
    return render(request, "kpi/interview.html", context)


@require_http_methods(["GET", "POST"])
def interview_deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Write down what came of an interview, or call it off."""
    return deed_page(request, _interview(request, pk), name, INTERVIEW_DEEDS, "interview_id")


@require_GET
def aim_list(request: HttpRequest) -> Answer:
    """List aims."""
    return show(request, AimList(), "kpi/aims.html")


@require_http_methods(["GET", "POST"])
def new_aim(request: HttpRequest) -> HttpResponse:
    """Propose an aim: for oneself, or for somebody whom one leads; the address may name the interview behind it."""
    asked = request.GET.get("interview", "")
    found = _interview(request, int(asked)) if asked.isdecimal() and len(asked) < 10 else None  # noqa: PLR2004
    person = found.person if found else request.user
    form = AimForm(request.POST or None, initial={"person": person.work_number})
    given = {"actor": request.user, "interview": found, "now": timezone.now()}

    def save() -> Aim:
        return aims.propose_aim(person=form.cleaned_data["person"], facts=form.facts, **given)

    made, status = attempt(form, save)
    if made:
        say_done(request, _("Proposed; it holds once the other side agrees."))
        return redirect(made)
    return _form(request, form, _("New aim"), "kpi:aims", status)


@require_GET
def aim(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an aim with its figure before, now and after."""
    found = _aim(request, pk)
    after = found.after if found.settled_at else read.so_far(found, found.person.today)
    context = {
        "aim": found,
        "metric": REGISTRY[found.metric],
        "before": words.shown(found.metric, found.before),
        "goal": words.shown(found.metric, found.goal),
        "after": words.shown(found.metric, after),
        "is_met": after is not None and read.is_reached(found.metric, after, found.goal),
        "deeds": list(offered(request.user, found, AIM_DEEDS)),
    }
    return render(request, "kpi/aim.html", context)


@require_http_methods(["GET", "POST"])
def aim_deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Agree to an aim, decline it, or withdraw it."""
    return deed_page(request, _aim(request, pk), name, AIM_DEEDS, "aim_id")


def _interview(request: HttpRequest, pk: int) -> Interview:
    found: Interview = get_object_or_404(Interview.objects.visible_to(request.user).for_list(), pk=pk)
    return found


def _aim(request: HttpRequest, pk: int) -> Aim:
    seen = Aim.objects.visible_to(request.user).for_list().select_related("interview")
    found: Aim = get_object_or_404(seen, pk=pk)
    return found


def _form(
    request: HttpRequest, form: Any, title: str | Promise, back: str, status: int, state: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "state": state, "back": back, "whole": WHOLES[back]}
    return render(request, "kpi/form.html", context, status=status)
