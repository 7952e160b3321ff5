"""What every act of the course is over REST: what it asks for, the service that does it, what follows, an example."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints import services
from complaints.api import asking
from complaints.enums import Act


@dataclass(frozen=True)
class Deed:
    """An act over REST."""

    serializer: type[asking.ActSerializer]
    service: Callable[..., Any]
    words: Promise | str
    example: Mapping[str, Any] = field(default_factory=dict)


DEEDS: Mapping[Act, Deed] = {
    Act.RESPOND: Deed(
        asking.RespondSerializer,
        services.respond,
        _("The clock of the first response stops."),
        {"note": "We look into it today, Mr Liu."},
    ),
    Act.APPOINT: Deed(
        asking.AppointSerializer,
        services.appoint_investigator,
        _("They find out the facts, and are told at once."),
        {"person": "1101"},
    ),
    Act.ASK: Deed(
        asking.AskSerializer,
        services.ask,
        _("They see the question alone, and nothing of the complaint before the ruling."),
        {"person": "20401", "text": "Did you announce the second visit?"},
    ),
    Act.ANSWER: Deed(
        asking.AnswerSerializer,
        services.answer,
        _("For whoever was asked, even where they do not see the complaint; then the answer is empty (204)."),
        {"question": 12, "text": "I did not; the order said one visit."},
    ),
    Act.ADD_EVIDENCE: Deed(
        asking.AddEvidenceSerializer,
        services.add_evidence,
        _("What a ruling can rest on: there is none without."),
        {"kind": "recording", "reference": "acd/88120", "note": "The agent names one visit."},
    ),
    Act.ATTACH: Deed(
        asking.AttachSerializer,
        services.attach,
        _("What a file is, is read from its content. At most ten of a complaint."),
        {"file": "@letter.pdf"},
    ),
    Act.VERIFY: Deed(
        asking.VerifySerializer,
        services.verify,
        _("The service department managers can rule then."),
        {"findings": "The visit is on the bill twice; the agent had said so."},
    ),
    Act.RULE: Deed(
        asking.RuleSerializer,
        services.rule,
        _("Only a second person can change it. The person concerned sees the complaint from then on."),
        {"outcome": "valid", "broken": "W-1", "opinion": "As the recording tells."},
    ),
    Act.CHANGE_RULING: Deed(
        asking.RuleSerializer,
        services.change_ruling,
        _("The earlier ruling stays in the history."),
        {"outcome": "invalid", "opinion": "Two visits took place."},
    ),
    Act.EXPLAIN: Deed(
        asking.ExplainSerializer,
        services.explain,
        _("Its clocks stop. Then it can be closed."),
        {"explanation": "Two visits took place.", "reaction": "Understood."},
    ),
    Act.APOLOGISE: Deed(
        asking.ApologiseSerializer,
        services.apologise,
        _("Of a complaint that was ruled valid, before it is solved."),
        {"note": "The supervisor, by telephone."},
    ),
    Act.RESOLVE: Deed(
        asking.ResolveSerializer,
        services.resolve_complaint,
        _("Its clocks stop, and nothing more is sent about them."),
        {"solution": "One charge was paid back."},
    ),
    Act.APPOINT_CALLER: Deed(
        asking.AppointSerializer,
        services.appoint_caller,
        _("They ask whether the customer is satisfied, and are told at once. It is not the handler."),
        {"person": "20402"},
    ),
    Act.FOLLOW_UP: Deed(
        asking.FollowUpSerializer,
        services.follow_up,
        _("Not satisfied: it reopens one level up, on a new clock."),
        {"outcome": "satisfied", "means": "call", "remarks": "The money is there."},
    ),
    Act.HOLD_TO_ACCOUNT: Deed(
        asking.HoldToAccountSerializer,
        services.hold_to_account,
        _("The person and their direct superior of that day are told, and have time for a reply."),
        {"person": "20401", "broken": "W-1", "measure": "A talk with the lead."},
    ),
    Act.FILE_REPORT: Deed(
        asking.FileReportSerializer,
        services.file_report,
        _("It is kept as it was filed."),
        {"receiver": "Group, customer service", "text": "It was billed twice; one charge was paid back."},
    ),
    Act.SET_CAUSE: Deed(
        asking.SetCauseSerializer,
        services.set_cause,
        _("A cause of the tree that is still chosen."),
        {"cause": "billing"},
    ),
    Act.PLAN_CORRECTION: Deed(
        asking.PlanCorrectionSerializer,
        services.plan_correction,
        _("A clock runs until the close of business of that day."),
        {"plan": "The billing run refuses a second visit.", "owner": "1101", "due_on": "2026-12-04"},
    ),
    Act.CARRY_OUT: Deed(
        asking.CarryOutSerializer,
        services.carry_out,
        _("The service department verifies then that it holds."),
        {"correction": 7, "done": "Live since Thursday."},
    ),
    Act.JUDGE_CORRECTION: Deed(
        asking.JudgeCorrectionSerializer,
        services.judge_correction,
        _("One that failed asks for a new plan; a closed complaint opens again for it."),
        {"correction": 7, "holds": True, "verdict": "Twenty bills looked at."},
    ),
    Act.CLOSE: Deed(
        asking.CloseSerializer,
        services.close_complaint,
        _("Nothing is left to do then. What is missing is named otherwise (409)."),
        {"note": "Nothing is left."},
    ),
    Act.REOPEN: Deed(
        asking.ReopenSerializer,
        services.reopen,
        _("A new clock starts. Earlier results stand."),
        {"reason": "The money has not arrived."},
    ),
    Act.RAISE_TIER: Deed(
        asking.RaiseTierSerializer,
        services.raise_tier,
        _("It goes to whoever handles that tier, and its clocks are counted anew. A tier never falls."),
        {"tier": 2, "reason": "The customer called the group."},
    ),
    Act.LINK: Deed(
        asking.LinkSerializer,
        services.link,
        _("Both stay apart, and tell of each other."),
        {"other": "C-2026-000124"},
    ),
    Act.MERGE: Deed(
        asking.MergeSerializer,
        services.merge,
        _("This one ends here. The other keeps the earlier start and the higher tier."),
        {"other": "C-2026-000124", "reason": "The same visit."},
    ),
    Act.PAUSE: Deed(
        asking.PauseSerializer,
        services.pause,
        _("Its clocks stand still. Every statistic shows the pause."),
        {"reason": "The customer sends the bill.", "until": "2026-11-20T12:00:00+08:00"},
    ),
    Act.RESUME: Deed(asking.ResumeSerializer, services.resume, _("Its clocks run on.")),
}
