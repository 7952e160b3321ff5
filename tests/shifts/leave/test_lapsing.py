"""A request for leave that nobody decides: who is reminded when, and how it ends."""

from datetime import date, timedelta

import pytest

from callcenter.audit.models import Entry
from callcenter.outbox import delivery
from callcenter.outbox.models import Channel, Message
from callcenter.state import IllegalTransition
from shifts.enums import LeaveState
from shifts.services import leave as services
from shifts.services.leave_lapsing import sweep_leave
from tests.shifts.conftest import MONDAY
from tests.shifts.leave.conftest import at
from tests.shifts.leave.test_course import left_of, told
from tests.shifts.plan.test_at_once import at_once

THURSDAY, FRIDAY = MONDAY + timedelta(days=3), MONDAY + timedelta(days=4)
NEXT_MONDAY = MONDAY + timedelta(days=7)
SECOND = timedelta(seconds=1)


def state(leave) -> str:
    leave.refresh_from_db()
    return leave.state


def mails(leave, event: str) -> int:
    rows = Message.objects.filter(topic=leave.topic, template=f"shifts/notify/leave_{event}")
    return rows.filter(channel=Channel.EMAIL).count()


def test_the_lead_is_reminded_once_as_the_working_day_before_opens(office):
    leave = office.ask(at(NEXT_MONDAY, 9), at(NEXT_MONDAY, 12))
    opens = at(FRIDAY, 8.5)
    assert sweep_leave(now=opens - SECOND) == 0
    assert (sweep_leave(now=opens), sweep_leave(now=opens), sweep_leave(now=at(FRIDAY, 17))) == (1, 0, 0)
    assert (state(leave), told(leave, "waits"), mails(leave, "waits")) == ("requested", {"1101"}, 1)


def test_as_it_begins_it_lapses_gives_the_hours_back_and_both_sides_hear_once(office, smtp):
    leave = office.ask(at(NEXT_MONDAY, 9), at(NEXT_MONDAY, 12))
    begins = at(NEXT_MONDAY, 9)
    sweep_leave(now=at(FRIDAY, 8.5))
    assert (sweep_leave(now=begins - SECOND), left_of(office)) == (0, 77)
    assert (sweep_leave(now=begins), sweep_leave(now=begins)) == (1, 0)
    assert (state(leave), leave.decided_by, left_of(office)) == (LeaveState.LAPSED, None, 80)
    assert (told(leave, "lapsed"), mails(leave, "lapsed")) == ({"1101", "20401"}, 2)
    assert Entry.objects.filter(action="leave.lapsed").count() == 1
    with pytest.raises(IllegalTransition):
        office.approve(leave)
    delivery.drain(now=begins)
    assert {mail["To"] for mail in smtp.mails} >= {"1101@example.org", "20401@example.org"}
    assert not [mail for mail in smtp.mails if "still waits" in mail["Subject"]]


def test_what_is_asked_for_at_the_last_moment_can_be_decided_until_business_closes(office):
    now = at(THURSDAY, 8.9)
    leave = office.ask(at(THURSDAY, 9), at(THURSDAY, 12), type=office.sick, now=now)
    assert sweep_leave(now=at(THURSDAY, 17.5) - SECOND) == 0
    assert sweep_leave(now=at(THURSDAY, 17.5)) == 1
    assert (state(leave), mails(leave, "waits")) == (LeaveState.LAPSED, 0)


def test_what_is_decided_or_withdrawn_neither_reminds_nor_lapses(office):
    refused, taken, approved = (
        office.ask(at(NEXT_MONDAY, hour), at(NEXT_MONDAY, hour + 1)) for hour in (9, 10, 14)
    )
    services.refuse_leave(actor=office.lead, leave_id=refused.pk, decision="Too few.", now=office.now)
    services.withdraw_leave(actor=office.agent, leave_id=taken.pk, now=office.now)
    office.approve(approved)
    assert sweep_leave(now=at(date(2026, 12, 24))) == 0
    assert state(approved) == LeaveState.APPROVED


def test_the_page_says_that_it_lapsed(office, sign_in):
    leave = office.ask(at(NEXT_MONDAY, 9), at(NEXT_MONDAY, 12))
    sweep_leave(now=at(NEXT_MONDAY, 9))
    page = sign_in(office.agent).get(leave.get_absolute_url()).text
    assert page.count("Not decided in time") == 2
    assert "It lapsed: nobody had decided it." in page


def test_of_a_decision_and_two_sweeps_at_the_same_time_one_counts(committed_office):
    office = committed_office
    leave = office.ask(at(NEXT_MONDAY, 9), at(NEXT_MONDAY, 12))
    begins = at(NEXT_MONDAY, 9)
    acts = [lambda: sweep_leave(now=begins), lambda: office.approve(leave), lambda: sweep_leave(now=begins)]
    at_once(acts)
    assert state(leave) in {LeaveState.LAPSED, LeaveState.APPROVED}
    assert mails(leave, "lapsed") == (2 if leave.state == LeaveState.LAPSED else 0)
    assert left_of(office) == (80 if leave.state == LeaveState.LAPSED else 77)
