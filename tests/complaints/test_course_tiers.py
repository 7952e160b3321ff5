"""Reopening, raising the tier, linking and merging."""

from datetime import UTC, datetime, timedelta

import pytest

from callcenter.access import Role
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox.models import Message, State
from callcenter.worktime.models import Policy
from complaints import services
from complaints.enums import (
    ClockKind,
    Outcome,
    Status,
    Tier,
)
from complaints.models import ClockPolicy
from tests.complaints.doing import on, told
from tests.course import service_rule

DUE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""Close of business on Friday, two working days after the Wednesday of `now`."""


@pytest.mark.parametrize(
    ("bring", "to"), [("satisfied", Status.VALID), ("closed", Status.VALID), ("explained", Status.VERIFIED)]
)
def test_what_was_dealt_with_reopens_where_it_has_to_be_done_anew(house, now, bring, to):
    complaint = getattr(house, bring)(now=now)
    later = now + timedelta(days=2)
    services.reopen(**on(complaint, house.supervisor, later), reason="The customer called again.")
    complaint = house.again(complaint)
    assert (complaint.status, complaint.resolved_at, complaint.closed_at) == (to, None, None)
    assert complaint.clocks.get(kind=ClockKind.RESOLUTION, version=2).starts_at == later


def test_a_reopened_invalid_complaint_is_ruled_otherwise_by_a_second_person_alone(house, now):
    complaint = house.explained(now=now)
    services.reopen(**on(complaint, house.supervisor, now), reason="New evidence.")
    ruling = {"outcome": Outcome.VALID, "opinion": "The second recording tells.", "broken": service_rule()}
    with pytest.raises(NotAllowed):
        services.rule(**on(complaint, house.service_manager, now), **ruling)
    second = house.person("3002", Role.SERVICE_MANAGER, superior=house.executive)
    services.rule(**on(complaint, second, now), **ruling)
    assert house.again(complaint).status == Status.VALID


def test_a_higher_tier_has_its_own_handler_and_keeps_the_start(house, now):
    complaint = house.complaint(now=now, actor=house.agent)
    later = now + timedelta(minutes=10)
    services.raise_tier(
        **on(complaint, house.supervisor, later), tier=Tier.GROUP, reason="Wrote to the group"
    )
    complaint = house.again(complaint)
    assert (complaint.tier, complaint.handler, complaint.responsible) == (2, house.regional, house.regional)
    assert complaint.due_at == DUE
    keepers = {clock.keeper for clock in complaint.clocks.running()}
    assert keepers == {house.regional}
    step = complaint.steps.get(act="raise_tier")
    assert step.facts["handler"] == [str(house.supervisor), str(house.regional)]
    assert house.regional in told("handler")


def test_what_goes_up_to_the_authority_lies_with_the_regional_manager_and_not_with_an_idle_leader(house, now):
    complaint = house.complaint(now=now)
    house.complaint(now=now, tier=Tier.GROUP)
    raised = services.raise_tier(
        **on(complaint, house.supervisor, now), tier=Tier.AUTHORITY, reason="Called 12366"
    )
    assert raised.handler == house.regional


@pytest.mark.parametrize("tier", [Tier.COMPANY, Tier.GROUP])
def test_the_tier_never_falls(house, now, tier):
    complaint = house.complaint(now=now, tier=Tier.GROUP)
    with pytest.raises(DomainError) as refusal:
        services.raise_tier(**on(complaint, house.regional, now), tier=tier, reason="Less")
    assert refusal.value.field == "tier"


def test_tier_three_knows_no_same_day_and_follows_its_own_policy_from_the_same_start(house, now):
    day = Policy.objects.create(code="one_day", name="One day", mode="working_days", amount=1)
    ClockPolicy.objects.filter(kind="resolution", tier=3).update(policy=day)
    complaint = house.complaint(now=now)
    services.raise_tier(**on(complaint, house.supervisor, now), tier=Tier.AUTHORITY, reason="12366")
    complaint = house.again(complaint)
    assert complaint.due_at == DUE - timedelta(days=1)
    assert complaint.clocks.get(kind=ClockKind.SAME_DAY).stopped_at == now


def test_a_passed_deadline_is_not_moved_by_a_higher_tier(house, now):
    complaint = house.complaint(now=now)
    services.sweep_clocks(now=DUE)
    services.raise_tier(**on(complaint, house.regional, DUE), tier=Tier.GROUP, reason="Wrote to the group")
    complaint = house.again(complaint)
    clock = complaint.clocks.get(kind=ClockKind.RESOLUTION)
    assert (complaint.due_at, clock.breached_at, clock.level) == (DUE, DUE, 1)
    assert complaint.responsible == house.regional


def test_a_warning_that_was_given_is_not_repeated_after_the_tier_rose(house, now):
    complaint = house.complaint(now=now)
    clock = complaint.clocks.get(kind=ClockKind.RESOLUTION)
    services.sweep_clocks(now=clock.warn_50_at)
    services.raise_tier(**on(complaint, house.supervisor, clock.warn_50_at), tier=Tier.GROUP, reason="Group")
    clock.refresh_from_db()
    assert clock.next_at == clock.warn_80_at


def test_linked_complaints_tell_of_each_other_and_once_is_enough(house, now):
    first, second = house.complaint(now=now), house.complaint(now=now)
    for one, other in ((first, second), (second, first)):
        services.link(**on(one, house.supervisor, now), other_id=other.pk)
    facts = [complaint.steps.get(act="link").facts for complaint in (first, second)]
    assert facts == [{"other": second.reference}, {"other": first.reference}]
    with pytest.raises(DomainError):
        services.link(**on(first, house.supervisor, now), other_id=first.pk)


def test_merging_keeps_the_earliest_start_and_the_highest_tier_and_stops_the_other_clock(house, now):
    early = house.complaint(now=now, tier=Tier.GROUP, staff_concerned=house.agent)
    late = house.complaint(now=now + timedelta(days=1))
    at = now + timedelta(days=1, hours=1)
    services.merge(**on(early, house.service_manager, at), into_id=late.pk, reason="The same visit.")
    early, late = house.again(early), house.again(late)
    assert (early.status, early.merged_into, early.closed_at) == (Status.MERGED, late, at)
    assert not early.clocks.running().exists()
    assert (late.tier, late.received_at, late.due_at) == (2, now, DUE)
    assert (late.handler, late.staff_concerned) == (house.regional, house.agent)
    assert services.sweep_clocks(now=DUE) > 0


def test_complaints_about_different_people_are_not_merged(house, now):
    first = house.complaint(now=now, staff_concerned=house.agent)
    second = house.complaint(now=now, staff_concerned=house.colleague)
    with pytest.raises(Conflict):
        services.merge(**on(first, house.supervisor, now), into_id=second.pk, reason="The same.")
    assert house.again(first).status == Status.ACCEPTED


def test_what_waits_to_be_told_about_a_complaint_is_called_back_when_it_is_dealt_with(house, now):
    complaint = house.resolved(now=now, actor=house.agent)
    states = dict(Message.objects.filter(topic=complaint.topic).values_list("template", "state"))
    assert states == {
        "complaints/notify/handler": State.CANCELLED,
        "complaints/notify/verified": State.CANCELLED,
    }
