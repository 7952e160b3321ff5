"""The command `import_calls`."""

import pytest
from django.core.management import CommandError, call_command

from callcenter.imports.models import Import
from calls.models import Call
from tests.calls import sample


@pytest.fixture
def file(tmp_path):
    def write(rows, name="calls.xlsx"):
        path = tmp_path / name
        path.write_bytes(sample.xlsx(rows).getvalue())
        return str(path)

    return write


def test_command_prints_what_became_of_each_row(centre, file, capsys):
    bad, column = sample.bad_rows()[0]
    call_command("import_calls", file([*sample.good_rows(3), bad]), source="acd", site="near")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "calls.xlsx: acd · Near · Asia/Shanghai"
    assert lines[1] == "4 rows: 3 new, 0 changed, 0 known already, 1 refused"
    assert lines[2].startswith(f"row 5, column {column}: ")
    assert set(Call.objects.values_list("site__code", "source")) == {("near", "acd")}


def test_command_without_options_takes_the_first_site_and_the_name_of_the_file(centre, file):
    call_command("import_calls", file(sample.good_rows(1), "January.xlsx"))
    batch = Import.objects.get()
    assert (batch.options["source"], batch.place) == ("January", centre.here.pk)


def test_command_prints_a_bounded_number_of_refused_rows(centre, file, capsys):
    bad = [sample.bad_rows()[1][0]] * 60
    call_command("import_calls", file([*sample.good_rows(1), *bad]))
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if line.startswith("row ")]) == 50
    assert lines[-1].startswith("… and 10 more")


def test_command_fails_when_no_call_can_be_read(centre, file):
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("import_calls", file([sample.bad_rows()[0][0]]))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"site": "nowhere"}, "Sites: here, near, far"),
        ({"time_zone": "Mars"}, "Mars"),
        ({"sheet": "Nothing"}, "Data, Pivot Tables"),
    ],
)
def test_command_says_what_is_wrong_with_an_option(centre, file, options, says):
    with pytest.raises(CommandError, match=says):
        call_command("import_calls", file(sample.good_rows(1)), **options)
    assert not Call.objects.exists()


def test_command_says_that_the_file_is_missing(centre, tmp_path):
    with pytest.raises(CommandError, match=r"none\.xlsx: No such file"):
        call_command("import_calls", str(tmp_path / "none.xlsx"))


def test_command_names_missing_columns_and_those_found(centre, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Agent,Weather\nDan,rain\n")
    with pytest.raises(CommandError, match=r"Call number.*Agent, Weather"):
        call_command("import_calls", str(path))


def test_command_without_any_site_says_where_to_make_one(db, file):
    with pytest.raises(CommandError, match="none yet"):
        call_command("import_calls", file(sample.good_rows(1)))
