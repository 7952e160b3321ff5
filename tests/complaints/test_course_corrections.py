"""The cause, and the corrective action that keeps it from coming back; closing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from callcenter.access import Role
from callcenter.errors import Conflict, DomainError, NotAllowed
from complaints import selectors, services
from complaints.enums import (
    ClockKind,
    CorrectionState,
    FollowUpMeans,
    FollowUpOutcome,
    Outcome,
    Status,
    Tier,
)
from complaints.models import Cause, Complaint
from tests.complaints.doing import on, told
from tests.course import cause

IN_A_WEEK = date(2026, 11, 25)


def test_a_retired_cause_is_chosen_no_more(house, now):
    complaint = house.verified(now=now)
    old = Cause.objects.create(code="old", name="Old", retired=True)
    with pytest.raises(DomainError) as refusal:
        services.set_cause(**on(complaint, house.supervisor, now), cause=old)
    assert refusal.value.field == "cause"


def corrected(house, now, *, due_on=IN_A_WEEK, complaint=None):
    """Plan a corrective action: by the supervisor, carried out by the team lead."""
    complaint = complaint or house.satisfied(now=now)
    services.set_cause(**on(complaint, house.supervisor, now), cause=cause())
    correction = services.plan_correction(
        **on(complaint, house.supervisor, now), owner=house.lead, plan="Check each bill twice.", due_on=due_on
    )
    return house.again(complaint), correction


def held(house, now, **more):
    """Plan a corrective action, carry it out, and find that it holds."""
    complaint, correction = corrected(house, now, **more)
    services.carry_out(actor=house.lead, correction_id=correction.pk, done="Since Monday.", now=now)
    services.judge_correction(
        actor=house.service_manager, correction_id=correction.pk, holds=True, verdict="Twenty bills.", now=now
    )
    correction.refresh_from_db()
    return complaint, correction


def test_a_corrective_action_needs_the_cause_and_has_a_clock_until_the_close_of_its_day(house, now):
    complaint = house.satisfied(now=now)
    with pytest.raises(Conflict):
        services.plan_correction(
            **on(complaint, house.supervisor, now), owner=house.lead, plan="Check.", due_on=IN_A_WEEK
        )
    complaint, correction = corrected(house, now, complaint=complaint)
    clock = correction.clock
    assert (clock.kind, clock.keeper) == (ClockKind.CORRECTION, house.lead)
    assert clock.due_at == datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    assert told("correction") == {house.lead}


@pytest.mark.parametrize("day", [date(2026, 11, 17), date(2025, 1, 1)])
def test_a_corrective_action_is_not_planned_for_the_past(house, now, day):
    with pytest.raises(DomainError) as refusal:
        corrected(house, now, due_on=day)
    assert refusal.value.field == "due_on"


def test_its_owner_alone_carries_it_out_and_its_clock_stops(house, now):
    _complaint, correction = corrected(house, now)
    with pytest.raises(NotAllowed):
        services.carry_out(actor=house.supervisor, correction_id=correction.pk, done="Done.", now=now)
    services.carry_out(actor=house.lead, correction_id=correction.pk, done="Since Monday.", now=now)
    correction.refresh_from_db()
    correction.clock.refresh_from_db()
    assert (correction.state, correction.clock.stopped_at) == (CorrectionState.DONE, now)
    assert told("correction_done") == {house.service_manager}


def test_whoever_planned_a_corrective_action_does_not_verify_it(house, now):
    complaint = house.satisfied(now=now)
    services.set_cause(**on(complaint, house.supervisor, now), cause=cause())
    author = house.person("3002", Role.SERVICE_MANAGER, superior=house.executive)
    Complaint.objects.update(handler=author)
    correction = services.plan_correction(
        **on(complaint, author, now), owner=house.lead, plan="Check.", due_on=IN_A_WEEK
    )
    services.carry_out(actor=house.lead, correction_id=correction.pk, done="Done.", now=now)
    judge = {"correction_id": correction.pk, "holds": True, "verdict": "Twenty bills.", "now": now}
    with pytest.raises(NotAllowed):
        services.judge_correction(actor=author, **judge)
    services.judge_correction(actor=house.service_manager, **judge)


def test_a_failed_one_is_replaced_once_and_by_its_own_complaint(house, now):
    complaint, correction = corrected(house, now)
    services.carry_out(actor=house.lead, correction_id=correction.pk, done="Done.", now=now)
    failed = {"holds": False, "verdict": "Three of twenty are wrong.", "now": now}
    services.judge_correction(actor=house.service_manager, correction_id=correction.pk, **failed)
    assert told("correction_failed") == {house.lead, house.supervisor}
    plan = {"owner": house.lead, "plan": "Let the system check.", "due_on": IN_A_WEEK}
    services.plan_correction(**on(complaint, house.supervisor, now), **plan, replaces=correction)
    with pytest.raises(DomainError) as refusal:
        services.plan_correction(**on(complaint, house.supervisor, now), **plan, replaces=correction)
    assert refusal.value.field == "replaces"


def ruled_with_cause(house, at, *, why="billing"):
    complaint = house.ruled(now=at)
    services.set_cause(**on(complaint, house.supervisor, at), cause=cause(why, why))
    return complaint


def test_a_cause_that_comes_back_within_its_days_fails_the_correction_and_opens_the_closed_complaint(
    house, now
):
    complaint, correction = held(house, now, complaint=house.closable(now=now))
    services.close_complaint(**on(complaint, house.supervisor, now), note="")
    assert services.watch_corrections(now=now) == 0
    again = ruled_with_cause(house, now + timedelta(days=30))
    assert services.watch_corrections(now=now + timedelta(days=31)) == 1
    assert services.watch_corrections(now=now + timedelta(days=31)) == 0
    correction.refresh_from_db()
    assert (correction.state, correction.judged_by) == (CorrectionState.FAILED, None)
    assert again.reference in correction.verdict
    assert (house.again(complaint).status, house.again(complaint).closed_at) == (Status.SATISFIED, None)
    assert told("correction_failed") == {house.lead, house.supervisor, house.service_manager}


@pytest.mark.parametrize(
    ("days", "why", "outcome"),
    [(31, "billing", Outcome.VALID), (3, "tone", Outcome.VALID), (3, "billing", Outcome.INVALID)],
)
def test_it_holds_if_the_cause_comes_late_or_is_another_or_the_complaint_was_invalid(
    house, now, days, why, outcome
):
    held(house, now)
    at = now + timedelta(days=days)
    again = house.ruled(now=at, outcome=outcome)
    services.set_cause(**on(again, house.supervisor, at), cause=cause(why, why))
    assert services.watch_corrections(now=at + timedelta(days=60)) == 0


def test_a_valid_complaint_closes_only_when_nothing_is_missing(house, now):
    complaint = house.resolved(now=now, tier=Tier.GROUP)
    assert len(selectors.missing_for_closing(complaint)) == 4
    with pytest.raises(Conflict) as refusal:
        services.close_complaint(**on(complaint, house.regional, now), note="")
    assert "report" in refusal.value.mend
    assert house.again(complaint).closed_at is None
    assert selectors.missing_for_closing(house.closable(now=now, tier=Tier.GROUP)) == []


def test_an_invalid_complaint_closes_once_it_is_explained_and_reported_where_that_is_due(house, now):
    company, group = house.explained(now=now), house.explained(now=now, tier=Tier.GROUP)
    services.close_complaint(**on(company, house.supervisor, now), note="")
    with pytest.raises(Conflict):
        services.close_complaint(**on(group, house.regional, now), note="")
    services.file_report(**on(group, house.regional, now), receiver="The group", text="No rule was broken.")
    services.close_complaint(**on(group, house.regional, now), note="")


def test_three_failed_calls_on_three_days_stand_for_the_customers_word(house, now):
    complaint = house.resolved(now=now)
    services.set_cause(**on(complaint, house.supervisor, now), cause=cause())
    services.hold_to_account(**on(complaint, house.service_manager, now), note="Nobody's fault.")
    services.appoint_caller(**on(complaint, house.supervisor, now), person=house.colleague)
    for day in (0, 0, 1, 2):
        assert len(selectors.missing_for_closing(house.again(complaint))) == 1
        services.follow_up(
            **on(complaint, house.colleague, now + timedelta(days=day)),
            outcome=FollowUpOutcome.NOT_REACHED,
            means=FollowUpMeans.CALL,
        )
    assert selectors.missing_for_closing(house.again(complaint)) == []


def test_a_corrective_action_must_hold_or_be_replaced_by_one_that_does(house, now):
    complaint, correction = corrected(house, now, complaint=house.closable(now=now))
    assert len(selectors.missing_for_closing(complaint)) == 1
    services.carry_out(actor=house.lead, correction_id=correction.pk, done="Done.", now=now)
    judge = {"actor": house.service_manager, "verdict": "Twenty bills.", "now": now}
    services.judge_correction(correction_id=correction.pk, holds=False, **judge)
    assert len(selectors.missing_for_closing(complaint)) == 1
    second = services.plan_correction(
        **on(complaint, house.supervisor, now),
        owner=house.lead,
        plan="Let the system check.",
        due_on=IN_A_WEEK,
        replaces=correction,
    )
    services.carry_out(actor=house.lead, correction_id=second.pk, done="Done.", now=now)
    services.judge_correction(correction_id=second.pk, holds=True, **judge)
    assert selectors.missing_for_closing(complaint) == []


def test_a_report_from_before_the_last_solution_or_a_lower_tier_does_not_count(house, now):
    complaint = house.closable(now=now, tier=Tier.GROUP)
    services.raise_tier(
        **on(complaint, house.regional, now + timedelta(hours=1)), tier=Tier.AUTHORITY, reason="12366 called"
    )
    assert len(selectors.missing_for_closing(house.again(complaint))) == 1
