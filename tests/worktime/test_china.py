"""China's calendar: the years on which two libraries agree, and dates of the official notices worked by hand."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest

from callcenter.worktime import china, parsing

SETTLED: dict[date, str] = {}
"""Every date of 2024–2026 on which the two libraries disagree, and how it was settled. There is none."""


def at(text):
    return parsing.instant(text, "at", china.CN.spec.zone)


def test_every_disagreement_of_the_two_libraries_is_listed_and_settled():
    first, last = date(2024, 1, 1), date(2026, 12, 31)
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    ours = set(china.CN.working_dates(datetime(2023, 12, 31, 12, tzinfo=UTC), 800))
    disputed = {day for day in every if chinese_calendar.is_workday(day) != (day in ours)}
    assert disputed == SETTLED.keys()


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # Spring Festival 2025: off 28 January to 4 February, made up on Sunday 26 January and Saturday 8 February
        ("2025-01-24T10:00", "2025-01-27T17:30"),
        ("2025-01-25T10:00", "2025-01-27T17:30"),
        ("2025-01-26T10:00", "2025-02-05T17:30"),
        ("2025-02-01T10:00", "2025-02-06T17:30"),
        ("2025-02-06T10:00", "2025-02-08T17:30"),
        # National Day and Mid-autumn 2025: off 1 to 8 October, made up on Sunday 28 September and Saturday 11 October
        ("2025-09-26T18:00", "2025-09-29T17:30"),
        ("2025-09-29T10:00", "2025-10-09T17:30"),
        ("2025-10-09T10:00", "2025-10-11T17:30"),
        # Spring Festival 2026: off 15 to 23 February, made up on Saturdays 14 and 28 February
        ("2026-02-13T10:00", "2026-02-24T17:30"),
        ("2026-02-14T10:00", "2026-02-25T17:30"),
        ("2026-02-26T10:00", "2026-02-28T17:30"),
        # Mid-autumn 2026: off 25 to 27 September; National Day: off 1 to 7 October; made up 20 September, 10 October
        ("2026-09-18T10:00", "2026-09-21T17:30"),
        ("2026-09-24T10:00", "2026-09-29T17:30"),
        ("2026-09-29T10:00", "2026-10-08T17:30"),
        ("2026-09-30T17:29:59", "2026-10-09T17:30"),
        ("2026-10-08T20:00", "2026-10-10T17:30"),
        # An ordinary Saturday, an evening, a night
        ("2026-11-21T10:00", "2026-11-24T17:30"),
        ("2026-11-20T23:59", "2026-11-24T17:30"),
        ("2025-12-31T10:00", "2026-01-05T17:30"),
    ],
)
def test_two_working_days_end_at_the_close_of_the_second(received, due):
    assert china.CN.due_in_days(at(received), 2) == at(due)
    assert not china.CN.provisional(at(received), at(due))


def test_deadline_in_an_unpublished_year_is_provisional():
    received = at("2026-12-31T10:00")
    due = china.CN.due_in_days(received, 2)
    assert due == at("2027-01-05T17:30")
    assert china.CN.provisional(received, due)


def test_backward_from_an_unpublished_year_is_provisional_too():
    assert china.CN.provisional(at("2027-01-05T10:00"), at("2026-12-30T08:30"))


def test_year_ends_by_the_local_clock():
    assert not china.CN.provisional(at("2026-12-31T23:59"))
    assert china.CN.provisional(at("2027-01-01T00:00"))


def test_eighteen_working_hours_are_two_business_days():
    assert china.CN.due(at("2026-02-13T10:00"), 18 * 3600) == at("2026-02-24T10:00")


def test_make_up_day_has_the_hours_of_the_first_working_weekday():
    assert china.CN.elapsed(at("2026-02-14T00:00"), at("2026-02-15T00:00")) == 9 * 3600
