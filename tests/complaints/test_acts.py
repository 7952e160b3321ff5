"""Every act of the course through its form: done by whoever may, refused to others and in the wrong state."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from complaints import services
from complaints.enums import Act, CorrectionState, Outcome, Status, Tier
from complaints.models import ClockPolicy, Complaint, Evidence
from tests.course import cause, service_rule

WORDS = "Both sides were heard."
DONE = {
    Act.RESPOND: ("complaint", {}, "supervisor", {"note": WORDS}),
    Act.APPOINT: ("complaint", {}, "supervisor", {"person": "1101"}),
    Act.ASK: ("complaint", {}, "supervisor", {"person": "20401", "text": WORDS}),
    Act.ADD_EVIDENCE: ("complaint", {}, "supervisor", {"kind": "call", "reference": "acd/9"}),
    Act.VERIFY: ("complaint", {}, "supervisor", {"findings": WORDS}),
    Act.RULE: ("verified", {}, "service_manager", {"outcome": "invalid", "opinion": WORDS}),
    Act.CHANGE_RULING: ("ruled", {}, "executive", {"outcome": "invalid", "opinion": WORDS}),
    Act.EXPLAIN: (
        "ruled",
        {"outcome": Outcome.INVALID},
        "supervisor",
        {"explanation": WORDS, "reaction": "Understood."},
    ),
    Act.APOLOGISE: ("ruled", {}, "supervisor", {"note": WORDS}),
    Act.RESOLVE: ("apologised", {}, "supervisor", {"solution": WORDS}),
    Act.APPOINT_CALLER: ("resolved", {}, "supervisor", {"person": "20402"}),
    Act.FOLLOW_UP: (
        "resolved",
        {"tier": Tier.AUTHORITY},
        "service_manager",
        {"outcome": "satisfied", "means": "call"},
    ),
    Act.HOLD_TO_ACCOUNT: ("resolved", {}, "service_manager", {"note": WORDS}),
    Act.FILE_REPORT: (
        "satisfied",
        {"tier": Tier.GROUP},
        "regional",
        {"receiver": "The group", "text": WORDS},
    ),
    Act.CLOSE: ("closable", {}, "supervisor", {"note": WORDS}),
    Act.REOPEN: ("closed", {}, "supervisor", {"reason": WORDS}),
    Act.RAISE_TIER: ("complaint", {}, "supervisor", {"tier": "2", "reason": WORDS}),
}
"""State, what the helper takes, who, and what they type."""
OTHERS = {Act.CHANGE_RULING: "regional", Act.RAISE_TIER: "lead"}
"""Who may not; where nobody is named, the executive."""


def post(client, complaint, act, typed):
    return client.post(reverse("complaints:act", args=[complaint.reference, act]), typed)


def begun(house, now, act) -> tuple[Complaint, str, dict]:
    state, more, who, typed = DONE[act]
    return getattr(house, state)(now=now, **more), who, typed


@pytest.mark.parametrize("act", DONE)
def test_an_act_is_done_through_its_form_by_whoever_may(house, sign_in, real_now, act):
    complaint, who, typed = begun(house, real_now, act)
    client = sign_in(getattr(house, who))
    address = reverse("complaints:act", args=[complaint.reference, act])
    assert address in client.get(complaint.get_absolute_url()).content.decode()
    assert client.get(address, headers={"HX-Request": "true", "HX-Target": "panel"}).status_code == 200
    assert post(client, complaint, act, typed).status_code == 302
    assert complaint.steps.filter(act=act, by=getattr(house, who)).exists()


@pytest.mark.parametrize("act", DONE)
def test_others_are_refused_and_told_who_may(house, sign_in, real_now, act):
    complaint, _who, typed = begun(house, real_now, act)
    other = getattr(house, OTHERS.get(act, "executive"))
    if other == house.lead:
        Complaint.objects.filter(pk=complaint.pk).update(team=house.team)
    client = sign_in(other)
    page = client.get(complaint.get_absolute_url())
    [barred] = [choice for choice in page.context["barred"] if choice.act == act]
    assert "This is for" in barred.why
    answers = [client.get(reverse("complaints:act", args=[complaint.reference, act]))]
    answers.append(post(client, complaint, act, typed))
    assert [answer.status_code for answer in answers] == [403, 403]
    assert not complaint.steps.filter(act=act, by=other).exists()


@pytest.mark.parametrize("act", DONE)
def test_in_the_wrong_state_nothing_is_done_and_what_was_typed_stays(house, sign_in, real_now, act):
    _state, more, who, typed = DONE[act]
    complaint = house.merged(now=real_now, **{"tier": more["tier"]} if "tier" in more else {})
    client = sign_in(getattr(house, who))
    if act == Act.REOPEN:
        typed = {**typed, "reason": WORDS}
    answer = post(client, complaint, act, typed)
    assert answer.status_code == 409
    assert all(str(said) in answer.content.decode() for name, said in typed.items() if said == WORDS)
    assert not complaint.steps.filter(act=act, at__gt=real_now).exists()
    assert client.get(reverse("complaints:act", args=[complaint.reference, act])).status_code == 409


def test_a_valid_ruling_names_the_rule_and_can_set_the_cause_at_once(house, sign_in, real_now):
    complaint, broken, why = house.verified(now=real_now), service_rule(), cause()
    client = sign_in(house.service_manager)
    typed = {"outcome": "valid", "opinion": WORDS, "cause": why.pk}
    refused = post(client, complaint, Act.RULE, typed)
    assert (refused.status_code, "broken" in refused.context["form"].errors) == (400, True)
    post(client, complaint, Act.RULE, {**typed, "broken": broken.pk})
    complaint.refresh_from_db()
    assert (complaint.status, complaint.cause) == (Status.VALID, why)
    assert str(broken) in client.get(complaint.get_absolute_url()).content.decode()


def test_a_corrective_action_is_planned_carried_out_and_verified_through_its_forms(house, sign_in, real_now):
    complaint = house.resolved(now=real_now)
    by = {"complaint_id": complaint.pk, "now": real_now}
    services.set_cause(actor=house.supervisor, cause=cause(), **by)
    due_on = (real_now + timedelta(days=9)).date().isoformat()
    planned = {"plan": WORDS, "owner": "1101", "due_on": due_on}
    assert post(sign_in(house.supervisor), complaint, Act.PLAN_CORRECTION, planned).status_code == 302
    correction = complaint.corrections.get()
    done = {"correction": correction.pk, "done": WORDS}
    assert post(sign_in(house.lead), complaint, Act.CARRY_OUT, done).status_code == 302
    judged = {"correction": correction.pk, "holds": "no", "verdict": WORDS}
    assert post(sign_in(house.service_manager), complaint, Act.JUDGE_CORRECTION, judged).status_code == 302
    correction.refresh_from_db()
    assert correction.state == CorrectionState.FAILED


@pytest.mark.parametrize(("act", "field"), [(Act.LINK, {}), (Act.MERGE, {"reason": WORDS})])
def test_another_complaint_is_named_by_its_number(house, sign_in, real_now, act, field):
    complaint, other = house.complaint(now=real_now), house.complaint(now=real_now)
    client = sign_in(house.supervisor)
    unknown = post(client, complaint, act, {"other": "C-1999-000001", **field})
    assert (unknown.status_code, "other" in unknown.context["form"].errors) == (422, True)
    assert post(client, complaint, act, {"other": other.reference.lower(), **field}).status_code == 302
    assert other.reference in client.get(complaint.get_absolute_url()).content.decode()


def test_clocks_stand_still_while_it_waits_for_the_customer(house, sign_in, real_now):
    complaint, client = house.complaint(now=real_now), sign_in(house.supervisor)
    barred = client.get(complaint.get_absolute_url()).context["barred"]
    assert {choice.act: choice.why for choice in barred}[Act.PAUSE].startswith("The policy")
    ClockPolicy.objects.update(pause_days=3)
    assert post(client, complaint, Act.PAUSE, {"reason": "Away until Monday"}).status_code == 302
    page = client.get(complaint.get_absolute_url())
    assert "Away until Monday" in page.content.decode()
    assert {choice.act for choice in page.context["barred"]} >= {Act.PAUSE}
    assert post(client, complaint, Act.RESUME, {}).status_code == 302


@pytest.mark.parametrize("act", [Act.ADD_EVIDENCE, Act.VERIFY])
def test_a_form_sent_twice_counts_once(house, sign_in, real_now, act):
    complaint, who, typed = begun(house, real_now, act)
    client = sign_in(getattr(house, who))
    typed = {**typed, "form_key": str(uuid4())}
    first, second = (post(client, complaint, act, typed) for _time in range(2))
    assert first.url == second.url == complaint.get_absolute_url()
    assert complaint.steps.filter(act=act).count() == 1
    assert Evidence.objects.count() == (act == Act.ADD_EVIDENCE)


def test_what_is_missing_is_said_where_one_would_rule_or_close(house, sign_in, real_now):
    complaint = house.complaint(now=real_now)
    services.verify(actor=house.supervisor, complaint_id=complaint.pk, findings=WORDS, now=real_now)
    barred = sign_in(house.service_manager).get(complaint.get_absolute_url()).context["barred"]
    assert {choice.act: choice.why for choice in barred}[Act.RULE] == "There is no evidence yet."
    satisfied = house.satisfied(now=real_now)
    barred = sign_in(house.supervisor).get(satisfied.get_absolute_url()).context["barred"]
    assert "Set the cause" in {choice.act: choice.why for choice in barred}[Act.CLOSE]


def test_the_next_act_of_the_course_is_the_primary_one(house, sign_in, real_now):
    complaint = house.apologised(now=real_now)
    page = sign_in(house.supervisor).get(complaint.get_absolute_url())
    assert page.context["primary"]["label"] == Act.RESOLVE.label
    assert sign_in(house.executive).get(complaint.get_absolute_url()).context["primary"] is None


def test_an_unknown_act_is_not_found(house, sign_in, real_now):
    complaint, client = house.complaint(now=real_now), sign_in(house.supervisor)
    for name in ("accept", "join", "nonsense"):
        assert client.get(reverse("complaints:act", args=[complaint.reference, name])).status_code == 404
