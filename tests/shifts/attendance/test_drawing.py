"""What the statement draws, against the rules written down plainly."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shifts.enums import Attended, PunchKind
from shifts.models import Attendance, Punch
from shifts.services import attendance
from tests.shifts.attendance.conftest import MONDAY, at

GRACE = timedelta(hours=4)
TUESDAY = MONDAY + timedelta(days=1)
# A day's shift and the night's after it, five hours apart: between them the nearer one has a mark.
SHIFTS = {"D": (at(9), at(17)), "N": (at(22), at(6, day=TUESDAY))}
EVENING = at(19, 30)
marks = st.lists(
    st.tuples(
        st.sampled_from(PunchKind),
        st.integers(0, 30 * 12).map(lambda fifths: at(4) + timedelta(minutes=5 * fifths)),
    ),
    max_size=8,
    unique_by=lambda mark: mark[1],
)


def expected(code: str, punches: list[tuple[PunchKind, datetime]], now: datetime):
    """Return what came of a shift: result, minutes late and early, came and left; None before anything is known."""
    begins, ends = SHIFTS[code]
    opens, closes = (begins - GRACE, EVENING) if code == "D" else (EVENING, ends + GRACE)
    mine = sorted((when, kind) for kind, when in punches if opens <= when < closes)
    came = next((when for when, kind in mine if kind == PunchKind.IN), None)
    left = mine[-1][0] if mine and mine[-1][1] == PunchKind.OUT else None
    if not came and not left:
        return (Attended.ABSENT, 0, 0, None, None) if now >= begins + timedelta(hours=2) else None
    late = max(int((came - begins).total_seconds() // 60), 0) if came else 0
    early = max(int((ends - left).total_seconds() // 60), 0) if left and now >= ends else 0
    result = {
        (False, False): Attended.PRESENT,
        (True, False): Attended.LATE,
        (False, True): Attended.LEFT_EARLY,
        (True, True): Attended.LATE_AND_EARLY,
    }[bool(late), bool(early)]
    return result, late, early, came, left


@pytest.fixture
def two(desk):
    """Return the keys of the two shifts by their pattern."""
    roster = desk.roster(MONDAY)
    made = {code: desk.shift(desk.house.agent, MONDAY, code) for code in SHIFTS}
    desk.publish(roster)
    return {code: shift.pk for code, shift in made.items()}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(punches=marks, hours=st.integers(4, 40))
def test_the_statement_draws_what_the_rules_say(desk, two, punches, hours):
    now = at(0) + timedelta(hours=hours)
    punches = [mark for mark in punches if mark[1] <= now]
    Punch.objects.all().delete()
    Attendance.objects.all().delete()
    Punch.objects.bulk_create(Punch(person=desk.house.agent, kind=kind, at=when) for kind, when in punches)
    attendance.sweep_attendance(now=now)
    rows = {row.shift_id: row for row in Attendance.objects.all()}
    for code, shift in two.items():
        row = rows.get(shift)
        drawn = row and (row.result, row.late_minutes, row.early_minutes, row.came_at, row.left_at)
        wanted = expected(code, punches, now)
        # A shift that has not begun is not looked at before its first mark is made through the clock.
        if now <= SHIFTS[code][0]:
            continue
        assert drawn == wanted
    assert attendance.sweep_attendance(now=now) == 0
    assert {row.pk for row in rows.values()} == set(Attendance.objects.values_list("pk", flat=True))
