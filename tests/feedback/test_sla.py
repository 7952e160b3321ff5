from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.worktime import china
from feedback import sla

START = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
HALF_USED = datetime(2026, 11, 20, 1, 15, tzinfo=UTC)
DUE = china.CN.due_in_days(START, 3)


@pytest.mark.parametrize(
    ("now", "state", "hours"),
    [
        (START, "ontime", 34.5),
        (HALF_USED - timedelta(seconds=1), "ontime", 17.25),
        (HALF_USED, "risk", 17.25),
        (datetime(2026, 11, 22, 3, 0, tzinfo=UTC), "risk", 9),
        (DUE - timedelta(seconds=1), "risk", 0),
        (DUE, "late", 0),
        (DUE + timedelta(days=1), "late", -9),
    ],
)
def test_time_left_is_working_time_and_its_state_follows_from_it(now, state, hours):
    left = sla.left(start=START, due=DUE, now=now, hours=china.CN)
    assert left.state == state
    assert left.seconds / 3600 == pytest.approx(hours, abs=0.01)


@given(st.lists(st.integers(0, 20 * 86_400), min_size=2, max_size=2).map(sorted))
def test_as_time_passes_nothing_gets_better(moments):
    order = ["ontime", "risk", "late"]
    earlier, later = (
        sla.left(start=START, due=DUE, now=START + timedelta(seconds=at), hours=china.CN) for at in moments
    )
    assert earlier.seconds >= later.seconds
    assert order.index(earlier.state) <= order.index(later.state)
