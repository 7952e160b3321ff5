"""The state machine as a whole: every act in every state, and the way of each tier from acceptance to closing.

What is possible where is written out here by hand and not taken from `complaints.course`.
"""

import pytest

from callcenter.access import SYSTEM
from callcenter.state import IllegalTransition
from complaints.course import COURSE
from complaints.enums import Act, Status, Tier
from complaints.models import Complaint, Step
from complaints.services.acting import begin

BEFORE_RULING = {"accepted", "verified"}
UPHELD = {"valid", "apologised", "resolved", "satisfied"}
AT_WORK = {"accepted", "verified", "valid", "invalid", "apologised"}
RUNNING = AT_WORK | {"resolved", "explained", "satisfied"}
DEALT_WITH = {"resolved", "explained", "satisfied"}
POSSIBLE = {
    "accept": set(),
    "respond": BEFORE_RULING,
    "appoint": {"accepted"},
    "ask": BEFORE_RULING,
    "answer": RUNNING,
    "add_evidence": RUNNING,
    "attach": RUNNING,
    "verify": {"accepted"},
    "rule": {"verified"},
    "change_ruling": UPHELD | {"invalid", "explained"},
    "explain": {"invalid"},
    "apologise": {"valid"},
    "resolve": {"apologised"},
    "hold_to_account": {"resolved", "satisfied"},
    "appoint_caller": {"resolved"},
    "follow_up": {"resolved"},
    "file_report": DEALT_WITH,
    "set_cause": UPHELD | {"verified", "invalid", "explained"},
    "plan_correction": UPHELD,
    "carry_out": UPHELD | {"closed"},
    "judge_correction": UPHELD | {"closed"},
    "close": DEALT_WITH,
    "reopen": {"explained", "satisfied", "closed"},
    "raise_tier": RUNNING,
    "link": RUNNING | {"closed"},
    "merge": AT_WORK,
    "pause": AT_WORK,
    "resume": AT_WORK,
    "join": AT_WORK,
    "recompute": AT_WORK,
}
LEADS_TO = {
    "accept": {"accepted"},
    "verify": {"verified"},
    "rule": {"valid", "invalid"},
    "change_ruling": {"valid", "invalid"},
    "explain": {"explained"},
    "apologise": {"apologised"},
    "resolve": {"resolved"},
    "follow_up": {"satisfied", "resolved", "valid"},
    "judge_correction": {"satisfied"},
    "close": {"closed"},
    "reopen": {"verified", "valid"},
    "merge": {"merged"},
}


def test_each_act_is_possible_in_its_states_alone_and_elsewhere_changes_nothing(house, now):
    cases = {status: house.brought_to(status, now=now) for status in Status}
    before = list(Complaint.objects.order_by("pk").values()), Step.objects.count()
    for act in Act:
        found = {status for status, complaint in cases.items() if _begins(act, complaint)}
        assert found == POSSIBLE[act], act
    assert (list(Complaint.objects.order_by("pk").values()), Step.objects.count()) == before


def _begins(act: Act, complaint: Complaint) -> bool:
    try:
        begin(act, complaint.pk, actor=SYSTEM)
    except IllegalTransition as refusal:
        return refusal.status != 409
    return True


def test_each_act_leads_where_it_should_and_nowhere_else():
    assert {act: set(way.targets) for act, way in COURSE.items() if way.targets} == LEADS_TO


def test_every_state_is_reached_and_every_one_but_the_last_is_left():
    reached = {target for way in COURSE.values() for target in way.targets}
    left = {source for way in COURSE.values() if way.targets for source in way.sources}
    assert (reached, set(Status) - left) == (set(Status), {Status.MERGED})


@pytest.mark.parametrize("tier", Tier)
def test_the_whole_course_is_written_down_step_by_step(house, now, tier):
    complaint = house.closed(now=now, tier=tier)
    acts = list(complaint.steps.order_by("pk").values_list("act", "new"))
    calls_back = [] if tier == Tier.AUTHORITY else [("appoint_caller", "resolved")]
    reports = [] if tier == Tier.COMPANY else [("file_report", "satisfied")]
    assert acts == [
        ("accept", "accepted"),
        ("add_evidence", "accepted"),
        ("verify", "verified"),
        ("rule", "valid"),
        ("apologise", "apologised"),
        ("resolve", "resolved"),
        *calls_back,
        ("follow_up", "satisfied"),
        ("set_cause", "satisfied"),
        ("hold_to_account", "satisfied"),
        *reports,
        ("close", "closed"),
    ]
    assert (complaint.resolved_at, complaint.closed_at) == (now, now)
    assert not complaint.clocks.running().exists()
