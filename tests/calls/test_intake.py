"""Reading a list: formats, headers, rows that cannot be read."""

import io
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from callcenter.errors import DomainError
from callcenter.imports import kinds
from callcenter.imports.columns import check, guess, unused
from callcenter.imports.rows import BadRow, Judge, as_text
from callcenter.sheets.read import open_table
from calls.contacts import masked
from calls.enums import Outcome
from calls.intake import CallRow
from tests.calls import sample

SHANGHAI = ZoneInfo("Asia/Shanghai")
KIND = kinds.get("calls")


def judged(file, sheet=None):
    """Return what each row of the file becomes, and the columns that mean nothing."""
    table = open_table(file, sheet)
    columns = guess(KIND, table.header)
    check(KIND, table.header, columns)
    judge = Judge(KIND, {"time_zone": SHANGHAI.key}, table.header, columns)
    return [judge.judge(number, row) for number, row in table.rows], unused(table.header, columns)


def rows_of(file, sheet=None):
    return judged(file, sheet)[0]


def csv_file(text, encoding="utf-8"):
    return io.BytesIO(text.encode(encoding))


def test_spreadsheet_gives_each_call_as_it_stands_there():
    rows = sample.good_rows(50)
    found = rows_of(sample.xlsx(rows))
    assert [call.row for call in found] == list(range(2, 52))
    for call, row in zip(found, rows, strict=True):
        assert call.call_id == row[0]
        assert call.agent == row[1]
        assert call.entered_at == sample.moment(row).replace(tzinfo=SHANGHAI)
        assert call.entered_at.tzinfo is UTC
        assert call.topic == row[4]
        assert call.outcome == (Outcome.ANSWERED if row[5] == "Y" else Outcome.ABANDONED)
        assert call.resolved == (row[6] == "Y")
        assert call.wait_seconds == row[7]
        assert call.talk_seconds == (row[8] and row[8].minute * 60 + row[8].second)
        assert call.satisfaction == row[9]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separated_text_with_chinese_headers_gives_the_same_as_the_spreadsheet(encoding, separator):
    rows = sample.good_rows(60)
    assert rows_of(csv_file(sample.csv_text(rows, separator), encoding)) == rows_of(sample.xlsx(rows))


def test_bad_rows_are_refused_with_their_row_and_column_and_the_others_are_read():
    good, bad = sample.good_rows(3), sample.bad_rows()
    found = rows_of(sample.xlsx([good[0], *(row for row, _column in bad), *good[1:]]))
    refused = [row for row in found if isinstance(row, BadRow)]
    assert [(row.row, row.column) for row in refused] == [
        (3 + at, column) for at, (_row, column) in enumerate(bad)
    ]
    assert all(row.reason for row in refused)
    assert as_text(refused[0].cells)[-1] == "9"
    assert [row.call_id for row in found if isinstance(row, CallRow)] == [row[0] for row in good]


def test_blank_rows_are_no_rows():
    rows = sample.good_rows(2)
    found = rows_of(sample.xlsx([rows[0], [None] * 10, rows[1]]))
    assert [call.row for call in found] == [2, 4]


def test_one_column_for_date_and_time_is_read_and_unused_columns_are_named():
    text = "Call ID;START TIME;answered;Weather\n7;2021-01-01 09:00:05;Y;rain\n"
    [call], names = judged(csv_file(text))
    assert names == ["Weather"]
    assert call.entered_at.isoformat() == "2021-01-01T01:00:05+00:00"


def test_unanswered_call_with_zero_talk_has_no_talk():
    [call] = rows_of(csv_file("Call,Start,Answered,Talk,Wait\n7,2021-01-01 09:00,N,0,31\n"))
    assert call.talk_seconds is None
    assert call.wait_seconds == 31


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Call Id,Agent,Date\n1,Dan,2021-01-01\n", ["Answered (Y/N)", "Time of day", "Agent, Date"]),
        ("Agent,Start,Answered\n", ["Call number"]),
    ],
)
def test_list_without_a_needed_column_is_refused_naming_it(text, named):
    with pytest.raises(DomainError) as refused:
        rows_of(csv_file(text))
    assert refused.value.field == "columns"
    for name in named:
        assert name in str(refused.value.message)


def test_second_column_of_a_field_is_not_used():
    _rows, names = judged(csv_file("Call Id,Call number,Start,Answered\n"))
    assert names == ["Call number"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13812345678", "138****5678"),
        ("Li 138 1234 5678", "Li 138******5678"),
        ("8765432", "8****32"),
        ("138.1234.5678", "138******5678"),
        ("(010)62345678", "(010*****5678"),
        ("+86 (138) 1234-5678", "+86 ***********5678"),
        ("138–1234–5678", "138******5678"),
        ("\N{FULLWIDTH DIGIT ONE}" * 11, "{0}{0}{0}****{0}{0}{0}{0}".format("\N{FULLWIDTH DIGIT ONE}")),
        ("called 2021-01-31 10:00", "called 2021-01-31 10:00"),
        ("2021-01-31 13812345678", "2021-01-31 138****5678"),
        ("“22.13.2026” is no date", "“22.13.2026” is no date"),
        ("31-2-2026 10:00, 13812345678", "31-2-2026 10:00, 138****5678"),
        ("22-13-2026-5678", "22-********5678"),
        ("010 12-10-2026", "010*******2026"),
        ("Becky", "Becky"),
        ("", ""),
    ],
)
def test_telephone_numbers_are_shown_without_their_middle(text, shown):
    assert masked(text) == shown
