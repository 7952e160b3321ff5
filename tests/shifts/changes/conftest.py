"""A published week with two agents of different hours, and whoever files."""

from datetime import timedelta

import pytest

from callcenter.access import Role
from tests.shifts.conftest import MONDAY


def publish_week(desk, monday=MONDAY):
    """Publish a week: the first agent by day, the second late, both with the weekend off; one shift is open."""
    roster = desk.roster(monday)
    desk.one, desk.two = desk.agents[:2]
    desk.shifts = {}
    for number in range(5):
        day = monday + timedelta(days=number)
        desk.shifts[desk.one, number] = desk.shift(desk.one, day, "D")
        desk.shifts[desk.two, number] = desk.shift(desk.two, day, "L")
    desk.open = desk.shift(None, monday + timedelta(days=5), "D")
    desk.publish(roster)
    for shift in (*desk.shifts.values(), desk.open):
        shift.refresh_from_db()
    desk.clerk = desk.house.person("5001", Role.GENERAL_AFFAIRS)
    return desk


@pytest.fixture
def week(desk):
    """Return the published week after the `now` of tests."""
    return publish_week(desk)
