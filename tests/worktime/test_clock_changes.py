"""Summer time: hours are wall times, durations are real."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from tests.worktime.test_clock import ALWAYS, at, clock

LOS_ANGELES = "America/Los_Angeles"
# In 2006 the clocks went from 02:00 to 03:00 on 2 April, and back from 02:00 to 01:00 on 29 October.


def sunday(*pieces):
    return clock(LOS_ANGELES, {"sun": [list(piece) for piece in pieces], "mon": [["09:00", "17:00"]]})


def seconds_on(hours, local_date):
    """Return the business seconds of one Sunday; the days beside it are closed until nine."""
    return hours.elapsed(at(f"{local_date}T00:00:00Z"), at(f"{local_date}T12:00:00Z") + timedelta(days=1))


def test_opening_keeps_its_wall_time_through_the_change():
    hours = clock(LOS_ANGELES, {"mon": [["09:00", "17:00"]]})
    assert hours.due(at("2006-04-01T00:00:00Z"), 0) == at("2006-04-03T16:00:00Z")
    assert hours.due(at("2006-10-29T00:00:00Z"), 0) == at("2006-10-30T17:00:00Z")


@pytest.mark.parametrize(("day", "hours"), [("2006-04-02", 23), ("2006-10-29", 25), ("2006-06-04", 24)])
def test_whole_day_has_its_real_length(day, hours):
    whole = clock(LOS_ANGELES, {"sun": [["00:00", "24:00"]]})
    assert seconds_on(whole, day) == hours * 3600


def test_round_the_clock_passes_both_changes_unharmed():
    always = clock(LOS_ANGELES, ALWAYS)
    assert always.elapsed(at("2006-01-01T08:00:00Z"), at("2007-01-01T08:00:00Z")) == 365 * 86400


@pytest.mark.parametrize(
    ("pieces", "seconds"),
    [
        ([("02:00", "02:30")], 1800),
        ([("02:30", "03:15")], 0),
        ([("02:30", "03:45")], 900),
        ([("01:00", "04:00")], 7200),
        ([("02:00", "02:30"), ("03:00", "04:00")], 3600),
    ],
)
def test_wall_time_that_does_not_exist_is_an_hour_later(pieces, seconds):
    assert seconds_on(sunday(*pieces), "2006-04-02") == seconds


@pytest.mark.parametrize(
    ("pieces", "seconds"),
    [([("01:00", "01:30")], 1800), ([("01:30", "02:00")], 5400), ([("00:00", "04:00")], 5 * 3600)],
)
def test_wall_time_that_occurs_twice_is_its_first_occurrence(pieces, seconds):
    assert seconds_on(sunday(*pieces), "2006-10-29") == seconds


def test_date_that_the_change_leaves_empty_is_no_working_date():
    hours = sunday(("02:30", "03:15"))
    assert hours.due_in_days(at("2006-04-01T12:00:00-08:00"), 1) == at("2006-04-03T17:00:00-07:00")


def test_day_that_begins_at_one_because_midnight_does_not_exist_is_whole():
    # São Paulo went from 00:00 to 01:00 on 18 October 2015.
    hours = clock("America/Sao_Paulo", {"sat": [["20:00", "24:00"]], "sun": [["00:00", "04:00"]]})
    assert hours.elapsed(at("2015-10-17T12:00:00Z"), at("2015-10-19T00:00:00Z")) == (4 + 3) * 3600
    assert hours.due_in_days(at("2015-10-17T12:00:00Z"), 1) == at("2015-10-18T04:00:00-02:00")


@pytest.mark.slow
def test_no_time_zone_leaves_and_regains_its_offset_within_one_day():
    # table.py takes a local day of 24 hours for one without a change inside.
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        day = datetime(2010, 1, 1)
        while day.year < 2030:
            offset, following = zone.utcoffset(day), day + timedelta(days=1)
            if zone.utcoffset(following) == offset:
                assert zone.utcoffset(day + timedelta(hours=12)) == offset, (name, day)
            day = following
