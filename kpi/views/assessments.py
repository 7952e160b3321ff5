"""Pages of a month's assessment: the months, one of them and its course, scorecards and their appeals, the file for pay."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from complaints.models import Complaint
from kpi import months, pay, score_words
from kpi.deeds import Deed, deed_page, offered
from kpi.enums.schemes import AppealState, AssessmentState, GateKind
from kpi.forms.assessments import AppealForm, DecisionForm, ReasonForm
from kpi.forms.schemes import RunForm
from kpi.lists.assessments import AssessmentList, ScorecardList
from kpi.models import Appeal, Assessment, Scorecard
from kpi.services import appeals
from kpi.services import assessments as services

COURSE = list(AssessmentState)


def _waits(assessment: Assessment, now: Any) -> str:
    if assessment.appeal_until and now < assessment.appeal_until:
        return _("The time for appeals still runs.")
    if Appeal.objects.open().filter(card__assessment=assessment).exists():
        return _("There are appeals that nobody has decided.")
    return ""


def _is(state: AssessmentState) -> Any:
    return lambda assessment: assessment.state == state


DEEDS = {
    "publish": Deed(
        gettext_lazy("Publish"),
        gettext_lazy("Everybody is told and sees their own score; the time for appeals begins."),
        gettext_lazy("Published; everybody is told."),
        "kpi.assess",
        _is(AssessmentState.PREVIEW),
        services.publish_assessment,
        "bell",
        primary=True,
    ),
    "approve": Deed(
        gettext_lazy("Approve"),
        gettext_lazy("The scores stand. General affairs lock the month and take it to pay."),
        gettext_lazy("Approved."),
        "kpi.approve_assessment",
        _is(AssessmentState.PUBLISHED),
        services.approve_assessment,
        "ok",
        ready=_waits,
        primary=True,
    ),
    "lock": Deed(
        gettext_lazy("Lock"),
        gettext_lazy("From now on nobody can change it, not even an administrator."),
        gettext_lazy("Locked."),
        "kpi.lock_assessment",
        _is(AssessmentState.APPROVED),
        services.lock_assessment,
        "lock",
        primary=True,
    ),
    "reopen": Deed(
        gettext_lazy("Take the approval back"),
        gettext_lazy("The month is published again; nothing else changes."),
        gettext_lazy("The approval is taken back."),
        "kpi.approve_assessment",
        _is(AssessmentState.APPROVED),
        services.reopen_assessment,
        "undo",
        ReasonForm,
    ),
}


@require_GET
def assessment_list(request: HttpRequest) -> Answer:
    """List the months that the person answers for."""
    return show(request, AssessmentList(), "kpi/assessments.html")


@require_http_methods(["GET", "POST"])
def new_assessment(request: HttpRequest) -> HttpResponse:
    """Have a month computed, or computed again."""
    require(request.user, "kpi.assess")
    form = RunForm(request.POST or None, person=request.user, initial=request.GET.dict() or None)
    given = {"actor": request.user, "now": timezone.now()}
    job, status = attempt(form, lambda: services.ask_for_month(**given, **form.cleaned_data))
    if job:
        return redirect(job)
    return render(request, "kpi/assessment_new.html", {"form": form}, status=status)


@require_GET
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a month: where it stands, how the grades lie, which appeals there are, what may be done."""
    found = _assessment(request, pk)
    cards = Scorecard.objects.visible_to(request.user).filter(assessment=found)
    counted = dict(cards.order_by().values_list("grade").annotate(number=Count("pk")))
    at = COURSE.index(AssessmentState(found.state))
    context = {
        "assessment": found,
        "course": [
            {"label": state.label, "state": "done" if place < at else "now" if place == at else ""}
            for place, state in enumerate(COURSE)
        ],
        "grades": [(grade, counted.get(grade.name, 0)) for grade in found.scheme.grades.all()],
        "unrated": counted.get("", 0),
        "people": sum(counted.values()),
        "appeals": Appeal.objects.visible_to(request.user)
        .filter(card__assessment=found)
        .select_related("card__person", "decided_by"),
        "deeds": list(offered(request.user, found, DEEDS)),
        "again": urlencode({"month": f"{found.month:%Y-%m}", "role": found.role, "site": found.site_id}),
    }
    return render(request, "kpi/assessment.html", context)


@require_http_methods(["GET", "POST"])
def assessment_deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Publish, approve, lock, or take an approval back."""
    return deed_page(request, _assessment(request, pk), name, DEEDS, "assessment_id")


@require_GET
def pay_sheet(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the XLSX of a locked month for pay."""
    found = _assessment(request, pk)
    return pay.handed_out(found, actor=request.user, now=timezone.now())


@require_GET
def scorecard_list(request: HttpRequest) -> Answer:
    """List the scorecards that the person sees, their own first."""
    return show(request, ScorecardList(), "kpi/scorecards.html")


@require_GET
def scorecard(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a scorecard down to the figures, and the calls and complaints behind them."""
    card = _card(request, pk)
    scheme = card.assessment.scheme
    lines = card.lines.select_related("indicator__checklist")
    appeal = Appeal.objects.filter(card=card).select_related("decided_by", "indicator__checklist").first()
    may_list = request.user.has_perm("calls.view")
    has_group = bool(scheme.team_share and card.team_id)
    context = {
        "card": card,
        "scheme": scheme,
        "lines": [score_words.line(row, scheme.team_share) for row in lines],
        "own_calls": _calls(card, agent=card.person.work_number) if may_list else "",
        "group_calls": _calls(card, team=str(card.team_id)) if may_list and has_group else "",
        "caps": list(_caps(request, card)),
        "appeal": appeal,
        "may_appeal": request.user.has_perm("kpi.appeal", card) and card.may_appeal(timezone.now()),
        "may_decide": appeal
        and appeal.state == AppealState.OPEN
        and request.user.has_perm("kpi.decide_appeal", card),
        "interviews": card.interviews.all(),
    }
    return render(request, "kpi/scorecard.html", context)


@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Appeal against the own scorecard."""
    card = _card(request, pk)
    require(request.user, "kpi.appeal", card)
    form = AppealForm(request.POST or None)
    given = {"actor": request.user, "card_id": card.pk, "now": timezone.now()}
    made, status = attempt(form, lambda: appeals.appeal_score(**given, **form.cleaned_data))
    if made:
        say_done(request, _("Your appeal is made; whoever decides is told."))
        return redirect(card)
    context = {"card": card, "form": form, "title": _("Appeal"), "button": _("Appeal")}
    return render(request, "kpi/card_deed.html", context, status=status)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide an appeal."""
    card = _card(request, pk)
    require(request.user, "kpi.decide_appeal", card)
    against = Appeal.objects.filter(card=card).first()
    if against is None:
        raise Http404
    form = DecisionForm(request.POST or None, card=card)
    given = {"actor": request.user, "card_id": card.pk, "now": timezone.now()}

    def save() -> Appeal:
        said = {name: form.cleaned_data[name] for name in ("state", "decision")}
        return appeals.decide_appeal(correction=form.correction, **said, **given)

    made, status = attempt(form, save)
    if made:
        say_done(request, _("Decided; the person is told."))
        return redirect(card)
    context = {
        "card": card,
        "form": form,
        "appeal": against,
        "title": _("Decide the appeal"),
        "button": _("Decide"),
    }
    return render(request, "kpi/card_deed.html", context, status=status)


def _assessment(request: HttpRequest, pk: int) -> Assessment:
    seen = Assessment.objects.visible_to(request.user).for_list()
    people = ("computed_by", "published_by", "approved_by", "locked_by")
    found: Assessment = get_object_or_404(seen.select_related(*people), pk=pk)
    return found


def _card(request: HttpRequest, pk: int) -> Scorecard:
    found: Scorecard = get_object_or_404(Scorecard.objects.visible_to(request.user).for_list(), pk=pk)
    return found


def _calls(card: Scorecard, **of: str) -> str:
    """Return the address of the calls of the month, of a person or a team."""
    month = card.assessment.month
    days = {"since": month.isoformat(), "until": months.last_of(month).isoformat()}
    return f"{reverse('calls:list')}?{urlencode(of | days)}"


def _caps(request: HttpRequest, card: Scorecard) -> Any:
    """Yield what caps the grade, with the complaints among it that the reader may open."""
    for cap in card.caps:
        seen = Complaint.objects.visible_to(request.user).filter(reference__in=cap["events"])
        opened = set(seen.values_list("reference", flat=True))
        yield {
            "label": GateKind(cap["kind"]).label,
            "cap": cap["cap"],
            "events": [(event, event in opened) for event in cap["events"]],
        }
