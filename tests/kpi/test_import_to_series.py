"""From a file to the figures: through the shipped command and the REST API."""

import json
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from callcenter.imports.models import Import
from calls.models import Call
from tests.calls import sample
from tests.kpi.figures import METRICS, VIEWS, as_expected, without_interpolation

SERIES = "/api/v1/kpi/series/"


def series(client, **asked):
    answer = client.get(
        SERIES, {"metrics": ",".join(METRICS), "from": "2021-01-01", "to": "2021-03-31", **asked}
    )
    assert answer.status_code == 200, answer.content
    return answer.json()["rows"]


def assert_figures(client, expected, source):
    [total] = series(client, source=source)
    assert as_expected(total, expected["overall"]) == expected["overall"]
    for view, asked in VIEWS.items():
        rows = {str(row["interval"] or row["group"]): row for row in series(client, source=source, **asked)}
        found = {name: as_expected(rows[name], figures) for name, figures in expected[view].items()}
        assert found == expected[view]
        assert rows.keys() == expected[view].keys()


def test_command_then_series_gives_the_figures_of_a_generated_file(centre, client, tmp_path, capsys):
    rows = sample.good_rows()
    bad = [row for row, _column in sample.bad_rows()]
    file = tmp_path / "Made up.xlsx"
    file.write_bytes(sample.xlsx([*rows[:200], *bad, *rows[200:]]).getvalue())
    call_command("import_calls", str(file), site="here")
    assert f"{len(rows) + len(bad)} rows: {len(rows)} new" in capsys.readouterr().out
    client.force_login(centre.manager)
    expected = sample.expected(rows)
    expected["per_agent"] = {
        {"Wei Fang": "10001"}.get(name, name): figures for name, figures in expected["per_agent"].items()
    }
    assert_figures(client, expected, "Made up")


@pytest.mark.realdata
def test_command_then_series_gives_the_figures_of_the_real_file(centre, client):
    folder = os.environ.get("CALLCENTER_DATA")
    if not folder:
        pytest.skip("CALLCENTER_DATA names no folder with the real data")
    data = Path(folder) / "pwc_call_center"
    expected = without_interpolation(json.loads((data / "expected.json").read_text()))
    for _time in ("first", "second"):
        call_command("import_calls", str(data / "Call-Center-Dataset.xlsx"), site="here")
    first, second = Import.objects.order_by("id")
    assert (first.rows, first.new, first.rejected) == (5000, 5000, 0)
    assert (second.rows, second.new, second.unchanged, second.rejected) == (5000, 0, 5000, 0)
    assert Call.objects.count() == 5000
    client.force_login(centre.manager)
    assert_figures(client, expected, "Call-Center-Dataset")
