"""Who may do what: every role and every part, for every act on every tier, as the table of the domain says it.

The expected table is written out here by hand and not taken from `complaints.rules`.
"""

from datetime import date

import pytest

from agents import services as people
from agents.models import Region, Site, User
from callcenter.access import SYSTEM, Role
from callcenter.errors import NotAllowed
from complaints import services
from complaints.enums import Act, CorrectionState, EvidenceKind, FollowUpMeans, FollowUpOutcome, Outcome, Tier
from complaints.models import Complaint, Correction, Participant, Question, Step
from complaints.services import clocks
from tests.course import cause, service_rule
from tests.house import MADE, SINCE

ONE, TWO, THREE = Tier.COMPANY, Tier.GROUP, Tier.AUTHORITY
SOLVERS = {"handler", "answers now", "joined", "concerned"}
HANDLERS = {"handler", "answers now", "joined"}
KEEPERS = HANDLERS | {"supervisor", "regional_manager", "service_manager"}
EXPECTED = {
    # act: who on tier 1, on tier 2, on tier 3
    "respond": (HANDLERS,) * 3,
    "appoint": (
        HANDLERS | {"supervisor", "investigator"},
        HANDLERS | {"regional_manager", "investigator"},
        HANDLERS | {"regional_manager", "service_manager", "investigator"},
    ),
    "answer": ({"asked"},) * 3,
    "attach": (HANDLERS | {"recorder", "investigator"},) * 3,
    "rule": ({"service_manager"},) * 3,
    "change_ruling": (
        {"service_manager", "executive"},
        {"service_manager", "executive"},
        {"executive"},
    ),
    "explain": (HANDLERS,) * 3,
    "apologise": (SOLVERS,) * 3,
    "resolve": (SOLVERS,) * 3,
    "hold_to_account": ({"service_manager"}, {"service_manager"}, {"executive"}),
    "appoint_caller": (KEEPERS,) * 3,
    "follow_up": ({"supervisor", "caller"}, {"supervisor", "caller"}, {"service_manager"}),
    "file_report": (set(), {"regional_manager"}, {"service_manager"}),
    "set_cause": (KEEPERS,) * 3,
    "plan_correction": (HANDLERS | {"supervisor", "lead of the team"},) * 3,
    "carry_out": ({"owner"},) * 3,
    "judge_correction": ({"service_manager"},) * 3,
    "close": ({"supervisor"}, {"regional_manager"}, {"service_manager"}),
    "raise_tier": (KEEPERS | {"executive"},) * 3,
    "link": (KEEPERS,) * 3,
    "merge": (KEEPERS,) * 3,
    "pause": (HANDLERS,) * 3,
    "resume": (HANDLERS,) * 3,
}
EXPECTED["ask"] = EXPECTED["add_evidence"] = EXPECTED["verify"] = EXPECTED["appoint"]
EXPECTED["reopen"] = EXPECTED["close"]
ACCEPTS = {
    ONE: {"agent", "supervisor"},
    TWO: {"supervisor", "regional_manager"},
    THREE: {"regional_manager", "service_manager", "executive"},
}
BY_THE_MACHINE = {"accept", "join", "recompute"}


class Cast:
    """One person for each role at the site of the house, one for each part in a complaint, and strangers."""

    def __init__(self, house) -> None:
        self.house = house
        self.elsewhere = Site.objects.create(code="far", name="Far", calendar=house.site.calendar)
        west = Region.objects.create(name="West")
        people.put_site_into_region(actor=SYSTEM, site=self.elsewhere, region=west, since=SINCE, now=MADE)
        department = people.create_department(actor=SYSTEM, name="IT", scope="Lines", now=MADE)
        self.scopes = {
            Role.SUPERVISOR: house.site,
            Role.REGIONAL_MANAGER: house.region,
            Role.DEPARTMENT_OWNER: department,
        }
        self.by_role = {
            role.value: self.person(f"r{number}", role, scope=self.scopes.get(role))
            for number, role in enumerate(Role)
        }
        self.strangers = {
            "supervisor elsewhere": self.person("x1", Role.SUPERVISOR, scope=self.elsewhere),
            "regional elsewhere": self.person("x2", Role.REGIONAL_MANAGER, scope=west),
            "stranger": self.person("x3", Role.AGENT),
        }
        self.parts = {
            part: self.person(f"p{number}", Role.AGENT)
            for number, part in enumerate(sorted(SOLVERS | HANDLERS | PLAYED))
        }
        lead = self.parts["lead of the team"]
        self.team = people.create_team(actor=SYSTEM, name="Lotus", site=self.elsewhere, now=MADE)
        people.appoint_lead(actor=SYSTEM, team=self.team, person=lead, since=SINCE, now=MADE)

    def person(self, number: str, role: Role, **facts) -> User:
        return self.house.person(number, role, site=self.elsewhere, **facts)

    def complaint(self, tier: Tier, now, **parts: User) -> Complaint:
        """Return a complaint in which each of the cast plays their part, unless `parts` says who does."""
        cast = {name.replace(" ", "_"): person for name, person in self.parts.items()} | parts
        complaint = self.house.complaint(now=now, tier=tier)
        Complaint.objects.filter(pk=complaint.pk).update(
            handler=cast["handler"],
            responsible=cast["answers_now"],
            recorded_by=cast["recorder"],
            investigator=cast["investigator"],
            caller=cast["caller"],
            staff_concerned=cast["concerned"],
            team=self.team,
            cause=cause(),
        )
        Participant.objects.create(complaint=complaint, person=cast["joined"], since=now)
        asked = {"person": cast["asked"], "by": cast["handler"], "at": now}
        Question.objects.create(complaint=complaint, text="What happened?", **asked)
        clock = clocks.start_correction(complaint, keeper=cast["owner"], due_on=date(2026, 12, 1), now=now)
        Correction.objects.create(
            complaint=complaint,
            cause=cause(),
            owner=cast["owner"],
            plan="Check twice.",
            due_on=date(2026, 12, 1),
            state=CorrectionState.PLANNED,
            planned_by=cast["handler"],
            planned_at=now,
            clock=clock,
        )
        return Complaint.objects.select_related("handler__site__calendar").get(pk=complaint.pk)


PLAYED = {"recorder", "investigator", "caller", "asked", "owner", "lead of the team"}


@pytest.fixture
def cast(house) -> Cast:
    return Cast(house)


def allowed(person: User, complaint: Complaint) -> set[str]:
    return {act for act in EXPECTED if person.has_perm(f"complaints.{act}", complaint)}


def test_every_act_has_its_row():
    assert EXPECTED.keys() | BY_THE_MACHINE == set(Act)


@pytest.mark.parametrize("tier", Tier)
def test_each_role_and_each_part_may_do_what_the_table_says_and_nothing_else(cast, now, tier):
    complaint = cast.complaint(tier, now)
    everybody = cast.by_role | cast.parts | cast.strangers
    found = {name: allowed(person, complaint) for name, person in everybody.items()}
    table = {act: row[tier - 1] for act, row in EXPECTED.items()}
    assert found == {name: {act for act, who in table.items() if name in who} for name in everybody}


@pytest.mark.parametrize("tier", Tier)
def test_each_tier_is_accepted_by_whom_the_customer_reached(cast, tier):
    everybody = cast.by_role | {"stranger": cast.by_role["trainer"]}
    accepting = {name for name, person in everybody.items() if person.has_perm("complaints.record", tier)}
    assert accepting == ACCEPTS[tier]


def omnipotent(cast: Cast, number: str, **facts) -> User:
    """Return somebody who holds every role."""
    person = cast.house.person(number, Role.AGENT, **facts)
    for role in set(Role) - {Role.AGENT}:
        scope = cast.scopes.get(role)
        people.grant_role(actor=SYSTEM, person=person, role=role, scope=scope, since=SINCE, now=MADE)
    return User.objects.select_related("site__calendar").get(pk=person.pk)


@pytest.mark.parametrize("tier", Tier)
def test_whoever_it_is_about_answers_apologises_and_solves_whatever_they_are_besides(cast, now, tier):
    accused = omnipotent(cast, "a1")
    everything = dict.fromkeys(
        ("handler", "answers_now", "investigator", "caller", "asked", "owner"), accused
    )
    complaint = cast.complaint(tier, now, concerned=accused, **everything)
    assert allowed(accused, complaint) == {"answer", "apologise", "resolve"}


@pytest.mark.parametrize("tier", Tier)
def test_whoever_reports_to_the_accused_answers_and_nothing_else_whatever_they_are_besides(cast, now, tier):
    below = omnipotent(cast, "a2", superior=cast.parts["concerned"])
    everything = dict.fromkeys(("handler", "answers_now", "investigator", "caller", "asked", "owner"), below)
    assert allowed(below, cast.complaint(tier, now, **everything)) == {"answer"}


@pytest.mark.parametrize(
    ("accused", "tier", "steps_in"),
    [
        ("supervisor", ONE, "regional"),
        ("regional", ONE, "service_manager"),
        ("regional", TWO, "service_manager"),
        ("service_manager", TWO, "executive"),
        ("service_manager", THREE, "executive"),
    ],
)
def test_where_all_who_would_end_it_are_in_conflict_the_next_above_does(house, now, accused, tier, steps_in):
    complaint = house.complaint(
        now=now,
        tier=tier,
        actor=house.executive if tier == THREE else None,
        staff_concerned=getattr(house, accused),
    )
    ladder = ("agent", "lead", "supervisor", "regional", "service_manager", "executive")
    closing = {name for name in ladder if getattr(house, name).has_perm("complaints.close", complaint)}
    assert closing == {steps_in}


def test_the_executive_rules_and_decides_only_where_every_service_manager_is_in_conflict(house, now):
    about = {"service_manager": True, "agent": False}
    for accused, is_last in about.items():
        complaint = house.complaint(now=now, staff_concerned=getattr(house, accused))
        for act in ("rule", "hold_to_account", "judge_correction"):
            assert house.executive.has_perm(f"complaints.{act}", complaint) is is_last


def test_nobody_changes_their_own_ruling(house, now):
    complaint = house.ruled(now=now)
    assert not house.service_manager.has_perm("complaints.change_ruling", complaint)
    assert house.executive.has_perm("complaints.change_ruling", complaint)


def test_the_handler_does_not_call_back_on_tiers_one_and_two(house, now):
    for tier in (ONE, TWO):
        complaint = house.complaint(now=now, tier=tier)
        Complaint.objects.filter(pk=complaint.pk).update(handler=house.supervisor)
        assert not house.supervisor.has_perm("complaints.follow_up", house.again(complaint))


def test_every_service_refuses_a_stranger_and_changes_nothing(house, now):
    complaint = house.complaint(now=now)
    clock = clocks.start_correction(complaint, keeper=house.agent, due_on=date(2026, 12, 1), now=now)
    correction = Correction.objects.create(
        complaint=complaint,
        cause=cause(),
        owner=house.agent,
        plan="Check twice.",
        due_on=date(2026, 12, 1),
        planned_by=house.supervisor,
        planned_at=now,
        clock=clock,
    )
    asked = {"person": house.agent, "by": house.supervisor, "at": now}
    question = Question.objects.create(complaint=complaint, text="What happened?", **asked)
    by = {"actor": house.colleague, "now": now}
    on = {**by, "complaint_id": complaint.pk}
    person, broken = house.agent, service_rule()
    calls = {
        Act.RESPOND: lambda: services.respond(**on, note="x"),
        Act.APPOINT: lambda: services.appoint_investigator(**on, person=person),
        Act.ASK: lambda: services.ask(**on, person=person, text="x"),
        Act.ANSWER: lambda: services.answer(**by, question_id=question.pk, text="x"),
        Act.ADD_EVIDENCE: lambda: services.add_evidence(**on, kind=EvidenceKind.CALL, reference="x"),
        Act.ATTACH: lambda: services.attach(**on, file=None),
        Act.VERIFY: lambda: services.verify(**on, findings="x"),
        Act.RULE: lambda: services.rule(**on, outcome=Outcome.VALID, opinion="x", broken=broken),
        Act.CHANGE_RULING: lambda: services.change_ruling(**on, outcome=Outcome.INVALID, opinion="x"),
        Act.EXPLAIN: lambda: services.explain(**on, explanation="x", reaction="x"),
        Act.APOLOGISE: lambda: services.apologise(**on, note="x"),
        Act.RESOLVE: lambda: services.resolve_complaint(**on, solution="x"),
        Act.HOLD_TO_ACCOUNT: lambda: services.hold_to_account(**on, person=person, measure="x"),
        Act.APPOINT_CALLER: lambda: services.appoint_caller(**on, person=person),
        Act.FOLLOW_UP: lambda: services.follow_up(
            **on, outcome=FollowUpOutcome.SATISFIED, means=FollowUpMeans.CALL
        ),
        Act.FILE_REPORT: lambda: services.file_report(**on, receiver="x", text="x"),
        Act.SET_CAUSE: lambda: services.set_cause(**on, cause=cause()),
        Act.PLAN_CORRECTION: lambda: services.plan_correction(
            **on, owner=person, plan="x", due_on=date(2026, 12, 1)
        ),
        Act.CARRY_OUT: lambda: services.carry_out(**by, correction_id=correction.pk, done="x"),
        Act.JUDGE_CORRECTION: lambda: services.judge_correction(
            **by, correction_id=correction.pk, holds=True, verdict="x"
        ),
        Act.CLOSE: lambda: services.close_complaint(**on, note="x"),
        Act.REOPEN: lambda: services.reopen(**on, reason="x"),
        Act.RAISE_TIER: lambda: services.raise_tier(**on, tier=TWO, reason="x"),
        Act.LINK: lambda: services.link(**on, other_id=complaint.pk),
        Act.MERGE: lambda: services.merge(**on, into_id=complaint.pk, reason="x"),
        Act.PAUSE: lambda: services.pause(**on, reason="x"),
        Act.RESUME: lambda: services.resume(**on),
    }
    assert calls.keys() | BY_THE_MACHINE == set(Act)
    before = Complaint.objects.filter(pk=complaint.pk).values().get(), Step.objects.count()
    for call in calls.values():
        with pytest.raises(NotAllowed):
            call()
    assert (Complaint.objects.filter(pk=complaint.pk).values().get(), Step.objects.count()) == before
