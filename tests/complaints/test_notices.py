"""The notices of the course, as their readers get them."""

from datetime import date, timedelta

import pytest

from callcenter.outbox.delivery import render
from callcenter.outbox.models import Message
from complaints import services
from complaints.enums import FollowUpOutcome, Tier
from complaints.models import ClockPolicy
from complaints.services.pausing import end_pauses
from tests.complaints.doing import on

NOTICES = {
    "handler",
    "investigator",
    "question",
    "answer",
    "verified",
    "ruled",
    "caller",
    "reopened",
    "correction",
    "correction_done",
    "correction_failed",
    "pause_over",
}


@pytest.fixture
def told(house, now) -> list[Message]:
    """Go through everything that tells somebody."""
    asked = house.complaint(now=now, actor=house.agent, staff_concerned=house.agent)
    question = services.ask(**on(asked, house.supervisor, now), person=house.agent, text="What was said?")
    services.answer(actor=house.agent, question_id=question.pk, text="The price.", now=now)
    services.appoint_investigator(**on(asked, house.supervisor, now), person=house.colleague)
    complaint = house.closable(now=now)
    services.raise_tier(**on(complaint, house.supervisor, now), tier=Tier.GROUP, reason="Wrote to the group")
    correction = services.plan_correction(
        **on(complaint, house.supervisor, now), owner=house.lead, plan="Check.", due_on=date(2026, 11, 25)
    )
    services.carry_out(actor=house.lead, correction_id=correction.pk, done="Done.", now=now)
    services.judge_correction(
        actor=house.service_manager,
        correction_id=correction.pk,
        holds=False,
        verdict="Three are wrong.",
        now=now,
    )
    ClockPolicy.objects.filter(kind="resolution").update(pause_days=3)
    waiting = house.complaint(now=now)
    services.pause(**on(waiting, house.supervisor, now), reason="The bill", until=now + timedelta(hours=1))
    end_pauses(now=now + timedelta(hours=1))
    unhappy = house.resolved(now=now)
    house.call_back(unhappy, FollowUpOutcome.NOT_SATISFIED, now=now + timedelta(hours=1))
    return list(Message.objects.filter(template__startswith="complaints/notify/").select_related("recipient"))


def test_each_notice_says_what_to_do_and_where(told):
    assert {message.template.rpartition("/")[2] for message in told} == NOTICES
    for message in told:
        shown = render(message)
        assert "\n" not in shown.subject.strip()
        assert message.context["path"] in shown.text
        assert "2026-11" not in shown.text, "instants are written as the reader writes them"
        assert "What to do" in shown.text or message.template.endswith(("handler", "answer"))
