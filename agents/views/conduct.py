"""Pages of conduct records, and what may be done there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from agents import conduct, services
from agents.conduct_lists import ConductList
from agents.enums import ConductState
from agents.forms import conduct as forms
from agents.models import ConductRecord, User
from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt


@dataclass(frozen=True)
class Deed:
    """Something that may be done with a record: its words, who may, in which steps, until when, what is asked, the service."""

    label: Promise
    question: Promise
    permission: str
    states: tuple[ConductState, ...]
    form: type[Form]
    service: Callable[..., Any]
    icon: str
    until: str = ""


DEEDS = {
    "open": Deed(
        gettext_lazy("Tell those concerned"),
        gettext_lazy("They are told now. A penalty gives them time for a reply; a reward is final at once."),
        "agents.record_conduct",
        (ConductState.DRAFTED,),
        forms.ConfirmForm,
        services.open_conduct,
        "mail",
    ),
    "reply": Deed(
        gettext_lazy("Reply"),
        gettext_lazy("Your words stay with the record, and whoever wrote it is told."),
        "agents.answer_conduct",
        (ConductState.REPLY_OPEN,),
        forms.ReplyForm,
        services.reply_to_conduct,
        "feedback",
        until="reply_until",
    ),
    "appeal": Deed(
        gettext_lazy("Appeal"),
        gettext_lazy("Somebody else than its author decides. There is one appeal for each record."),
        "agents.answer_conduct",
        (ConductState.FINAL,),
        forms.AppealForm,
        services.appeal_conduct,
        "ascend",
        until="appeal_until",
    ),
    "decide": Deed(
        gettext_lazy("Decide the appeal"),
        gettext_lazy("Those concerned and the author of the record are told. The decision is the last one."),
        "agents.decide_appeal",
        (ConductState.APPEALED,),
        forms.DecisionForm,
        services.decide_appeal,
        "shield",
    ),
    "withdraw": Deed(
        gettext_lazy("Withdraw the record"),
        gettext_lazy("It no longer counts. Who was told of it goes on seeing it, with the reason."),
        "agents.record_conduct",
        (ConductState.DRAFTED, ConductState.REPLY_OPEN),
        forms.WithdrawalForm,
        services.withdraw_conduct,
        "x",
    ),
}


@require_GET
def conduct_list(request: HttpRequest) -> Answer:
    """List the records that the person sees."""
    return show(request, ConductList(), "agents/conduct_list.html")


@require_http_methods(["GET", "POST"])
def new_conduct(request: HttpRequest) -> HttpResponse:
    """Write a record, in the side panel or on a page of its own; `?person=` names the work number."""
    require(request.user, "agents.record_conduct")
    form = forms.ConductForm(request.POST or None, initial={"person": request.GET.get("person", "")})
    return _write(request, form, services.draft_conduct)


@require_http_methods(["GET", "POST"])
def change_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft anew."""
    record = _visible(request, pk)
    require(request.user, "agents.record_conduct", record)
    form = forms.ConductForm(request.POST or None, initial=forms.ConductForm.shown(record))
    return _write(request, form, partial(services.change_draft, record_id=record.pk), record=record)


def _write(
    request: HttpRequest, form: forms.ConductForm, save: Callable[..., Any], **context: Any
) -> HttpResponse:
    given = {"actor": request.user, "now": timezone.now()}
    made, status = attempt(form, lambda: save(**given, facts=services.ConductFacts(**form.cleaned_data)))
    if made:
        messages.success(
            request, _("%(reference)s is a draft; nobody is told of it yet.") % {"reference": made}
        )
        return redirect(made)
    return render(request, "agents/new_conduct.html", {"form": form, **context}, status=status)


@require_GET
def conduct_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a record: its course, its story, who is concerned, what may be done."""
    record = _visible(request, pk)
    now = timezone.now()
    context = {
        "record": record,
        "course": conduct.course(record),
        "events": conduct.story(record),
        "deeds": list(_deeds(request.user, record, now)),
        "now": now,
    }
    return render(request, "agents/conduct_record.html", context)


@require_http_methods(["GET", "POST"])
def conduct_deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one of DEEDS, asked in the side panel or on a page; what was typed stays when something is wrong."""
    record = _visible(request, pk)
    if name not in DEEDS:
        raise Http404
    deed = DEEDS[name]
    require(request.user, deed.permission, record)
    form = deed.form(request.POST if request.method == "POST" else None)
    given = {"actor": request.user, "record_id": record.pk, "now": timezone.now()}
    done, status = attempt(form, lambda: deed.service(**given, **form.cleaned_data))
    if done:
        messages.success(request, _("Done: %(act)s.") % {"act": deed.label})
        return redirect(record)
    context = {"record": record, "deed": deed, "name": name, "form": form}
    return render(request, "agents/conduct_deed.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> Any:
    seen = ConductRecord.objects.visible_to(request.user).for_list()
    return get_object_or_404(seen.select_related("appealed_by", "decided_by", "withdrawn_by"), pk=pk)


def _deeds(user: User, record: ConductRecord, now: datetime) -> Iterator[tuple[str, Deed, str]]:
    """Yield what the user may do with the record as it stands, each with the reason why not now, if there is one."""
    for name, deed in DEEDS.items():
        if record.state not in deed.states:
            continue
        if user.has_perm(deed.permission, record):
            end = getattr(record, deed.until) if deed.until else None
            if not deed.until or end:
                yield name, deed, _("The time for it is over.") if end and now >= end else ""
        elif name == "decide" and user.has_perm("agents.record_conduct"):
            yield name, deed, _("Neither its author, nor the accused, nor who reports to them decides.")
