"""Verification, ruling and follow-up: what each step needs, writes and tells."""

from datetime import UTC, datetime, timedelta

import pytest

from agents import services as people
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox.models import Message
from complaints import services
from complaints.enums import (
    ClockKind,
    EvidenceKind,
    FollowUpOutcome,
    Outcome,
    Status,
)
from tests.complaints.doing import on, told

DUE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""Close of business on Friday, two working days after the Wednesday of `now`."""


def test_the_first_word_with_the_customer_stops_the_clock_of_the_first_response_alone(house, now):
    complaint = house.complaint(now=now, actor=house.agent)
    services.respond(**on(complaint, house.supervisor, now), note="We look into it.")
    running = set(complaint.clocks.running().values_list("kind", flat=True))
    assert running == {ClockKind.SAME_DAY, ClockKind.RESOLUTION}


def test_an_investigator_without_conflict_is_appointed_and_told(house, now):
    complaint = house.complaint(now=now, staff_concerned=house.lead)
    with pytest.raises(DomainError) as refusal:
        services.appoint_investigator(**on(complaint, house.supervisor, now), person=house.agent)
    assert refusal.value.field == "person"
    services.appoint_investigator(**on(complaint, house.supervisor, now), person=house.supervisor)
    assert told("investigator") == {house.supervisor}


def test_whoever_is_asked_learns_of_the_question_and_not_of_the_complaint(house, now):
    complaint = house.complaint(now=now, staff_concerned=house.agent)
    question = services.ask(**on(complaint, house.supervisor, now), person=house.agent, text="What was said?")
    notice = Message.objects.get(recipient=house.agent, channel="in_app")
    assert complaint.reference not in notice.context["path"]
    assert "subject" not in notice.context
    services.answer(actor=house.agent, question_id=question.pk, text="The price.", now=now)
    assert told("answer") == {house.supervisor}
    with pytest.raises(NotAllowed):
        services.answer(actor=house.agent, question_id=question.pk, text="Twice.", now=now)


def test_verified_it_asks_the_service_managers_for_a_ruling(house, now):
    house.verified(now=now)
    assert told("verified") == {house.service_manager}


def test_there_is_no_ruling_without_evidence(house, now):
    complaint = house.complaint(now=now)
    services.verify(**on(complaint, house.supervisor, now), findings="It was so.")
    ruling = {"outcome": Outcome.INVALID, "opinion": "No rule was broken."}
    with pytest.raises(Conflict):
        services.rule(**on(complaint, house.service_manager, now), **ruling)
    services.add_evidence(
        **on(complaint, house.supervisor, now), kind=EvidenceKind.RECORDING, reference="acd/9"
    )
    services.rule(**on(complaint, house.service_manager, now), **ruling)
    assert house.again(complaint).status == Status.INVALID


def test_valid_names_the_rule_and_the_handler_is_told(house, now):
    complaint = house.verified(now=now)
    with pytest.raises(DomainError) as refusal:
        services.rule(
            **on(complaint, house.service_manager, now), outcome=Outcome.VALID, opinion="So it was."
        )
    assert refusal.value.field == "broken"
    house.ruled(now=now)
    assert told("ruled") == {house.supervisor}


def test_a_second_person_turns_a_ruling_round_and_what_had_ended_starts_again(house, now):
    complaint = house.resolved(now=now)
    changed = {"outcome": Outcome.INVALID, "opinion": "The recording is of another call."}
    with pytest.raises(NotAllowed):
        services.change_ruling(**on(complaint, house.service_manager, now), **changed)
    services.change_ruling(**on(complaint, house.executive, now), **changed)
    complaint = house.again(complaint)
    versions = complaint.clocks.filter(kind=ClockKind.RESOLUTION).order_by("version")
    assert (complaint.status, complaint.resolved_at) == (Status.INVALID, None)
    assert [clock.stopped_at for clock in versions] == [now, None]
    assert [ruling.by for ruling in complaint.rulings.order_by("pk")] == [
        house.service_manager,
        house.executive,
    ]


def test_a_ruling_on_which_a_conduct_record_rests_turns_only_once_that_is_taken_back(house, now):
    complaint = house.satisfied(now=now)
    liability = services.hold_to_account(
        **on(complaint, house.service_manager, now), person=house.agent, measure="Warning"
    )
    turn = {"outcome": Outcome.INVALID, "opinion": "It was not so."}
    with pytest.raises(Conflict):
        services.change_ruling(**on(complaint, house.executive, now), **turn)
    people.withdraw_conduct(
        actor=house.service_manager, record_id=liability.record_id, reason="Mistaken", now=now
    )
    services.change_ruling(**on(complaint, house.executive, now), **turn)


def test_not_satisfied_it_reopens_one_level_up_on_a_new_clock_and_the_first_result_stands(house, now):
    complaint = house.resolved(now=now)
    later = now + timedelta(days=1)
    house.call_back(complaint, FollowUpOutcome.NOT_SATISFIED, now=later)
    complaint = house.again(complaint)
    first, second = complaint.clocks.filter(kind=ClockKind.RESOLUTION).order_by("version")
    assert (complaint.status, complaint.level, complaint.responsible) == (Status.VALID, 1, house.regional)
    assert (first.due_at, first.stopped_at, first.breached_at) == (DUE, now, None)
    assert (second.starts_at, second.level, second.stopped_at) == (later, 1, None)
    assert complaint.due_at == second.due_at > first.due_at
    assert told("reopened") == {house.regional, house.supervisor}
    assert set(
        Message.objects.filter(template="complaints/notify/reopened").values_list("channel", flat=True)
    ) == {
        "in_app",
        "email",
    }


def test_a_callback_agent_is_somebody_else_than_the_handler(house, now):
    complaint = house.resolved(now=now)
    with pytest.raises(DomainError):
        services.appoint_caller(**on(complaint, house.supervisor, now), person=house.supervisor)
