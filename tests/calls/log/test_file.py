"""A queue log as a file, native or as a dump of its table, from the upload to the calls."""

import json
import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from callcenter.access import SYSTEM
from callcenter.imports.models import Import
from callcenter.imports.run import run as run_import
from callcenter.imports.services import begin
from calls.management.commands.import_queue_log import Command
from calls.models import Call, CallKey, Source
from calls.queue_log import record
from calls.queue_log.events import from_line
from calls.queue_log.kind import QueueLogKind
from calls.queue_log.models import LogCount, OpenVisit
from tests.calls.log.expecting import figures
from tests.calls.log.logs import calls, generated
from tests.calls.test_import_pages import run

SEND = reverse("imports:send", args=["queue_log"])
SHANGHAI = ZoneInfo("Asia/Shanghai")


def dump(lines):
    """Return the lines as the realtime table has them, its times at Shanghai."""
    rows = ["id,time,callid,queuename,agent,event,data1,data2,data3,data4,data5"]
    for number, line in enumerate(lines, 1):
        _epoch, *fields = line.rstrip("\n").split("|")
        at = from_line(line).at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
        rows.append(",".join([str(number), at, *fields, *[""] * (9 - len(fields))]))
    return "\n".join(rows) + "\n"


def bring(path, **options):
    call_command("import_queue_log", str(path), site="here", source="pbx", **options)
    return Import.objects.latest("pk")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "queue_log"


def test_a_log_is_shown_as_calls_tried_and_brought_in_by_the_pages(centre, client):
    client.force_login(centre.supervisor)
    file = SimpleUploadedFile("queue_log", ("".join(generated()) + "nonsense\n").encode())
    page = client.post(SEND, {"file": file, "site": centre.here.pk, "source": "pbx"}, follow=True)
    preview = page.context["preview"].rows
    assert [problem for _cells, problem in preview] == [""] * 10
    assert {cells[2][0] for cells, _problem in preview} == {"support", "sales"}
    # 22:13:30 UTC, as the clock of the site shows it.
    assert preview[0][0][1] == ("2023-11-15 06:13:30", False)
    shown = {text for cells, _problem in preview for text, _wrong in cells}
    assert "Abandoned" in shown
    assert not shown & {"abandoned", "flowed_out"}
    batch = Import.objects.get()
    run(client, batch, trial="on")
    assert (batch.state, batch.rows, batch.new, batch.rejected) == ("tried", 11, 10, 1)
    assert "nonsense" in batch.rejects.get().reason
    assert not any(model.objects.exists() for model in (Call, OpenVisit, LogCount))
    run(client, batch, mode="good")
    assert (batch.state, batch.new, batch.rejected) == ("done", 10, 1)
    assert len(calls()) == 10
    assert record.counts_of("pbx")["FANCYEVENT"] == 2


def test_a_dump_of_the_table_gives_the_same_calls_and_asks_for_its_time_zone(centre, path):
    path.write_text("".join(generated()))
    bring(path)
    table = path.with_suffix(".csv")
    table.write_text(dump(generated()))
    with pytest.raises(CommandError, match="time zone"):
        call_command("import_queue_log", str(table), site="here", source="table")
    call_command("import_queue_log", str(table), site="here", source="table", time_zone="Asia/Shanghai")
    assert calls("table") == calls("pbx")


def test_the_same_file_twice_counts_once_events_too(centre, path):
    path.write_text("".join(generated()))
    bring(path)
    before, counts = calls(), record.counts_of("pbx")
    again = bring(path)
    assert (again.rows, again.new, again.changed, again.unchanged, again.rejected) == (10, 0, 0, 10, 0)
    assert (calls(), record.counts_of("pbx")) == (before, counts)


def test_a_call_that_one_file_leaves_open_the_next_one_ends(centre, path):
    lines = generated()
    for cut in range(3, 14):
        source = f"cut {cut}"
        for name, part in (("first", lines[:cut]), ("second", lines[cut:])):
            file = path.with_name(f"{name}-{cut}")
            file.write_text("".join(part))
            call_command("import_queue_log", str(file), site="here", source=source)
    path.write_text("".join(lines))
    bring(path)
    assert all(calls(f"cut {cut}") == calls() for cut in range(3, 14))
    assert Source.objects.get(name="cut 3").calls == CallKey.objects.filter(source__name="cut 3").count()


def test_an_older_file_that_comes_again_opens_nothing_that_has_ended(centre, path):
    lines = generated(1)
    path.write_text("".join(lines[:3]))
    whole = path.with_name("whole")
    whole.write_text("".join(lines))
    for file in (path, whole, path):
        bring(file)
    assert OpenVisit.objects.count() == 0
    assert [row[7:10] for row in calls()] == [("answered", 8, 42)]


def test_a_run_that_was_cut_off_goes_on_without_counting_twice(centre, path, monkeypatch):
    monkeypatch.setattr(QueueLogKind, "chunk", 3)
    path.write_text("".join(generated(12)))

    steps = iter([None, None, KeyboardInterrupt])

    def advance(*_told):
        if error := next(steps):
            raise error

    monkeypatch.setattr(Command, "_advance", advance)
    with pytest.raises(KeyboardInterrupt):
        bring(path)
    batch = Import.objects.get()
    assert (batch.state, batch.rows) == ("stopped", 9)
    now = timezone.now()
    begun = begin(actor=SYSTEM, batch=batch, mode="good", trial=False, now=now)
    run_import(actor=SYSTEM, batch=begun, now=now, advance=lambda *_a: None)
    whole = calls()
    assert (batch.rows, len(whole)) == (9, 15)
    path.with_name("other").write_text("".join(generated(12)))
    monkeypatch.undo()
    call_command("import_queue_log", str(path.with_name("other")), site="here", source="pbx")
    assert calls() == whole


def test_what_is_no_log_is_refused_with_its_columns_named(centre, path):
    path.write_text("name,date\nWei,2026-01-01\n")
    with pytest.raises(CommandError, match="queuename"):
        bring(path)


@pytest.mark.realdata
def test_the_real_logs_give_exactly_what_a_correct_reading_gives(centre):
    folder = os.environ.get("CALLCENTER_DATA")
    if not folder:
        pytest.skip("CALLCENTER_DATA names no folder with the real data")
    data = Path(folder) / "queue_log"
    expected = json.loads((data / "expected.json").read_text())
    for name, options in (
        ("asterisk_mysql_2023.csv", {"time_zone": "Asia/Tehran"}),
        ("queue_log_file_2020.txt", {}),
    ):
        for _time in ("first", "second"):
            call_command("import_queue_log", str(data / name), site="here", source=name, **options)
        found, wanted = figures(name), expected[name]
        wanted.pop("note", None)
        assert {key: found[key] for key in wanted} == wanted
