"""The command's contract, line by line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from callcenter.errors import DomainError
from callcenter.worktime import china
from callcenter.worktime.contract import Contract

OFFICE = {
    "timezone": "America/New_York",
    "weekly": {day: [["09:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
}


def named(code):
    if code != "CN":
        raise DomainError("There is no such calendar.", field="calendar")
    return china.CN


@pytest.fixture
def ask():
    contract = Contract(named)

    def answer(**line):
        return json.loads(contract.answer(json.dumps({"id": "x", **line}).encode()))

    return answer


def office(**exceptions):
    return OFFICE | exceptions


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (
            {"op": "due", "start": "2006-01-04T16:58:30Z", "working_seconds": 90},
            {"due": "2006-01-04T17:00:00Z"},
        ),
        (
            {"op": "due", "start": "2006-01-04T16:58:30Z", "working_seconds": 91},
            {"due": "2006-01-04T18:00:01Z"},
        ),
        (
            {"op": "due", "start": "2006-01-04T11:58:30", "working_seconds": 90},
            {"due": "2006-01-04T17:00:00Z"},
        ),
        (
            {"op": "due", "start": "2006-01-04T11:00:00.25", "working_seconds": 1},
            {"due": "2006-01-04T16:00:01.250000Z"},
        ),
        (
            {"op": "due", "start": "2006-01-04T11:00:00", "working_seconds": -7201.5},
            {"due": "2006-01-03T21:59:58.500000Z"},
        ),
        (
            {"op": "due", "start": "2006-01-07T11:00:00", "working_seconds": 0},
            {"due": "2006-01-09T14:00:00Z"},
        ),
        ({"op": "due", "start": "2006-01-07T11:00:00", "working_days": 2}, {"due": "2006-01-10T22:00:00Z"}),
        ({"op": "due", "start": "2006-01-09T11:00:00", "working_days": -1}, {"due": "2006-01-06T14:00:00Z"}),
        ({"op": "due", "start": "2006-01-09T11:00:00", "working_days": 0}, {"due": "2006-01-09T22:00:00Z"}),
        (
            {
                "op": "due",
                "start": "2006-01-09T11:00:00",
                "working_seconds": 60,
                "pauses": [["2006-01-09T10:00", "2006-01-09T13:10"]],
            },
            {"due": "2006-01-09T18:11:00Z"},
        ),
        ({"op": "elapsed", "start": "2006-01-06T16:00", "end": "2006-01-09T09:30"}, {"seconds": 5400}),
        ({"op": "elapsed", "end": "2006-01-06T16:00", "start": "2006-01-09T09:30"}, {"seconds": -5400}),
        ({"op": "elapsed", "start": "2006-01-06T16:00", "end": "2006-01-06T16:00:00.5"}, {"seconds": 0.5}),
        (
            {
                "op": "elapsed",
                "start": "2006-01-06T16:00",
                "end": "2006-01-09T09:30",
                "pauses": [["2006-01-06T16:30", "2006-01-09T09:10"]],
            },
            {"seconds": 3000},
        ),
        ({"op": "is_working", "start": "2006-01-06T16:59:59"}, {"working": True}),
        ({"op": "is_working", "start": "2006-01-06T17:00:00"}, {"working": False}),
        (
            {"op": "working_dates", "start": "2006-01-06T23:00", "count": 2},
            {"dates": ["2006-01-09", "2006-01-10"]},
        ),
        ({"op": "working_dates", "start": "2006-01-09T04:00:00Z", "count": 1}, {"dates": ["2006-01-09"]}),
        (
            {"op": "working_dates", "start": "2006-01-09T12:00", "count": -2},
            {"dates": ["2006-01-06", "2006-01-05"]},
        ),
    ],
)
def test_line_is_answered(ask, line, answer):
    assert ask(calendar=OFFICE, **line) == {"id": "x", **answer}


def test_exceptions_of_the_calendar_object_count(ask):
    calendar = office(
        holidays=["2006-01-09"],
        overrides={"2006-01-09": [["09:00", "12:00"]], "2006-01-08": [["20:00", "24:00"]]},
        breaks={"2006-01-08": [["20:30", "21:00"]]},
    )
    line = {"calendar": calendar, "start": "2006-01-07T12:00"}
    assert ask(op="working_dates", count=2, **line)["dates"] == ["2006-01-08", "2006-01-10"]
    assert ask(op="due", working_seconds=1801, **line)["due"] == "2006-01-09T02:00:01Z"
    assert ask(op="due", working_days=1, **line)["due"] == "2006-01-09T05:00:00Z"


def test_unpublished_year_is_marked_provisional(ask):
    line = {"calendar": "CN", "start": "2026-12-31T10:00"}
    assert ask(op="due", working_days=2, **line) == {
        "id": "x",
        "due": "2027-01-05T09:30:00Z",
        "provisional": True,
    }
    assert ask(op="working_dates", count=1, **line) == {
        "id": "x",
        "dates": ["2027-01-04"],
        "provisional": True,
    }
    assert ask(op="elapsed", end="2027-01-04T09:30", **line)["provisional"] is True
    assert ask(op="due", working_seconds=60, **line) == {"id": "x", "due": "2026-12-31T02:01:00Z"}


@pytest.mark.parametrize(
    ("line", "named_in_error"),
    [
        ({"op": "dew"}, "op"),
        ({"op": None}, "op"),
        ({"op": "due"}, "working_seconds"),
        ({"op": "due", "working_seconds": 1, "working_days": 1}, "working_seconds"),
        ({"op": "due", "working_seconds": "90"}, "working_seconds"),
        ({"op": "due", "working_seconds": True}, "working_seconds"),
        ({"op": "due", "working_days": 1.5}, "working_days"),
        ({"op": "due", "working_days": 1, "pauses": [["2006-01-01", "2006-01-02"]]}, "pauses"),
        ({"op": "due", "working_seconds": 1, "pauses": [["2006-01-01"]]}, "pauses[0]"),
        ({"op": "due", "working_seconds": 1, "pauses": [["2006-01-02", "2006-01-01"]]}, "pauses[0]"),
        ({"op": "due", "working_seconds": 1, "pauses": "none"}, "pauses"),
        ({"op": "elapsed"}, "end"),
        ({"op": "elapsed", "end": "tomorrow"}, "end"),
        ({"op": "is_working", "start": None}, "start"),
        ({"op": "is_working", "start": 1136390310}, "start"),
        ({"op": "is_working", "start": "2006-02-30T10:00:00"}, "start"),
        ({"op": "working_dates"}, "count"),
        ({"op": "is_working", "calendar": None}, "calendar"),
        ({"op": "is_working", "calendar": "ZZ"}, "calendar"),
        ({"op": "is_working", "calendar": {"weekly": {}}}, "calendar.timezone"),
        ({"op": "is_working", "calendar": {"timezone": "Mars/Base", "weekly": {}}}, "calendar.timezone"),
        ({"op": "is_working", "calendar": {"timezone": "../UTC", "weekly": {}}}, "calendar.timezone"),
        ({"op": "is_working", "calendar": {"timezone": "Asia", "weekly": {}}}, "calendar.timezone"),
        ({"op": "is_working", "calendar": {"timezone": "UTC"}}, "calendar.weekly"),
        ({"op": "is_working", "calendar": office(holiday=[])}, "calendar.holiday"),
        ({"op": "is_working", "calendar": office(holidays="2006-01-01")}, "calendar.holidays"),
        ({"op": "is_working", "calendar": office(holidays=[1])}, "calendar.holidays[0]"),
        ({"op": "is_working", "calendar": office(weekly={"monday": []})}, "calendar.weekly.monday"),
        (
            {"op": "is_working", "calendar": office(weekly={"mon": [["17:00", "09:00"]]})},
            "calendar.weekly.mon[0]",
        ),
        (
            {"op": "is_working", "calendar": office(weekly={"mon": [["09:00", "24:01"]]})},
            "calendar.weekly.mon[0]",
        ),
        ({"op": "is_working", "calendar": office(weekly={"mon": [["9", "17"]]})}, "calendar.weekly.mon[0]"),
        ({"op": "is_working", "calendar": office(weekly={"mon": ["09:00-17:00"]})}, "calendar.weekly.mon[0]"),
        ({"op": "is_working", "calendar": office(breaks={"soon": []})}, "calendar.breaks.soon"),
        ({"op": "is_working", "id": ["x"]}, "id"),
    ],
)
def test_bad_line_is_answered_with_what_is_wrong(ask, line, named_in_error):
    given = {"calendar": OFFICE, "start": "2006-01-04T15:58:30Z", **line}
    answer = ask(**given)
    assert set(answer) == {"id", "error"}
    assert answer["error"].startswith(f"{named_in_error}: ")


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"no",
        b"[]",
        b'"due"',
        b"\xff\xfe\xfd",
        b'{"id": NaN}',
        b"[" * 100_000,
        b'{"id": 1' + b"0" * 5000 + b"}",
    ],
)
def test_line_that_is_no_object_is_answered_with_an_error(line):
    answer = json.loads(Contract(named).answer(line))
    assert answer["id"] is None
    assert answer["error"]


@pytest.mark.parametrize("start", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00", "1969-01-01"])
def test_start_outside_the_years_covered_is_an_error(ask, start):
    for amount in ({"working_seconds": 1}, {"working_days": -1}):
        assert "1970" in ask(op="due", calendar="CN", start=start, **amount)["error"]


def test_null_counts_as_absent(ask):
    line = {"op": "due", "calendar": OFFICE, "start": "2006-01-04T16:58:30Z", "working_seconds": 90}
    assert ask(working_days=None, pauses=None, end=None, count=None, **line) == {
        "id": "x",
        "due": "2006-01-04T17:00:00Z",
    }


def test_command_answers_each_line_in_order_without_a_database_and_never_stops():
    lines = [
        {"id": 1, "op": "due", "calendar": "CN", "start": "2026-02-13T10:00:00", "working_days": 2},
        {"id": 2, "op": "is_working", "calendar": "ELSEWHERE", "start": "2026-02-13T10:00:00"},
        {"id": "drei ß", "op": "is_working", "calendar": OFFICE, "start": "2026-02-13T17:00:00"},
    ]
    text = "\n\n".join(
        [json.dumps(lines[0]), "broken", json.dumps(lines[1]), json.dumps(lines[2], ensure_ascii=False)]
    )
    finished = subprocess.run(
        [sys.executable, "manage.py", "worktime"],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/none", "PYTHONWARNINGS": "default"},
        input=text.encode(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    answers = [json.loads(line) for line in finished.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, None, 2, "drei ß"]
    assert answers[0]["due"] == "2026-02-24T09:30:00Z"
    assert "error" in answers[1]
    assert answers[2]["error"].startswith("calendar: ")
    assert answers[3]["working"] is False


def test_command_answers_before_the_input_ends():
    command = [sys.executable, "manage.py", "worktime"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        for number in range(2):
            line = {"id": number, "op": "is_working", "calendar": "CN", "start": "2026-02-14T10:00"}
            running.stdin.write(json.dumps(line).encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline()) == {"id": number, "working": True}


def test_columns_of_a_table_of_cases_are_left_alone(ask):
    asked = {"op": "is_working", "calendar": OFFICE, "start": "2006-01-04T15:58:30Z"}
    assert ask(**asked, expected=True, note="from a table", count=None) == ask(**asked)
