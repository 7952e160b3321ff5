"""What every act of the course is on pages: the form that asks, the service that does it, and what will happen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints import services
from complaints.enums import Act
from complaints.forms import acts as forms
from complaints.models import Ruling


@dataclass(frozen=True)
class Deed:
    """An act on a page: its form, its service, its icon, and what will happen."""

    form: type[forms.ActForm]
    service: Callable[..., Any]
    icon: str
    question: Promise | str = ""


def _rule(*, cause: Any, **given: Any) -> Ruling:
    """Rule, and set the cause where it is known already."""
    with transaction.atomic():
        ruling = services.rule(**given)
        if cause:
            told = {name: given[name] for name in ("actor", "complaint_id", "now")}
            services.set_cause(cause=cause, **told)
    return ruling


DEEDS: Mapping[Act, Deed] = {
    Act.RESPOND: Deed(forms.NoteForm, services.respond, "phone", _("The clock of the first response stops.")),
    Act.VERIFY: Deed(
        forms.VerifyForm, services.verify, "search", _("The service department managers can rule then.")
    ),
    Act.RULE: Deed(
        forms.RuleForm,
        _rule,
        "shield",
        _("Only a second person can change it. The person concerned sees the complaint from then on."),
    ),
    Act.EXPLAIN: Deed(
        forms.ExplainForm, services.explain, "feedback", _("Its clocks stop. Then it can be closed.")
    ),
    Act.APOLOGISE: Deed(forms.ApologyForm, services.apologise, "people"),
    Act.RESOLVE: Deed(
        forms.ResolveForm,
        services.resolve_complaint,
        "ok",
        _("Its clocks stop, and nothing more is sent about them."),
    ),
    Act.FOLLOW_UP: Deed(
        forms.FollowUpForm,
        services.follow_up,
        "phone",
        _("Not satisfied: it reopens one level up, on a new clock."),
    ),
    Act.HOLD_TO_ACCOUNT: Deed(
        forms.AccountForm,
        services.hold_to_account,
        "shield",
        _("The person and their direct superior of that day are told, and have time for a reply."),
    ),
    Act.FILE_REPORT: Deed(
        forms.ReportForm,
        services.file_report,
        "report",
        _("It is kept as it was filed, and can be saved as PDF."),
    ),
    Act.CLOSE: Deed(forms.CloseForm, services.close_complaint, "lock", _("Nothing is left to do then.")),
    Act.ASK: Deed(
        forms.AskForm,
        services.ask,
        "help",
        _("They see the question alone, and nothing of the complaint before the ruling."),
    ),
    Act.ADD_EVIDENCE: Deed(forms.EvidenceForm, services.add_evidence, "clip"),
    Act.ATTACH: Deed(forms.AttachForm, services.attach, "upload"),
    Act.APPOINT: Deed(forms.AppointForm, services.appoint_investigator, "user", _("They are told at once.")),
    Act.APPOINT_CALLER: Deed(
        forms.AppointForm,
        services.appoint_caller,
        "user",
        _("They ask whether the customer is satisfied, and are told at once. It is not the handler."),
    ),
    Act.SET_CAUSE: Deed(forms.CauseForm, services.set_cause, "kpi"),
    Act.PLAN_CORRECTION: Deed(
        forms.PlanForm,
        services.plan_correction,
        "roster",
        _("A clock runs until the close of business of that day."),
    ),
    Act.CARRY_OUT: Deed(
        forms.CarryOutForm, services.carry_out, "ok", _("The service department verifies then that it holds.")
    ),
    Act.JUDGE_CORRECTION: Deed(
        forms.JudgeForm,
        services.judge_correction,
        "shield",
        _("One that failed asks for a new plan; a closed complaint opens again for it."),
    ),
    Act.PAUSE: Deed(
        forms.PauseForm,
        services.pause,
        "clock",
        _("Its clocks stand still. Every statistic shows the pause."),
    ),
    Act.RESUME: Deed(forms.ActForm, services.resume, "right", _("Its clocks run on.")),
    Act.RAISE_TIER: Deed(
        forms.TierForm,
        services.raise_tier,
        "ascend",
        _("It goes to whoever handles that tier, and its clocks are counted anew. A tier never falls."),
    ),
    Act.CHANGE_RULING: Deed(
        forms.RulingForm, services.change_ruling, "swap", _("The earlier ruling stays in the history.")
    ),
    Act.LINK: Deed(forms.LinkForm, services.link, "right"),
    Act.MERGE: Deed(
        forms.MergeForm,
        services.merge,
        "swap",
        _("This one ends here. The other keeps the earlier start and the higher tier."),
    ),
    Act.REOPEN: Deed(
        forms.ReasonForm, services.reopen, "back", _("A new clock starts. Earlier results stand.")
    ),
}
"""In the order in which a page offers them."""
