"""Clocking in and out, what follows from it by rule, and corrections."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from agents.models import User
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox.models import Message
from shifts.enums import Attended, CorrectionState, LeaveState, PunchKind
from shifts.models import Attendance, Correction, Leave, LeaveType, Punch, SiteRules
from shifts.services import attendance, occupying
from shifts.services.rules import site_rules
from tests.shifts.attendance.conftest import MONDAY, at


def clock(person, kind: PunchKind, when: datetime):
    """Clock somebody in or out."""
    return attendance.clock(actor=person, kind=kind, now=when)


def attended(shift) -> Attendance:
    """Return the attendance of a shift."""
    return Attendance.objects.get(shift=shift)


def test_who_comes_and_goes_in_time_is_present(desk, shift):
    clock(desk.house.agent, PunchKind.IN, at(8, 55))
    clock(desk.house.agent, PunchKind.OUT, at(17))
    row = attended(shift)
    assert (row.result, row.late_minutes, row.early_minutes) == (Attended.PRESENT, 0, 0)
    assert (row.came_at, row.left_at, row.day) == (at(8, 55), at(17), MONDAY)


@pytest.mark.parametrize(
    ("came", "left", "result", "minutes"),
    [
        (at(9, 0) + timedelta(seconds=59), at(17), Attended.PRESENT, (0, 0)),
        (at(9, 7), at(17), Attended.LATE, (7, 0)),
        (at(8, 50), at(16, 30), Attended.LEFT_EARLY, (0, 30)),
        (at(9, 30), at(16, 59), Attended.LATE_AND_EARLY, (30, 1)),
    ],
)
def test_minutes_late_and_early_are_counted_whole(desk, shift, came, left, result, minutes):
    clock(desk.house.agent, PunchKind.IN, came)
    clock(desk.house.agent, PunchKind.OUT, left)
    attendance.sweep_attendance(now=at(17, 1))
    row = attended(shift)
    assert (row.result, (row.late_minutes, row.early_minutes)) == (result, minutes)


def test_going_out_for_lunch_is_no_early_leaving_and_a_forgotten_mark_is_not_guessed(desk, shift):
    for kind, when in ((PunchKind.IN, at(9)), (PunchKind.OUT, at(12)), (PunchKind.IN, at(13))):
        clock(desk.house.agent, kind, when)
    attendance.sweep_attendance(now=at(18))
    row = attended(shift)
    assert (row.result, row.left_at) == (Attended.PRESENT, None)


def test_clocking_in_twice_is_one_mark_and_the_next_shift_is_another(desk, shift):
    first = clock(desk.house.agent, PunchKind.IN, at(8, 50))
    again = clock(desk.house.agent, PunchKind.IN, at(9, 10))
    assert (first.is_new, again.is_new, again.punch) == (True, False, first.punch)
    assert Punch.objects.count() == 1
    tomorrow = clock(desk.house.agent, PunchKind.IN, at(9, day=MONDAY + timedelta(days=1)))
    assert (tomorrow.is_new, tomorrow.shift) == (True, None)


def test_an_absence_is_told_once_to_the_lead_and_ends_when_the_agent_comes(desk, shift):
    assert attendance.sweep_attendance(now=at(10, 59)) == 0
    assert attendance.sweep_attendance(now=at(11)) == 1
    assert attendance.sweep_attendance(now=at(11, 1)) == 0
    told = Message.objects.filter(template="shifts/notify/absent")
    assert {message.recipient for message in told} == {desk.house.lead}
    assert attended(shift).result == Attended.ABSENT
    clock(desk.house.agent, PunchKind.IN, at(11, 30))
    assert (attended(shift).result, attended(shift).late_minutes) == (Attended.LATE, 150)


def test_leave_moves_what_is_expected_and_takes_the_whole_shift_away(desk, shift):
    kind = LeaveType.objects.create(code="annual", name="Annual leave", is_limited=False)
    facts = {"person": desk.house.agent, "type": kind, "state": LeaveState.APPROVED, "minutes": 120}
    decided = {"decided_by": desk.house.lead, "decided_at": desk.now}
    asked = {"requested_by": desk.house.agent, "requested_at": desk.now}
    morning = Leave.objects.create(starts_at=at(9), ends_at=at(11), **facts, **decided, **asked)
    occupying.enter_leave(morning)
    clock(desk.house.agent, PunchKind.IN, at(11))
    attendance.sweep_attendance(now=at(18))
    row = attended(shift)
    assert (row.result, row.begins_at, row.late_minutes) == (Attended.PRESENT, at(11), 0)
    rest = Leave.objects.create(starts_at=at(11), ends_at=at(17), **facts, **decided, **asked)
    occupying.enter_leave(rest)
    attendance.sweep_attendance(now=at(18, 30))
    assert not Attendance.objects.exists()


def test_another_rule_changes_no_day_that_was_drawn(desk, shift):
    clock(desk.house.agent, PunchKind.IN, at(9, 10))
    site_rules(desk.site)
    SiteRules.objects.update(late_minutes=15)
    attendance.sweep_attendance(now=at(18))
    assert attended(shift).late_minutes == 10


def test_a_night_belongs_to_the_day_on_which_it_begins(desk):
    roster = desk.roster(MONDAY)
    night = desk.shift(desk.house.agent, MONDAY, "N")
    next_day = desk.shift(desk.house.agent, MONDAY + timedelta(days=1), "L")
    desk.publish(roster)
    clock(desk.house.agent, PunchKind.IN, at(21, 50))
    clock(desk.house.agent, PunchKind.OUT, at(6, 0, day=MONDAY + timedelta(days=1)))
    clock(desk.house.agent, PunchKind.IN, at(12, 55, day=MONDAY + timedelta(days=1)))
    attendance.sweep_attendance(now=at(23, day=MONDAY + timedelta(days=1)))
    assert (attended(night).day, attended(night).result) == (MONDAY, Attended.PRESENT)
    assert attended(next_day).came_at == at(12, 55, day=MONDAY + timedelta(days=1))


def ask(desk, shift, **given) -> Correction:
    """Ask for a correction of the agent's shift."""
    facts = {"came_at": at(9), "left_at": None, "reason": "The gate was shut.", "now": at(18), **given}
    return attendance.ask_correction(actor=facts.pop("actor", desk.house.agent), shift_id=shift.pk, **facts)


def test_an_approved_correction_counts_and_the_person_is_told(desk, shift):
    clock(desk.house.agent, PunchKind.IN, at(9, 40))
    correction = ask(desk, shift, left_at=at(17, 5))
    asked = Message.objects.filter(template="shifts/notify/correction_asked")
    assert {message.recipient for message in asked} == {desk.house.lead}
    attendance.approve_correction(actor=desk.house.lead, correction_id=correction.pk, now=at(19))
    row = attended(shift)
    assert (row.result, row.came_at, row.left_at) == (Attended.PRESENT, at(9), at(17, 5))
    told = Message.objects.filter(template="shifts/notify/correction_decided")
    assert {message.recipient for message in told} == {desk.house.agent}
    assert Punch.objects.get(at=at(9, 40)).correction is None


def test_nobody_decides_about_themself_and_nothing_twice(desk, shift):
    correction = ask(desk, shift)
    for actor in (desk.house.agent, desk.house.colleague):
        with pytest.raises(NotAllowed):
            attendance.approve_correction(actor=actor, correction_id=correction.pk, now=at(19))
    with pytest.raises(DomainError, match="reason"):
        attendance.refuse_correction(
            actor=desk.house.lead, correction_id=correction.pk, decision=" ", now=at(19)
        )
    attendance.refuse_correction(
        actor=desk.house.lead, correction_id=correction.pk, decision="No.", now=at(19)
    )
    with pytest.raises(Conflict):
        attendance.approve_correction(actor=desk.house.lead, correction_id=correction.pk, now=at(20))
    assert not Punch.objects.exists()


def test_one_correction_of_a_shift_waits_and_can_be_taken_back(desk, shift):
    first = ask(desk, shift)
    with pytest.raises(Conflict):
        ask(desk, shift)
    attendance.take_back_correction(actor=desk.house.agent, correction_id=first.pk, now=at(18))
    assert ask(desk, shift).state == CorrectionState.ASKED


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"came_at": None}, "came_at"),
        ({"left_at": at(8)}, "left_at"),
        ({"came_at": at(18, 30)}, "came_at"),
        ({"came_at": at(4)}, "came_at"),
        ({"reason": ""}, "reason"),
        ({"now": at(9, day=date(2027, 1, 20))}, "shift"),
    ],
)
def test_what_cannot_be_true_is_refused_by_name(desk, shift, given, field):
    with pytest.raises(DomainError) as refused:
        ask(desk, shift, **given)
    assert refused.value.field == field


def test_a_shift_of_somebody_else_is_not_there(desk, shift):
    with pytest.raises(DomainError, match="no shift of yours"):
        ask(desk, shift, actor=desk.house.colleague)


def test_many_presses_at_once_are_one_mark(committed_desk):
    desk = committed_desk
    roster = desk.roster(MONDAY)
    desk.shift(desk.house.agent, MONDAY)
    desk.publish(roster)

    def press(_number: int) -> bool:
        try:
            return clock(User.objects.get(pk=desk.house.agent.pk), PunchKind.IN, at(8, 50)).is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(8))) == [False] * 7 + [True]
    assert Punch.objects.count() == 1
