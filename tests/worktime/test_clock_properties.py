"""Properties of business time, and a slow oracle that steps through it minute by minute."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.worktime import parsing
from callcenter.worktime.clock import WorkHours

MINUTE = timedelta(minutes=1)
FIRST = datetime(2006, 3, 20, tzinfo=UTC)
DATES = [(FIRST + timedelta(days=number)).date() for number in range(28)]

minutes_of_day = st.integers(0, 24 * 60)


def wall(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def pieces(draw, most=3):
    ends = sorted(draw(st.sets(minutes_of_day, max_size=2 * most)))
    return [[wall(ends[n]), wall(ends[n + 1])] for n in range(0, len(ends) - 1, 2)]


some_dates = st.sampled_from([day.isoformat() for day in DATES])


@st.composite
def calendars(draw):
    weekly = draw(st.dictionaries(st.sampled_from(parsing.WEEKDAYS), pieces(), max_size=7))
    weekly["wed"] = [["09:00", "12:00"], ["13:00", "17:00"]]
    return {
        "timezone": draw(st.sampled_from(["Asia/Shanghai", "America/Los_Angeles", "Europe/London", "UTC"])),
        "weekly": weekly,
        "holidays": draw(st.lists(some_dates, max_size=4)),
        "overrides": draw(st.dictionaries(some_dates, pieces(), max_size=4)),
        "breaks": draw(st.dictionaries(some_dates, pieces(), max_size=4)),
    }


moments = st.integers(0, 21 * 86400).map(lambda seconds: FIRST + timedelta(seconds=seconds))
fine_moments = st.integers(0, 21 * 86400 * 10**6).map(lambda micro: FIRST + timedelta(microseconds=micro))
minutes = st.integers(0, 21 * 1440).map(lambda number: FIRST + number * MINUTE)
amounts = st.integers(1, 60 * 3600)


@lru_cache(maxsize=1)
def utc_minutes():
    return [FIRST + number * MINUTE for number in range(-2 * 1440, 42 * 1440)]


class Oracle:
    """Decides for every minute by itself whether it is worked, from the calendar object and a wall clock."""

    def __init__(self, calendar):
        self.calendar = calendar
        zone = ZoneInfo(calendar["timezone"])
        self.worked = [at for at in utc_minutes() if self._is_worked(at.astimezone(zone))]

    def _is_worked(self, local):
        day, minute = local.date().isoformat(), wall(local.hour * 60 + local.minute)
        if day in self.calendar["holidays"]:
            return False
        hours = self.calendar["weekly"].get(parsing.WEEKDAYS[local.weekday()], [])
        hours = self.calendar["overrides"].get(day, hours)
        rests = self.calendar["breaks"].get(day, [])
        return any(a <= minute < b for a, b in hours) and not any(a <= minute < b for a, b in rests)

    def due(self, start, count):
        if count > 0:
            return [at for at in self.worked if at >= start][count - 1] + MINUTE
        return [at for at in self.worked if at < start][count]

    def elapsed(self, start, end, pauses):
        running = [at for at in self.worked if not any(a <= at < b for a, b in pauses)]
        return 60 * (sum(start <= at < end for at in running) - sum(end <= at < start for at in running))


def steady(calendar):
    """The oracle reads the wall clock, which is no rule for an hour that is skipped or repeated."""
    return calendar | {"timezone": "Asia/Shanghai"}


@settings(deadline=None, max_examples=40)
@given(
    calendars().map(steady), minutes, st.integers(1, 3000), st.lists(st.tuples(minutes, minutes), max_size=3)
)
def test_clock_agrees_with_the_minute_stepping_oracle(calendar, start, count, pairs):
    hours, oracle = WorkHours(parsing.calendar(calendar)), Oracle(calendar)
    pauses = [(min(pair), max(pair)) for pair in pairs]
    end = start + timedelta(minutes=count * 3)
    assert hours.elapsed(start, end, pauses) == oracle.elapsed(start, end, pauses)
    assert hours.elapsed(end, start, pauses) == oracle.elapsed(end, start, pauses)
    if len([at for at in oracle.worked if at >= start]) >= count:
        assert hours.due(start, count * 60) == oracle.due(start, count)
    if len([at for at in oracle.worked if at < start]) >= count:
        assert hours.due(start, -count * 60) == oracle.due(start, -count)
    assert hours.is_working(start) == (start in oracle.worked)


@settings(deadline=None)
@given(calendars(), fine_moments, amounts, st.lists(st.tuples(fine_moments, fine_moments), max_size=4))
def test_elapsed_to_the_due_instant_is_the_amount_with_pauses_too(calendar, start, amount, pairs):
    hours = WorkHours(parsing.calendar(calendar))
    pauses = [(min(pair), max(pair)) for pair in pairs]
    for signed in (amount, -amount):
        assert hours.elapsed(start, hours.due(start, signed, pauses), pauses) == signed


@settings(deadline=None)
@given(calendars(), fine_moments, fine_moments, amounts)
def test_later_start_is_never_due_earlier(calendar, one, other, amount):
    hours = WorkHours(parsing.calendar(calendar))
    early, late = sorted((one, other))
    for signed in (amount, 0, -amount):
        assert hours.due(early, signed) <= hours.due(late, signed)
    for days in (-3, -1, 0, 1, 3):
        assert hours.due_in_days(early, days) <= hours.due_in_days(late, days)


@settings(deadline=None)
@given(calendars(), fine_moments, amounts, some_dates)
def test_another_holiday_never_makes_it_earlier(calendar, start, amount, day):
    plain = WorkHours(parsing.calendar(calendar))
    fewer = WorkHours(parsing.calendar(calendar | {"holidays": [*calendar["holidays"], day]}))
    assert fewer.due(start, amount) >= plain.due(start, amount)
    assert fewer.due_in_days(start, 2) >= plain.due_in_days(start, 2)


@settings(deadline=None)
@given(calendars(), fine_moments, amounts)
def test_due_lies_in_business_time_or_at_a_closing(calendar, start, amount):
    hours = WorkHours(parsing.calendar(calendar))
    due = hours.due(start, amount)
    assert hours.is_working(due - timedelta(microseconds=1))
    assert hours.is_working(hours.due(start, -amount))
    assert hours.is_working(hours.due(start, 0))


@settings(deadline=None)
@given(calendars(), fine_moments, st.integers(1, 12))
def test_day_deadlines_are_the_ends_of_the_dates_listed(calendar, start, days):
    hours = WorkHours(parsing.calendar(calendar))
    ahead, behind = hours.working_dates(start, days)[-1], hours.working_dates(start, -days)[-1]
    zone = hours.spec.zone
    closes, opens = hours.due_in_days(start, days), hours.due_in_days(start, -days)
    assert (closes - timedelta(microseconds=1)).astimezone(zone).date() == ahead
    assert opens.astimezone(zone).date() == behind
    assert hours.elapsed(closes, hours.next_opening(closes)) == 0


@settings(deadline=None)
@given(
    calendars(),
    fine_moments,
    st.lists(st.tuples(fine_moments, fine_moments), min_size=1, max_size=3),
    amounts,
)
def test_pauses_never_make_it_earlier_and_their_order_does_not_matter(calendar, start, pairs, amount):
    hours = WorkHours(parsing.calendar(calendar))
    pauses = [(min(pair), max(pair)) for pair in pairs]
    assert hours.due(start, amount) <= hours.due(start, amount, pauses)
    assert hours.due(start, amount, pauses) == hours.due(start, amount, pauses[::-1])
