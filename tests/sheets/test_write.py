"""What a list writes, a spreadsheet opens as it was meant."""

import csv
import io
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import gettext_lazy
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from callcenter.errors import DomainError
from callcenter.sheets import write

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


def lines(*rows):
    return list(csv.reader(io.StringIO("".join(write.csv_lines(["Column"], rows)).removeprefix("\ufeff"))))


def cells(*rows):
    with write.xlsx(["Column"], rows) as file:
        return CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()


def test_a_csv_says_that_it_is_utf_8_and_breaks_lines_as_spreadsheets_do():
    assert "".join(write.csv_lines(["名称", "x"], [["a,b", None]])) == '\ufeff名称,x\r\n"a,b",\r\n'


@given(TEXTS)
@example("=1+1")
@example("@SUM(A1)")
@example("\t=1")
@example("\n=1")
@example("\uff1d1+1")
def test_no_text_of_a_csv_starts_a_formula_and_none_is_lost(text):
    [_header, [cell]] = lines([text])
    assert not cell.startswith((*"=+-@\t\r\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
    assert cell in {text, f"'{text}"}


def test_numbers_stay_numbers():
    assert lines([-5, Decimal("1.50"), 0])[1] == ["-5", "1.50", "0"]
    assert cells([-5, Decimal("1.50")])[1] == [-5, 1.5]


@pytest.mark.parametrize("text", ["=1+1", "+86 10", "-", "@a", "https://example.org/", "{=1}", "12"])
def test_a_text_of_an_xlsx_is_a_text(text):
    assert cells([text]) == [["Column"], [text]]


def test_values_keep_their_kind():
    with timezone.override("Asia/Shanghai"):
        row = [
            datetime(2026, 1, 1, 1, 2, 3, 9, tzinfo=UTC),
            date(2026, 1, 2),
            time(8, 30),
            True,
            None,
            gettext_lazy("x"),
        ]
        assert cells(row)[1] == [
            datetime(2026, 1, 1, 9, 2, 3),
            date(2026, 1, 2),
            time(8, 30),
            True,
            "",
            "x",
        ]
        assert lines(row)[1] == ["2026-01-01 09:02:03", "2026-01-02", "08:30:00", "True", "", "x"]


def test_what_a_sheet_cannot_hold_is_refused(monkeypatch):
    monkeypatch.setattr(write, "MOST_ROWS", 2)
    with pytest.raises(DomainError, match="A sheet holds 2 rows"):
        cells([1], [2], [3])
