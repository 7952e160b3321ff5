"""Logged states, and the adherence that follows from them."""

import io
from datetime import timedelta

import pytest

from callcenter.errors import NotAllowed
from shifts.enums import AgentState, PunchKind
from shifts.models import Attendance, StateSpan
from shifts.selectors import adherence
from shifts.services import attendance
from shifts.services.states import StateRow, record_states
from tests.imports.bring import bring
from tests.shifts.attendance.conftest import MONDAY, at

DAY = [
    (AgentState.AVAILABLE, at(9), at(10)),
    (AgentState.ON_CALL, at(10), at(12)),
    (AgentState.PAUSE, at(12), at(13, 15)),
    (AgentState.AVAILABLE, at(13, 15), None),
    (AgentState.OFFLINE, at(16, 45), None),
]


def batch(person: str = "20401", rows=DAY) -> list[StateRow]:
    """Return rows of a person."""
    return [StateRow(number, person, *facts) for number, facts in enumerate(rows, 1)]


def record(desk, rows, *, now=None, source="acd", actor=None):
    """Record a batch as the supervisor does."""
    return record_states(actor=actor or desk.planner, source=source, rows=rows, now=now or at(18))


@pytest.fixture
def day(desk, shift):
    """Return the attendance of a day that is over, with its states."""
    attendance.clock(actor=desk.house.agent, kind=PunchKind.IN, now=at(9))
    attendance.clock(actor=desk.house.agent, kind=PunchKind.OUT, now=at(17))
    record(desk, batch())
    return Attendance.objects.get(shift=shift)


def test_adherence_is_the_planned_time_in_a_right_state(desk, day):
    assert day.scheduled_seconds == 8 * 3600
    assert day.logged_seconds == 8 * 3600
    # A quarter of an hour too long at lunch, and signed out a quarter too early.
    assert day.right_seconds == 8 * 3600 - 30 * 60


def test_the_slices_say_the_same_as_the_statement(desk, day):
    slices = adherence.slices_of([day.shift_id], now=at(18))[day.shift_id]
    assert adherence.of_slices(slices) == adherence.of_row(day)
    halves = dict(adherence.by_half_hours(slices))
    assert halves[at(13)].right == 15 * 60
    assert sum(one.right for one in halves.values()) == day.right_seconds
    assert slices[0].starts_at == at(9)
    assert slices[-1].ends_at == at(17)


def test_totals_of_team_person_and_day_agree(desk, day):
    rows = Attendance.objects.filter(day=MONDAY)
    for by, name in (("team", "Osmanthus"), ("person", "Person 20401"), ("day", "2026-11-23")):
        (total,) = adherence.totals(rows, by=by)
        assert (total.name, total.shifts, total.adherence) == (name, 1, adherence.of_row(day))


def test_the_same_batch_again_changes_nothing_and_a_correction_of_the_source_counts(desk, day):
    again = record(desk, batch(), now=at(19))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 5)
    corrected = record(desk, batch(rows=[(AgentState.PAUSE, at(12), at(13))]), now=at(19))
    assert corrected.changed == 1
    day.refresh_from_db()
    spans = StateSpan.objects.filter(period__startswith=at(13))
    assert [(one.state, one.period.upper) for one in spans] == [(AgentState.PAUSE, at(13, 15))]


def test_rows_that_cannot_be_taken_are_named(desk, shift):
    rows = [
        StateRow(1, "nobody", AgentState.PAUSE, at(9)),
        StateRow(2, "20401", AgentState.PAUSE, at(9), at(8)),
        StateRow(3, "20401", AgentState.PAUSE, at(19)),
        StateRow(4, "20401", AgentState.PAUSE, at(9), at(10)),
    ]
    outcome = record(desk, rows)
    assert [(row, field) for row, field, _why in outcome.refused] == [
        (1, "person"),
        (2, "ends_at"),
        (3, "starts_at"),
    ]
    other = record(desk, [StateRow(1, "20401", AgentState.OFFLINE, at(9, 30), at(9, 40))], source="door")
    assert "acd" in other.refused[0][2]


def test_who_plans_another_site_brings_nothing_in(desk, shift):
    with pytest.raises(NotAllowed):
        record(desk, batch(), actor=desk.house.lead)


def test_a_state_that_nobody_ended_holds_no_longer_than_a_long_shift(desk, shift):
    record(desk, batch(rows=[(AgentState.AVAILABLE, at(9) - timedelta(hours=10), None)]))
    attendance.sweep_attendance(now=at(18))
    assert Attendance.objects.get(shift=shift).logged_seconds == 6 * 3600


def test_a_file_of_states_comes_in_and_its_bad_rows_are_told(desk, shift):
    body = (
        "工号,状态,开始时间,结束时间\n"
        "20401,示忙,2026-11-23 12:00:00,2026-11-23 13:00:00\n"
        "20401,dancing,2026-11-23 13:00:00,\n"
    )
    given = {"source": "acd", "time_zone": "Asia/Shanghai"}
    batch = bring("states", io.BytesIO(body.encode()), actor=desk.planner, given=given, now=at(18))
    assert (batch.new, batch.rejected) == (1, 1)
    assert "dancing" in batch.rejects.get().reason
    span = StateSpan.objects.get()
    assert (span.state, span.period.lower, span.period.upper) == (AgentState.PAUSE, at(12), at(13))
