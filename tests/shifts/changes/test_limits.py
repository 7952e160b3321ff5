"""Rest, days in a row and minutes a week, of one person's shifts."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from shifts.limits import Code, Limits, Span, added, broken

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 30)
LIMITS = Limits()


def at(day: int, hour: int, hours: float = 9, working: int = 480) -> Span:
    """Return a shift `day` days after the Monday, from `hour` local time on."""
    on = MONDAY + timedelta(days=day)
    starts = datetime(on.year, on.month, on.day, tzinfo=ZONE) + timedelta(hours=hour)
    return Span(starts.astimezone(UTC), (starts + timedelta(hours=hours)).astimezone(UTC), on, working)


def codes(*spans: Span) -> list[tuple[str, date, int]]:
    return [(one.code, one.day, one.found) for one in broken(spans, LIMITS, ZONE)]


def test_an_ordinary_week_breaks_nothing():
    assert codes(*(at(day, 9) for day in range(5))) == []


def test_a_morning_after_a_night_breaks_rest_and_eleven_hours_keep_it():
    assert codes(at(0, 22, 8), at(1, 16, 8)) == [("rest", MONDAY + timedelta(days=1), 600)]
    assert codes(at(0, 22, 8), at(1, 17, 8)) == []


def test_two_at_once_are_an_overlap_whatever_the_order_in_which_they_come():
    assert codes(at(0, 13), at(0, 9)) == [("overlap", MONDAY, 300)]


def test_the_seventh_day_in_a_row_is_one_too_many_even_over_the_turn_of_the_week():
    row = [at(day, 9, working=300) for day in range(2, 9)]
    assert codes(*row) == [("days", MONDAY + timedelta(days=8), 7)]
    assert codes(*row[:6]) == []


def test_a_week_has_its_minutes_and_a_night_counts_where_it_begins():
    week = [at(day, 22, 8) for day in (0, 1, 2, 3, 4, 6)]
    assert codes(*week) == [("week", MONDAY, 2880)]
    assert codes(*week[:5], at(7, 22, 8)) == []


def test_only_what_a_change_brings_or_worsens_is_added():
    before = broken([at(0, 13), at(1, 8)], LIMITS, ZONE)
    same = broken([at(0, 13), at(1, 8), at(4, 9)], LIMITS, ZONE)
    worse = broken([at(0, 13), at(1, 7)], LIMITS, ZONE)
    better = broken([at(0, 13), at(1, 8.5)], LIMITS, ZONE)
    assert before
    assert added(before, same) == []
    assert [one.code for one in added(before, worse)] == [Code.REST]
    assert added(before, better) == []


@pytest.mark.parametrize("language", ["en-GB"])
def test_it_says_what_is_broken_and_by_how_much(language):
    with override(language):
        (rest,) = broken([at(0, 13), at(1, 7)], LIMITS, ZONE)
        assert rest.words == "9 h of rest before the shift on 1 Dec 2026 at 07:00; at least 11 h."
        (days,) = broken([at(day, 9, working=300) for day in range(7)], LIMITS, ZONE)
        assert days.words == "7 days in a row on 6 Dec 2026; at most 6."
        (week,) = broken([at(day, 9, working=500) for day in range(5)], LIMITS, ZONE)
        assert week.words == "41 h 40 min of work in the week of 30 Nov 2026; at most 40 h."


spans = st.lists(st.builds(at, st.integers(0, 20), st.integers(0, 23)), max_size=20)


@given(spans)
def test_fewer_shifts_never_break_more(some):
    """Taking a shift out adds no breach of rest, of a week, or of a row."""
    before = {(one.code, one.found) for one in broken(some, LIMITS, ZONE)}
    if not before and some:
        assert broken(some[1:], LIMITS, ZONE) == []


@given(spans)
def test_without_a_breach_of_rest_every_pair_is_eleven_hours_apart(some):
    found = {one.code for one in broken(some, LIMITS, ZONE)}
    apart = all(
        abs_gap >= timedelta(hours=11)
        for at_one, one in enumerate(some)
        for other in some[at_one + 1 :]
        for abs_gap in [max(one.starts_at, other.starts_at) - min(one.ends_at, other.ends_at)]
    )
    assert apart == (not found & {Code.REST, Code.OVERLAP})
