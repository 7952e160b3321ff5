"""Files of balances: what an export says can be brought in again, and a wrong row says why."""

import pytest
from django.urls import reverse

from callcenter.imports import kinds
from callcenter.imports.columns import guess
from callcenter.imports.kinds import BadCell
from shifts.balance_kind import FIELDS
from shifts.selectors.balances import left
from shifts.services import balances
from tests.shifts.leave.conftest import HOUR

READ = {field.key: field.read for field in FIELDS}


def take(office, *rows):
    """Bring rows in as the run of a file does; return what became of them."""
    kind = kinds.get("balances")
    make = kind.reader({})
    items = [
        make(number, {key: READ[key](cell) for key, cell in row.items()})
        for number, row in enumerate(rows, 2)
    ]
    return kind.take(items, actor=office.filer, options={}, now=office.now)


def row(**facts):
    return {"work_number": "20401", "type": "annual", "year": "2026", "left": "36.5", **facts}


def test_a_row_says_what_is_left_and_a_second_time_changes_nothing(office):
    assert take(office, row(), row(work_number="20402", type="Annual leave", left=40.0)).changed == 2
    assert left(office.agent, office.annual, 2026, now=office.now) == 36.5 * HOUR
    again = take(office, row())
    assert (again.changed, again.unchanged) == (0, 1)


def test_a_row_of_nobody_and_one_of_oneself_are_refused(office):
    taken = take(office, row(work_number="99999"), row(work_number="6001"), row())
    assert [(number, field) for number, field, _why in taken.refused] == [
        (2, "work_number"),
        (3, "work_number"),
    ]
    assert taken.changed == 1


@pytest.mark.parametrize(
    "wrong",
    [{"left": "many"}, {"left": "1e9"}, {"left": ""}, {"year": "soon"}, {"year": "99999"}, {"type": "sick"}],
)
def test_a_cell_that_means_nothing_is_refused(office, wrong):
    with pytest.raises((ValueError, BadCell)):
        take(office, row(**wrong))


def test_an_export_has_the_columns_of_the_import(office, sign_in):
    balances.grant_year(year=office.agent.today.year, now=office.now)
    sheet = sign_in(office.filer).get(reverse("shifts:balances"), {"view": "all", "export": "csv"})
    header = b"".join(sheet.streaming_content).decode("utf-8-sig").splitlines()[0].split(",")
    found = guess(kinds.get("balances"), header)
    assert {"work_number", "type", "year", "left"} <= set(found)
    assert header[found.index("type")] == "Code of the type"
