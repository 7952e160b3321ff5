"""What one cell means."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.sheets import cells

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("read", [cells.day, cells.clock, cells.moment, cells.seconds, cells.yes_or_no])
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_blank_cell_is_not_known(read, blank):
    assert read(blank) is None


@pytest.mark.parametrize(
    ("cell", "length"),
    [
        (143.0, 143),
        (0, 0),
        ("143", 143),
        ("12.5", 13),
        (12.4, 12),
        (time(0, 2, 23), 143),
        (timedelta(minutes=2, seconds=23), 143),
        (143 / 86400, 143),
        ("0:02:23", 143),
        ("2:23", 143),
        ("00:02:23.4", 143),
        ("\N{FULLWIDTH DIGIT ZERO}:02:23", 143),
        # A spreadsheet shows a sum of more than 24 hours as a date of the year 1900.
        (datetime(1900, 1, 1, 7, 35, 45), 31 * 3600 + 35 * 60 + 45),
    ],
)
def test_seconds_are_read_in_every_way_that_lists_write_them(cell, length):
    assert cells.seconds(cell) == length


@pytest.mark.parametrize("cell", [-1, "-4", "soon", "1:2", 10**9, datetime(2021, 1, 1), True, "nan", "1e3"])
def test_seconds_that_nothing_lasts_are_refused(cell):
    with pytest.raises(ValueError, match=r"\w"):
        cells.seconds(cell)


@given(st.integers(0, 86399))
def test_seconds_survive_every_way_of_writing_a_length(length):
    clock = (datetime(2021, 1, 1) + timedelta(seconds=length)).time()
    for cell in (length, str(length), clock, clock.isoformat(), timedelta(seconds=length)):
        assert cells.seconds(cell) == length
    if length > 0:
        assert cells.seconds(length / 86400) == length


@pytest.mark.parametrize(
    "cell",
    [
        "2021-01-31",
        "2021/1/31",
        "2021.01.31",
        "2021年1月31日",
        "20210131",
        date(2021, 1, 31),
        datetime(2021, 1, 31, 9),
        44227.0,
    ],
)
def test_day_is_read_year_first_or_typed(cell):
    assert cells.day(cell) == date(2021, 1, 31)


@pytest.mark.parametrize(
    "cell", ["01/02/2021", "31-01-2021", "2021-13-01", "2021-02-30", "yesterday", -3, 1e9]
)
def test_day_that_is_ambiguous_or_none_is_refused(cell):
    with pytest.raises(ValueError, match=r"\w"):
        cells.day(cell)


@pytest.mark.parametrize(
    "cell",
    [
        time(14, 5, 9),
        time(14, 5, 9, 700),
        "14:05:09",
        "2:05:09 PM",
        "02:05:09pm",
        datetime(2021, 1, 1, 14, 5, 9),
        50709 / 86400,
    ],
)
def test_clock_is_read_as_a_time_of_day(cell):
    assert cells.clock(cell) == time(14, 5, 9)


@pytest.mark.parametrize("cell", ["25:00", "14:60", "13:00 PM", "0:00 AM", "noon"])
def test_clock_that_no_day_has_is_refused(cell):
    with pytest.raises(ValueError, match=r"\w"):
        cells.clock(cell)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1)).map(lambda at: at.replace(microsecond=0)))
def test_moment_survives_every_way_of_writing_it(at):
    serial = (at - datetime(1899, 12, 30)) / timedelta(days=1)
    for cell in (at, at.isoformat(), at.isoformat(" "), f"{at:%Y/%m/%d %H:%M:%S}", serial):
        assert cells.moment(cell) == at


def test_moment_with_an_offset_keeps_its_instant():
    at = cells.moment("2021-01-01T09:00:00+09:00")
    assert cells.instant(at, SHANGHAI) == datetime(2021, 1, 1, 0, 0, tzinfo=UTC)


def test_local_time_becomes_the_instant_of_its_zone():
    assert cells.instant(datetime(2021, 1, 1, 9), SHANGHAI) == datetime(2021, 1, 1, 1, tzinfo=UTC)


def test_local_time_that_never_was_is_refused():
    with pytest.raises(ValueError, match="Europe/Berlin"):
        cells.instant(datetime(2021, 3, 28, 2, 30), ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize("year", [1, 1969, 2100, 9999])
def test_time_of_a_year_that_cannot_be_meant_is_refused(year):
    with pytest.raises(ValueError, match=str(year)):
        cells.instant(datetime(year, 12, 31, 23), SHANGHAI)


def test_local_time_that_was_twice_is_the_first_of_both():
    found = cells.instant(datetime(2021, 10, 31, 2, 30), ZoneInfo("Europe/Berlin"))
    assert found == datetime(2021, 10, 31, 0, 30, tzinfo=UTC)


def test_text_is_one_line_without_the_decimals_of_a_whole_number():
    assert cells.text(10001.0, 20) == "10001"
    assert cells.text(" Wei\n Fang\0", 20) == "Wei Fang"
    with pytest.raises(ValueError, match="20"):
        cells.text("x" * 21, 20)
