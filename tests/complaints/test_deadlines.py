"""When the clocks of a complaint warn and end: weeks with make-up days by hand, and what holds of any calendar."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.worktime import china
from callcenter.worktime.clock import WorkHours
from callcenter.worktime.models import Policy
from complaints import sla
from complaints.enums import ClockKind

ZONE = ZoneInfo("Asia/Shanghai")
HOUR = 3600


def local(text: str) -> datetime:
    """Return the instant that a Chinese wall clock shows so."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


# Received | first response | same day | half and four fifths of the two working days, and their end.
BY_HAND = [
    # Spring Festival 2025: off 28 January to 4 February, made up on Sunday 26 January and Saturday 8 February.
    # 7:30 h are left of the Sunday; half of 25:30 h is 12:45 h, four fifths are 20:24 h.
    ("2025-01-26 10:00", "01-26 10:30", "01-26 17:30", "01-27 13:45", "02-05 12:24", "02-05 17:30"),
    # Ten minutes are left before eight days off.
    ("2025-01-27 17:20", "02-05 08:50", "01-27 17:30", "02-05 17:25", "02-06 13:52", "02-06 17:30"),
    # In the middle of the festival; half of 18 h ends exactly at the close.
    ("2025-02-01 10:00", "02-05 09:00", "02-05 17:30", "02-05 17:30", "02-06 13:54", "02-06 17:30"),
    # The Saturday after is the first working day.
    ("2025-02-07 16:00", "02-07 16:30", "02-07 17:30", "02-08 16:45", "02-10 13:36", "02-10 17:30"),
    # National Day 2025: off 1 to 8 October, made up on Sunday 28 September and Saturday 11 October.
    ("2025-09-28 10:00", "09-28 10:30", "09-28 17:30", "09-29 13:45", "09-30 12:24", "09-30 17:30"),
    ("2025-09-30 17:10", "10-09 08:40", "09-30 17:30", "10-09 17:20", "10-10 13:50", "10-10 17:30"),
    # Half past five is closed already; the next day is a Saturday that works.
    ("2025-10-10 17:30", "10-11 09:00", "10-11 17:30", "10-11 17:30", "10-13 13:54", "10-13 17:30"),
    # Spring Festival 2026: off 15 to 23 February, made up on Saturdays 14 and 28 February.
    ("2026-02-14 09:00", "02-14 09:30", "02-14 17:30", "02-24 13:15", "02-25 12:12", "02-25 17:30"),
    ("2026-02-20 10:00", "02-24 09:00", "02-24 17:30", "02-24 17:30", "02-25 13:54", "02-25 17:30"),
    ("2026-02-27 16:30", "02-27 17:00", "02-27 17:30", "02-28 17:00", "03-02 13:42", "03-02 17:30"),
    # National Day 2026: off 1 to 7 October, made up on Sunday 20 September and Saturday 10 October.
    ("2026-09-20 10:00", "09-20 10:30", "09-20 17:30", "09-21 13:45", "09-22 12:24", "09-22 17:30"),
    # The half hour ends exactly at the close, and not at the next opening.
    ("2026-09-30 17:00", "09-30 17:30", "09-30 17:30", "10-08 17:15", "10-09 13:48", "10-09 17:30"),
    ("2026-10-09 17:00", "10-09 17:30", "10-09 17:30", "10-10 17:15", "10-12 13:48", "10-12 17:30"),
]


@pytest.mark.parametrize(
    ("received", "response", "same_day", "half", "four_fifths", "due"),
    BY_HAND,
    ids=[row[0] for row in BY_HAND],
)
def test_the_clocks_of_a_complaint_in_weeks_with_make_up_days(
    house, now, received, response, same_day, half, four_fifths, due
):
    complaint = house.complaint(now=now, received_at=local(received))
    clocks = {clock.kind: clock for clock in complaint.clocks.all()}
    year = received[:5]
    resolution = clocks[ClockKind.RESOLUTION]
    assert clocks[ClockKind.RESPONSE].due_at == local(year + response)
    assert clocks[ClockKind.SAME_DAY].due_at == local(year + same_day)
    assert resolution.warn_50_at == local(year + half)
    assert resolution.warn_80_at == local(year + four_fifths)
    assert complaint.due_at == resolution.due_at == local(year + due)
    assert not any(clock.provisional for clock in clocks.values())


POLICIES = {
    ClockKind.RESPONSE: Policy(mode="working_seconds", amount=HOUR // 2),
    ClockKind.SAME_DAY: Policy(mode="working_days", amount=0),
    ClockKind.RESOLUTION: Policy(mode="working_days", amount=2),
}
FIRST = local("2025-01-01 00:00")
moments = st.integers(0, 690 * 86400).map(lambda seconds: FIRST + timedelta(seconds=seconds))
dates = st.integers(0, 700).map(lambda number: date(2025, 1, 1) + timedelta(days=number))
kinds = st.sampled_from(list(POLICIES))
spans = st.sampled_from(
    [
        ((9 * HOUR, 12 * HOUR), (13 * HOUR, 18 * HOUR)),
        ((20 * HOUR, 24 * HOUR),),
    ]
)


@st.composite
def calendars(draw):
    """China's calendar with a company's own exceptions: days off, days on which it works all the same, other hours."""
    spec = replace(
        china.CN.spec,
        holidays=frozenset(draw(st.sets(dates, max_size=5))),
        worked=frozenset(draw(st.sets(dates, max_size=5))),
        overrides=draw(st.dictionaries(dates, spans, max_size=5)),
        breaks=draw(st.dictionaries(dates, st.just(((12 * HOUR, 13 * HOUR),)), max_size=5)),
    )
    return WorkHours(spec)


@settings(deadline=None)
@given(calendars(), moments, kinds)
def test_every_mark_lies_in_business_time_or_at_a_close_and_they_are_in_order(hours, start, kind):
    due = POLICIES[kind].due(start, hours).at
    marks = sla.marks(start, due, hours, sla.WARNS[kind])
    instants = [marks.warn_50_at, marks.warn_80_at, marks.due_at]
    assert all(hours.is_working(at - timedelta(microseconds=1)) for at in instants)
    assert all(earlier <= later for earlier, later in pairwise([start, *instants]))
    if kind != ClockKind.RESPONSE:
        assert not hours.is_working(due), "whole days end at a close of business"


@settings(deadline=None)
@given(calendars(), moments, kinds, st.integers(0, 20))
def test_a_day_off_more_never_makes_a_deadline_earlier(hours, start, kind, later):
    day = start.astimezone(ZONE).date() + timedelta(days=later)
    spec = hours.spec
    fewer = WorkHours(replace(spec, holidays=spec.holidays | {day}, worked=spec.worked - {day}))
    assert POLICIES[kind].due(start, fewer).at >= POLICIES[kind].due(start, hours).at


@settings(deadline=None)
@given(calendars(), moments, kinds, st.integers(0, 5 * 86400))
def test_what_is_received_later_is_never_due_earlier(hours, start, kind, seconds):
    policy = POLICIES[kind]
    assert policy.due(start, hours).at <= policy.due(start + timedelta(seconds=seconds), hours).at


@settings(deadline=None)
@given(calendars(), moments, kinds, st.tuples(st.integers(0, 3 * 86400), st.integers(1, 3 * 86400)))
def test_a_pause_moves_a_clock_by_its_business_time_and_never_back(hours, start, kind, pause):
    since = start + timedelta(seconds=pause[0])
    until = since + timedelta(seconds=pause[1])
    due = POLICIES[kind].due(start, hours).at
    marks = sla.marks(start, due, hours, sla.WARNS[kind])
    moved = marks.moved([(since, until)], hours)
    paused = hours.elapsed(since, until)
    assert moved.due_at >= marks.due_at
    if due > since:
        assert hours.elapsed(due, moved.due_at) == paused
    else:
        assert moved.due_at == due
