"""Working days counted by the notices of 2025 and 2026 as a person reads them, at any second of both years."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from callcenter.worktime import china

ZONE = ZoneInfo("Asia/Shanghai")


def days(first: str, last: str) -> set[date]:
    """Return the dates from the first to the last."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + timedelta(days=number) for number in range((end - start).days + 1)}


# The notices of the State Council on the holidays of 2025 and of 2026, copied by hand.
OFF = (
    days("2025-01-01", "2025-01-01")
    | days("2025-01-28", "2025-02-04")
    | days("2025-04-04", "2025-04-06")
    | days("2025-05-01", "2025-05-05")
    | days("2025-05-31", "2025-06-02")
    | days("2025-10-01", "2025-10-08")
    | days("2026-01-01", "2026-01-03")
    | days("2026-02-15", "2026-02-23")
    | days("2026-04-04", "2026-04-06")
    | days("2026-05-01", "2026-05-05")
    | days("2026-06-19", "2026-06-21")
    | days("2026-09-25", "2026-09-27")
    | days("2026-10-01", "2026-10-07")
)
MADE_UP = {
    date.fromisoformat(day)
    for day in (
        "2025-01-26",
        "2025-02-08",
        "2025-04-27",
        "2025-09-28",
        "2025-10-11",
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    )
}
WORKED = sorted(
    day
    for day in days("2025-01-01", "2026-12-31")
    if day in MADE_UP or (day.weekday() < 5 and day not in OFF)
)
FIRST = datetime(2025, 1, 1, tzinfo=ZONE).astimezone(UTC)
moments = st.integers(0, 700 * 86400).map(lambda seconds: FIRST + timedelta(seconds=seconds))


def close_of(day: date) -> datetime:
    """Return half past five on that day."""
    return datetime(day.year, day.month, day.day, 17, 30, tzinfo=ZONE)


@given(moments, st.integers(1, 15))
def test_the_day_of_the_start_does_not_count_and_the_last_one_ends_at_its_close(start, count):
    today = start.astimezone(ZONE).date()
    assert china.CN.due_in_days(start, count) == close_of([day for day in WORKED if day > today][count - 1])


@given(moments)
def test_the_same_day_ends_at_the_first_close_of_a_working_day_that_is_still_to_come(start):
    closes = next(close_of(day) for day in WORKED if close_of(day) > start)
    assert china.CN.due_in_days(start, 0) == closes


@given(moments, st.integers(1, 40 * 3600))
def test_working_hours_run_on_those_days_alone(start, amount):
    due, left = start, amount
    for day in WORKED:
        opens = max(start, close_of(day) - timedelta(hours=9))
        here = (close_of(day) - opens).total_seconds()
        if here >= left:
            due = opens + timedelta(seconds=left)
            break
        left -= max(here, 0)
    assert china.CN.due(start, amount) == due
