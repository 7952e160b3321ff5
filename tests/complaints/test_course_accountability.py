"""Accountability and what the bulletin tells of it."""

from datetime import date, timedelta

import pytest

from agents import services as people
from agents.models import ConductRecord
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from complaints import services
from complaints.enums import (
    Tier,
)
from complaints.models import CoursePolicy, Liability
from floor.models import Post
from tests.complaints.doing import on
from tests.course import service_rule


def test_a_person_and_the_superior_of_that_day_are_held_to_account_and_may_reply(house, now):
    complaint = house.satisfied(now=now)
    liability = services.hold_to_account(
        **on(complaint, house.service_manager, now), person=house.agent, measure="Spoken warning"
    )
    record = liability.record
    assert (record.person, record.joint_person, record.rule) == (house.agent, house.lead, service_rule())
    assert (record.complaint_reference, record.occurred_on) == (complaint.reference, date(2026, 11, 18))
    assert (record.state, record.account) == ("reply_open", complaint.account)


def test_the_course_tells_of_a_record_without_name_or_measure(house, now):
    complaint = house.satisfied(now=now)
    services.hold_to_account(
        **on(complaint, house.service_manager, now),
        person=house.agent,
        measure="Spoken warning",
        note="Talk first",
    )
    step = complaint.steps.get(act="hold_to_account")
    assert (step.note, list(step.facts)) == ("", ["record"])
    assert "20401" not in str(Entry.objects.get(action="complaint.hold_to_account").details)


def test_nobody_is_held_to_account_twice_and_nobody_at_fault_needs_a_reason(house, now):
    complaint = house.satisfied(now=now)
    decide = on(complaint, house.service_manager, now)
    with pytest.raises(DomainError) as refusal:
        services.hold_to_account(**decide)
    assert refusal.value.field == "note"
    services.hold_to_account(**decide, person=house.agent, measure="Warning")
    with pytest.raises(Conflict):
        services.hold_to_account(**decide, person=house.agent, measure="Warning")
    with pytest.raises(Conflict):
        services.hold_to_account(**decide, note="The system was at fault.")
    services.hold_to_account(**decide, person=house.colleague, measure="Warning")
    assert Liability.objects.count() == 2


def test_on_tier_three_the_executive_alone_holds_to_account(house, now):
    complaint = house.satisfied(now=now, tier=Tier.AUTHORITY)
    with pytest.raises(NotAllowed):
        services.hold_to_account(
            **on(complaint, house.service_manager, now), person=house.agent, measure="Warning"
        )
    services.hold_to_account(**on(complaint, house.executive, now), person=house.agent, measure="Warning")


def settled(house, now, **more):
    """Hold the agent to account and let the times for a reply and an appeal go by."""
    complaint = house.satisfied(now=now)
    services.hold_to_account(
        **on(complaint, house.service_manager, now), person=house.agent, measure="Written warning"
    )
    record = ConductRecord.objects.get()
    people.finish_replies(now=record.reply_until)
    record.refresh_from_db()
    return complaint, record


def test_an_outcome_is_published_once_after_reply_and_appeal_without_customer_and_name(house, now):
    complaint, record = settled(house, now)
    assert services.publish_outcomes(now=record.appeal_until - timedelta(seconds=1)) == 0
    assert services.publish_outcomes(now=record.appeal_until) == 1
    assert services.publish_outcomes(now=record.appeal_until) == 0
    post = Post.objects.get()
    for word in (house.agent.work_number, house.lead.work_number, "Written warning", "Waiting words"):
        assert word in post.text
    for word in (complaint.customer_name, complaint.subject, house.agent.name, complaint.account):
        assert word not in post.text + post.title
    assert (post.source, post.author, post.published_at) == (
        complaint.reference,
        house.service_manager,
        record.appeal_until,
    )


def test_the_name_is_published_where_the_policy_says_so(house, now):
    CoursePolicy.objects.update(names_published=True)
    _complaint, record = settled(house, now)
    services.publish_outcomes(now=record.appeal_until)
    assert house.agent.name in Post.objects.get().text


def test_what_was_lifted_on_appeal_or_concerns_nobody_is_not_published(house, now):
    _complaint, record = settled(house, now)
    people.appeal_conduct(actor=house.agent, record_id=record.pk, text="It was not me.", now=record.final_at)
    people.decide_appeal(
        actor=house.executive,
        record_id=record.pk,
        outcome="lifted",
        decision="So it is.",
        now=record.final_at,
    )
    house.closed(now=now)
    assert services.publish_outcomes(now=now + timedelta(days=60)) == 0
