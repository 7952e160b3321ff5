"""The course of the demo's complaints: who does what, and when, each through the ordinary door."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from agents import services as conduct
from agents.models import ServiceRule, User
from callcenter.demo.words import WORDS
from callcenter.worktime.clock import WorkHours
from complaints import services
from complaints.enums import Act, EvidenceKind, FollowUpMeans, FollowUpOutcome, Outcome, Tier
from complaints.models import Cause, Complaint, Correction, Question

CAUSES = {
    "billing": ("账单 Billing", ""),
    "billing-charge": ("错误收费 Wrong charges", "billing"),
    "billing-plan": ("套餐与优惠 Plans and discounts", "billing"),
    "billing-refund": ("退款延误 Late refunds", "billing"),
    "line": ("线路 Lines", ""),
    "line-fault": ("故障 Faults", "line"),
    "line-move": ("装机移机 Installations and moves", "line"),
    "visit": ("上门服务 Visits", ""),
    "visit-missed": ("爽约 Missed appointments", "visit"),
    "talk": ("沟通 Talking with us", ""),
    "talk-callback": ("未按承诺回电 Promised calls", "talk"),
    "talk-answer": ("答复不一致 Contradicting answers", "talk"),
    "talk-wait": ("等待与转接 Waiting and transfers", "talk"),
}
CALLERS = {"harbour": "20413", "nightline": "20412"}
OWNERS = {"harbour": "1101", "nightline": "1104"}
LADDER = ("1001", "1003", "2001", "3001", "4001")
HOUR = 3600

VALID = ("accepted", "verified", "valid", "apologised", "resolved", "satisfied", "closed")
INVALID = ("accepted", "verified", "invalid", "explained", "closed")
# What is done, when, and which state it is done for; “extra”: only where the case names it. Up to the solution the
# instants are shares of the time until it, afterwards working hours.
FIRST = (
    ("respond", 0.04, "verified"),
    ("evidence", 0.1, "verified"),
    ("ask", 0.12, "extra"),
    ("answer", 0.2, "extra"),
    ("verify", 0.3, "verified"),
    ("merge", 0.4, "extra"),
)
UNTIL_SOLVED = {
    VALID: (
        *FIRST,
        ("uphold", 0.5, "valid"),
        ("cause", 0.52, "valid"),
        ("apologise", 0.6, "apologised"),
        ("resolve", 1, "resolved"),
    ),
    INVALID: (*FIRST, ("refuse", 0.5, "invalid"), ("explain", 1, "explained")),
}
AFTERWARDS = (
    ("unreached", 2, "extra"),
    ("unsatisfied", 3, "extra"),
    ("call_back", 4, "satisfied"),
    ("blame", 5, "extra"),
    ("nobody", 5, "closed"),
    ("report", 6, "closed"),
    ("plan", 7, "extra"),
    ("carry_out", 12, "extra"),
    ("holds", 16, "extra"),
    ("fails", 16, "extra"),
    ("close", 20, "closed"),
    ("settle", 38, "extra"),
    ("publish", 76, "extra"),
)

Case = dict[str, str]


def plant_causes() -> None:
    """Make the tree of causes, parents first."""
    made: dict[str, Cause] = {}
    for code, (name, above) in CAUSES.items():
        made[code] = Cause.objects.create(code=code, name=name, parent=made.get(above))


def schedule(case: Case, received_at: datetime, hours: WorkHours) -> Iterator[tuple[datetime, str]]:
    """Yield when each deed of a case is done, and its name."""
    reaches, extra = case["reaches"] or "accepted", case["extra"].split()
    path = INVALID if reaches in INVALID[2:4] else VALID
    reached = path[: path.index(reaches) + 1]
    solved = float(case["solved_after"] or 8) * HOUR
    solved_at = hours.due(received_at, solved)
    deeds = [
        (hours.due(received_at, share * solved), name, state) for name, share, state in UNTIL_SOLVED[path]
    ]
    deeds += [(hours.due(solved_at, after * HOUR), name, state) for name, after, state in AFTERWARDS]
    for at, name, state in deeds:
        if name in extra or state in reached:
            yield at, name


def do(
    name: str,
    case: Case,
    made: Mapping[str, Complaint],
    people: Mapping[str, User],
    at: datetime,
) -> None:
    """Do a deed of `schedule` at its instant; `made` are the complaints by their subjects."""
    complaint = Complaint.objects.select_related("handler", "responsible").get(pk=made[case["subject"]].pk)
    deed: Callable[[datetime], object] = getattr(_Deeds(case, complaint, people, made), name)
    deed(at)


@dataclass(frozen=True)
class _Deeds:
    """One complaint, and everybody who may act on it; each method without a line before its name is a deed."""

    case: Case
    complaint: Complaint
    people: Mapping[str, User]
    made: Mapping[str, Complaint]

    def _by(self, act: Act, at: datetime, first: str = "") -> dict[str, Any]:
        """Return who does an act and when: of the handler, whoever answers now, and the ladder, the first who may."""
        numbers = [first] if first else []
        numbers += [self.complaint.handler.work_number, self.complaint.responsible.work_number, *LADDER]
        able = (
            self.people[number]
            for number in numbers
            if self.people[number].has_perm(f"complaints.{act}", self.complaint)
        )
        return {"actor": next(able), "now": at}

    def _on(self, act: Act, at: datetime, first: str = "") -> dict[str, Any]:
        return {**self._by(act, at, first), "complaint_id": self.complaint.pk}

    def _say(self, what: str) -> str:
        return WORDS["en" if self.case["subject"].isascii() else "zh"][what]

    @property
    def _correction(self) -> Correction:
        return self.complaint.corrections.latest("pk")

    def respond(self, at: datetime) -> None:
        services.respond(**self._on(Act.RESPOND, at), note=self._say("respond"))

    def evidence(self, at: datetime) -> None:
        reference = f"harbour-acd/H{self.complaint.pk:03}"
        services.add_evidence(
            **self._on(Act.ADD_EVIDENCE, at), kind=EvidenceKind.RECORDING, reference=reference
        )

    def ask(self, at: datetime) -> None:
        person = self.people[self.case["about"]]
        services.ask(**self._on(Act.ASK, at), person=person, text=self._say("ask"))

    def answer(self, at: datetime) -> None:
        question = Question.objects.get(complaint=self.complaint)
        services.answer(
            actor=self.people[self.case["about"]], question_id=question.pk, text=self._say("answer"), now=at
        )

    def verify(self, at: datetime) -> None:
        services.verify(**self._on(Act.VERIFY, at), findings=self._say("verify"))

    def merge(self, at: datetime) -> None:
        into = self.made[self.case["into"]].pk
        services.merge(**self._on(Act.MERGE, at), into_id=into, reason=self._say("merge"))

    def uphold(self, at: datetime) -> None:
        services.rule(
            **self._on(Act.RULE, at),
            outcome=Outcome.VALID,
            opinion=self._say("uphold"),
            broken=ServiceRule.objects.get(code="S-03"),
        )

    def refuse(self, at: datetime) -> None:
        services.rule(**self._on(Act.RULE, at), outcome=Outcome.INVALID, opinion=self._say("refuse"))

    def cause(self, at: datetime) -> None:
        cause = Cause.objects.get(code=self.case["cause"])
        services.set_cause(**self._on(Act.SET_CAUSE, at), cause=cause)

    def apologise(self, at: datetime) -> None:
        services.apologise(**self._on(Act.APOLOGISE, at), note=self._say("apologise"))

    def resolve(self, at: datetime) -> None:
        solution = self.case["solution"] or self._say("solution")
        services.resolve_complaint(**self._on(Act.RESOLVE, at), solution=solution)

    def explain(self, at: datetime) -> None:
        services.explain(
            **self._on(Act.EXPLAIN, at), explanation=self._say("explain"), reaction=self._say("reaction")
        )

    def unreached(self, at: datetime) -> None:
        self._follow_up(at, FollowUpOutcome.NOT_REACHED, "")

    def unsatisfied(self, at: datetime) -> None:
        self._follow_up(at, FollowUpOutcome.NOT_SATISFIED, self._say("again"))

    def call_back(self, at: datetime) -> None:
        self._follow_up(at, FollowUpOutcome.SATISFIED, self._say("content"))

    def _follow_up(self, at: datetime, outcome: FollowUpOutcome, remarks: str) -> None:
        caller = CALLERS[self.case["site"]] if self.complaint.tier != Tier.AUTHORITY else ""
        if caller:
            services.appoint_caller(**self._on(Act.APPOINT_CALLER, at), person=self.people[caller])
            self.complaint.refresh_from_db(fields=["caller"])
        services.follow_up(
            **self._on(Act.FOLLOW_UP, at, caller), outcome=outcome, means=FollowUpMeans.CALL, remarks=remarks
        )

    def blame(self, at: datetime) -> None:
        services.hold_to_account(
            **self._on(Act.HOLD_TO_ACCOUNT, at),
            person=self.people[self.case["about"]],
            measure=self._say("measure"),
        )

    def nobody(self, at: datetime) -> None:
        if not self.complaint.liabilities.exists():
            services.hold_to_account(**self._on(Act.HOLD_TO_ACCOUNT, at), note=self._say("nobody"))

    def report(self, at: datetime) -> None:
        if self.complaint.tier == Tier.COMPANY:
            return
        receiver = self._say("group") if self.complaint.tier == Tier.GROUP else self.complaint.customer_name
        services.file_report(**self._on(Act.FILE_REPORT, at), receiver=receiver, text=self._say("report"))

    def plan(self, at: datetime, words: str = "plan", replaces: Correction | None = None) -> None:
        services.plan_correction(
            **self._on(Act.PLAN_CORRECTION, at, "1001"),
            owner=self.people[OWNERS[self.case["site"]]],
            plan=self._say(words),
            due_on=(at + timedelta(days=10)).date(),
            replaces=replaces,
        )

    def carry_out(self, at: datetime) -> None:
        correction = self._correction
        services.carry_out(
            actor=correction.owner, correction_id=correction.pk, done=self._say("done"), now=at
        )

    def holds(self, at: datetime) -> None:
        self._judge(at, "holds")

    def fails(self, at: datetime) -> None:
        self._judge(at, "fails")
        self.plan(at, "better", self._correction)

    def _judge(self, at: datetime, verdict: str) -> None:
        services.judge_correction(
            **self._by(Act.JUDGE_CORRECTION, at),
            correction_id=self._correction.pk,
            holds=verdict == "holds",
            verdict=self._say(verdict),
        )

    def close(self, at: datetime) -> None:
        services.close_complaint(**self._on(Act.CLOSE, at), note=self._say("close"))

    def settle(self, at: datetime) -> None:
        conduct.finish_replies(now=at)

    def publish(self, at: datetime) -> None:
        services.publish_outcomes(now=at)
