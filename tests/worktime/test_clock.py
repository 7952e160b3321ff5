"""The rules of business time, each on a case worked by hand."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from callcenter.worktime import parsing
from callcenter.worktime.clock import OutOfRange, WorkHours

# January 2006: the 1st is a Sunday.
WEEK = {
    "mon": [["09:00", "17:00"]],
    "tue": [["10:00", "16:00"]],
    "wed": [["09:00", "12:00"], ["13:00", "17:00"]],
    "thu": [["10:00", "16:00"]],
    "fri": [["09:00", "17:00"]],
    "sat": [["11:00", "14:30"]],
}
ALWAYS = {day: [["00:00", "24:00"]] for day in parsing.WEEKDAYS}


def clock(zone="Etc/UTC", weekly=WEEK, **exceptions):
    return WorkHours(parsing.calendar({"timezone": zone, "weekly": weekly, **exceptions}))


def at(text):
    return parsing.instant(text, "at", UTC)


@pytest.mark.parametrize(
    ("start", "seconds", "due"),
    [
        ("2006-01-02T11:00:00", 19 * 3600, "2006-01-04T17:00:00"),
        ("2006-01-02T16:59:59", 1, "2006-01-02T17:00:00"),
        ("2006-01-02T16:59:59", 2, "2006-01-03T10:00:01"),
        ("2006-01-02T09:00:00", 8 * 3600, "2006-01-02T17:00:00"),
        ("2006-01-01T12:00:00", 60, "2006-01-02T09:01:00"),
        ("2006-01-04T11:59:30", 60, "2006-01-04T13:00:30"),
        ("2006-01-04T15:58:30", 90, "2006-01-04T16:00:00"),
        ("2006-01-07T14:29:00", 61, "2006-01-09T09:00:01"),
        ("2006-01-04T15:58:30.250000", 0.75, "2006-01-04T15:58:31"),
        ("2006-01-02T16:59:59.300000", 0.7, "2006-01-02T17:00:00"),
        ("2006-01-02T16:59:59.999999", 0.000001, "2006-01-02T17:00:00"),
    ],
)
def test_due_forward_counts_business_seconds_only(start, seconds, due):
    assert clock().due(at(start), seconds) == at(due)


@pytest.mark.parametrize(
    ("start", "seconds", "due"),
    [
        ("2006-01-04T17:00:00", -19 * 3600, "2006-01-02T11:00:00"),
        ("2006-01-02T17:00:00", -8 * 3600, "2006-01-02T09:00:00"),
        ("2006-01-03T10:00:00", -1, "2006-01-02T16:59:59"),
        ("2006-01-03T10:00:01", -1, "2006-01-03T10:00:00"),
        ("2006-01-03T03:00:00", -60, "2006-01-02T16:59:00"),
        ("2006-01-04T13:00:30", -60, "2006-01-04T11:59:30"),
        ("2006-01-08T12:00:00", -3.5 * 3600, "2006-01-07T11:00:00"),
    ],
)
def test_due_backward_ends_at_the_opening_not_at_the_close_before(start, seconds, due):
    assert clock().due(at(start), seconds) == at(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2006-01-02T12:00:00.5", "2006-01-02T12:00:00.5"),
        ("2006-01-02T09:00:00", "2006-01-02T09:00:00"),
        ("2006-01-02T17:00:00", "2006-01-03T10:00:00"),
        ("2006-01-07T20:00:00", "2006-01-09T09:00:00"),
        ("2006-01-04T12:30:00", "2006-01-04T13:00:00"),
    ],
)
def test_due_of_nothing_is_the_start_or_the_next_opening(start, due):
    assert clock().due(at(start), 0) == at(due)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2006-01-02T00:00:00", 2, "2006-01-04T17:00:00"),
        ("2006-01-02T23:59:59", 2, "2006-01-04T17:00:00"),
        ("2006-01-07T08:00:00", 1, "2006-01-09T17:00:00"),
        ("2006-01-08T08:00:00", 2, "2006-01-10T16:00:00"),
        ("2006-01-04T08:00:00", -1, "2006-01-03T10:00:00"),
        ("2006-01-08T08:00:00", -1, "2006-01-07T11:00:00"),
        ("2006-01-09T08:00:00", -2, "2006-01-06T09:00:00"),
    ],
)
def test_due_in_days_does_not_count_the_day_of_the_start(start, days, due):
    assert clock().due_in_days(at(start), days) == at(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2006-01-04T08:00:00", "2006-01-04T17:00:00"),
        ("2006-01-04T16:59:59", "2006-01-04T17:00:00"),
        ("2006-01-04T17:00:00", "2006-01-05T16:00:00"),
        ("2006-01-08T12:00:00", "2006-01-09T17:00:00"),
    ],
)
def test_due_in_no_days_is_the_same_day_or_after_hours_the_next_working_day(start, due):
    assert clock().due_in_days(at(start), 0) == at(due)
    assert clock().next_close(at(start)) == at(due)


def test_due_in_days_counts_local_dates_not_utc_ones():
    shanghai = clock("Asia/Shanghai")
    assert shanghai.due_in_days(at("2006-01-02T15:59:59Z"), 1) == at("2006-01-03T08:00:00Z")
    assert shanghai.due_in_days(at("2006-01-02T16:00:00Z"), 1) == at("2006-01-04T09:00:00Z")


@pytest.mark.parametrize(
    ("instant", "working"),
    [
        ("2006-01-02T08:59:59.999999", False),
        ("2006-01-02T09:00:00", True),
        ("2006-01-02T16:59:59.999999", True),
        ("2006-01-02T17:00:00", False),
        ("2006-01-04T12:00:00", False),
        ("2006-01-04T13:00:00", True),
        ("2006-01-01T12:00:00", False),
    ],
)
def test_is_working_is_half_open(instant, working):
    assert clock().is_working(at(instant)) is working


def test_elapsed_counts_business_seconds_and_is_negative_backward():
    assert clock().elapsed(at("2006-01-01"), at("2006-01-08")) == (8 + 6 + 7 + 6 + 8 + 3.5) * 3600
    assert clock().elapsed(at("2006-01-08"), at("2006-01-01")) == -38.5 * 3600
    assert clock().elapsed(at("2006-01-02T16:59:59.75"), at("2006-01-03T10:00:00.5")) == 0.75


def test_working_dates_lists_those_after_or_before_the_local_date():
    dates = clock(holidays=["2006-01-03"]).working_dates
    assert dates(at("2006-01-02T12:00"), 2) == [date(2006, 1, 4), date(2006, 1, 5)]
    assert dates(at("2006-01-09T12:00"), -3) == [date(2006, 1, 7), date(2006, 1, 6), date(2006, 1, 5)]
    assert dates(at("2006-01-09T12:00"), 0) == []


def test_precedence_is_holiday_then_override_then_weekly_hours_less_breaks():
    hours = clock(
        holidays=["2006-01-02"],
        overrides={"2006-01-02": [["09:00", "12:00"]], "2006-01-08": [["09:00", "12:00"]], "2006-01-06": []},
        breaks={"2006-01-02": [["10:00", "10:30"]], "2006-01-08": [["10:00", "10:30"]]},
    )
    assert hours.working_dates(at("2006-01-01"), 5) == [date(2006, 1, day) for day in (3, 4, 5, 7, 8)]
    assert hours.elapsed(at("2006-01-08"), at("2006-01-09")) == 2.5 * 3600
    assert hours.due(at("2006-01-08T09:59:59"), 2) == at("2006-01-08T10:30:01")


def test_date_that_breaks_leave_empty_is_no_working_date():
    hours = clock(breaks={"2006-01-03": [["08:00", "13:00"], ["12:00", "18:00"]]})
    assert hours.working_dates(at("2006-01-02T12:00"), 1) == [date(2006, 1, 4)]
    assert hours.due_in_days(at("2006-01-02T12:00"), 1) == at("2006-01-04T17:00")


def test_pause_moves_the_deadline_by_the_business_time_it_covers():
    pauses = [
        (at("2006-01-02T16:00"), at("2006-01-03T11:00")),
        (at("2006-01-03T10:30"), at("2006-01-03T12:00")),
    ]
    assert clock().due(at("2006-01-02T15:00"), 2 * 3600, pauses) == at("2006-01-03T13:00")
    assert clock().elapsed(at("2006-01-02T15:00"), at("2006-01-03T13:00"), pauses) == 2 * 3600


def test_pause_that_begins_at_the_deadline_or_ended_before_the_start_does_not_count():
    due_at = at("2006-01-02T12:00")
    assert clock().due(at("2006-01-02T11:00"), 3600, [(due_at, at("2006-01-02T15:00"))]) == due_at
    assert (
        clock().due(at("2006-01-02T11:00"), 3600, [(at("2006-01-02T09:00"), at("2006-01-02T11:00"))])
        == due_at
    )


def test_pause_that_the_moved_deadline_runs_into_counts_too():
    pauses = [
        (at("2006-01-02T12:30"), at("2006-01-02T13:00")),
        (at("2006-01-02T11:30"), at("2006-01-02T12:20")),
    ]
    assert clock().due(at("2006-01-02T11:00"), 3600, pauses) == at("2006-01-02T13:20")


def test_pause_moves_a_backward_deadline_further_back():
    pauses = [(at("2006-01-02T12:00"), at("2006-01-02T13:00"))]
    assert clock().due(at("2006-01-02T14:00"), -2 * 3600, pauses) == at("2006-01-02T11:00")


def test_round_the_clock_has_no_seam_at_midnight():
    hours = clock("Asia/Shanghai", ALWAYS)
    start = at("2006-01-04T15:59:30Z")
    assert hours.due(start, 60) == at("2006-01-04T16:00:30Z")
    assert hours.is_working(at("2006-01-04T16:00:00Z"))
    assert hours.elapsed(start, at("2006-01-11T15:59:30Z")) == 7 * 86400
    assert hours.next_close(start) == at("2006-01-04T16:00:00Z")


def test_other_hours_keep_the_working_dates():
    mail = clock(weekly=WEEK, holidays=["2006-01-02"]).with_hours(7 * 3600 + 1800, 21 * 3600)
    assert mail.due(at("2006-01-01T12:00"), 0) == at("2006-01-03T07:30")
    assert mail.is_working(at("2006-01-07T20:59:59"))
    assert not mail.is_working(at("2006-01-08T12:00"))


def test_table_grows_to_any_year_and_says_where_it_ends():
    hours = clock()
    assert hours.due(at("2006-01-02T09:00"), 10 * 365 * 86400) > at("2040-01-01")
    assert hours.due(at("1975-01-06T09:00"), 60) == at("1975-01-06T09:01")
    assert hours.elapsed(at("1975-01-06T09:00"), at("2090-01-01")) > 0
    for lost in (
        lambda: hours.due(at("2006-01-02T09:00"), 1e11),
        lambda: hours.due_in_days(at("2006-01-02T09:00"), -20_000),
        lambda: hours.is_working(at("1969-12-31")),
        lambda: hours.working_dates(at("2006-01-02"), 10**9),
        lambda: clock(weekly={}).due(at("2006-01-02"), 1),
        lambda: clock(weekly={}).next_close(at("2006-01-02")),
    ):
        with pytest.raises(OutOfRange):
            lost()


def test_elapsed_over_years_that_the_table_does_not_hold_yet_is_right():
    hours = clock()
    hours.is_working(at("2006-01-02"))
    assert hours.elapsed(at("1990-01-01"), at("2025-01-01")) == clock().elapsed(
        at("1990-01-01"), at("2025-01-01")
    )
    assert clock().elapsed(at("2025-01-01"), at("1990-01-01")) == -hours.elapsed(
        at("1990-01-01"), at("2025-01-01")
    )


def test_microseconds_are_exact_to_the_last_year_covered():
    hours = clock(weekly=ALWAYS | {"tue": []})
    monday = "2099-06-01T23:59:59.000001"
    assert hours.due(at(monday), 0.999999) == at("2099-06-02T00:00:00")
    assert hours.due(at(monday), 1) == at("2099-06-03T00:00:00.000001")
    assert hours.due(at("2099-06-03T00:00:00.000001"), -1) == at(monday)
    assert hours.elapsed(at(monday), at("2099-06-03T00:00:00.000001")) == 1


def test_naive_start_is_refused():
    with pytest.raises(ValueError, match="naive"):
        clock().due(datetime(2006, 1, 2, 9), 60)


def test_start_of_any_zone_gives_the_same_utc_answer():
    start = datetime(2006, 1, 2, 16, 59, 59, tzinfo=UTC)
    due = clock().due(start.astimezone(ZoneInfo("America/New_York")), 1)
    assert due == at("2006-01-02T17:00")
    assert due.tzinfo is UTC
