"""A run that is cut off, called off, or made twice; and how much memory it takes."""

import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from callcenter.access import SYSTEM
from callcenter.errors import Conflict
from callcenter.imports import kinds, services
from callcenter.imports.enums import Mode, State
from callcenter.imports.models import Import
from callcenter.imports.run import run
from callcenter.jobs.run import Cancelled
from callcenter.jobs.services import start_job
from callcenter.jobs.work import work
from calls.kind import CallsKind
from calls.models import Call
from tests.calls.centre import NOW, build

HEADER = "Call Id,Start,Answered\n"


@pytest.fixture
def centre(db):
    return build()


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(CallsKind, "chunk", 2)
    monkeypatch.setattr(CallsKind, "lines", 2)


def lines(count, bad=()):
    return HEADER + "".join(
        f"{number},{'never' if number in bad else '2026-03-02 09:00'},Y\n" for number in range(1, count + 1)
    )


def sent(centre, text):
    return services.send_file(
        actor=SYSTEM,
        kind=kinds.get("calls"),
        file=io.BytesIO(text.encode()),
        file_name="acd.csv",
        given={"site": centre.here, "source": "", "time_zone": ""},
        now=NOW,
    )


def begun(centre, text, mode=Mode.GOOD):
    batch = sent(centre, text)
    return services.begin(actor=SYSTEM, batch=batch, mode=mode, trial=False, now=NOW)


def go(batch, advance=lambda _done, _total: None):
    return run(actor=SYSTEM, batch=Import.objects.get(pk=batch.pk), now=NOW, advance=advance)


def stop_after(times):
    left = iter(range(times))

    def advance(_done, _total):
        if next(left, None) is None:
            raise Cancelled

    return advance


def counts(batch):
    batch.refresh_from_db()
    return batch.state, batch.rows, batch.new, batch.unchanged, batch.rejected, batch.rejects.count()


def test_good_rows_that_were_cut_off_go_on_behind_the_last_settled_row(centre, small_chunks):
    batch = begun(centre, lines(9, bad={2, 7}))
    with pytest.raises(Cancelled):
        go(batch, stop_after(1))
    assert counts(batch) == ("stopped", 4, 3, 0, 1, 1)
    go(batch)
    assert counts(batch) == ("done", 9, 7, 0, 2, 2)
    assert [reject.row for reject in batch.rejects.all()] == [3, 8]
    assert Call.objects.count() == 7


def test_worker_that_died_leaves_a_run_that_the_next_one_goes_on_with(centre, small_chunks):
    batch = begun(centre, lines(6))
    with pytest.raises(Cancelled):
        go(batch, stop_after(1))
    Import.objects.filter(pk=batch.pk).update(state=State.RUNNING)
    assert counts(go(batch)) == ("done", 6, 6, 0, 0, 0)


def test_all_or_nothing_that_was_cut_off_wrote_nothing_and_begins_anew(centre, small_chunks):
    batch = begun(centre, lines(9), Mode.ALL)
    with pytest.raises(Cancelled):
        go(batch, stop_after(2))
    assert counts(batch) == ("stopped", 0, 0, 0, 0, 0)
    assert not Call.objects.exists()
    assert counts(go(batch)) == ("done", 9, 9, 0, 0, 0)


def test_second_run_over_rows_that_are_in_counts_them_as_known(centre, small_chunks):
    batch = begun(centre, lines(5))
    with pytest.raises(Cancelled):
        go(batch, stop_after(0))
    services.begin(actor=SYSTEM, batch=batch, mode=Mode.ALL, trial=False, now=NOW)
    assert counts(go(batch)) == ("done", 5, 3, 2, 0, 0)


def test_run_that_finds_another_at_work_writes_nothing_more(centre, small_chunks):
    batch = begun(centre, lines(6))

    def overtaken(_done, _total):
        Import.objects.filter(pk=batch.pk).update(row=99)

    with pytest.raises(Conflict):
        go(batch, overtaken)
    assert Call.objects.count() == 2


def test_import_whose_job_ended_without_it_may_be_begun_again(centre, client):
    client.force_login(centre.supervisor)
    file = ContentFile(lines(2).encode(), "acd.csv")
    client.post(reverse("imports:send", args=["calls"]), {"file": file, "site": centre.here.pk})
    batch = Import.objects.get()
    batch = services.start(actor=centre.supervisor, batch=batch, mode=Mode.ALL, trial=False, now=NOW)
    assert not batch.may_run
    batch.job.state, batch.job.lease_until, batch.job.ended_at = (
        "cancelled",
        None,
        datetime(2026, 3, 3, tzinfo=UTC),
    )
    batch.job.save()
    batch.refresh_from_db()
    assert batch.stands == State.STOPPED
    assert batch.may_run
    assert "Bring it in" in client.get(batch.get_absolute_url()).content.decode()


def test_file_that_was_swapped_is_refused(centre):
    batch = begun(centre, lines(2))
    with batch.file.open("wb") as file:
        file.write(b"Other,Header\n1,2\n")
    with pytest.raises(Exception, match="not the one"):
        go(batch)


MEASURE = """
import resource, sys
from callcenter.sheets.read import open_table
with open(sys.argv[1], "rb") as file:
    rows = sum(1 for _row in open_table(file).rows)
print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_a_text_file(tmp_path):
    peaks = []
    for rows in (1_000, 400_000):
        path = tmp_path / f"{rows}.csv"
        with path.open("w") as file:
            file.writelines(f"{number},2026-03-02 09:00,Y,热线\n" for number in range(rows))
        out = subprocess.run(
            [sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=True
        )
        found, peak = map(int, out.stdout.split())
        assert found == rows - 1
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 16 * 1024


def test_file_that_nobody_brought_in_is_forgotten_after_a_week(centre, small_chunks):
    done, part, forgotten = begun(centre, lines(1)), begun(centre, lines(5)), sent(centre, lines(2))
    go(done)
    with pytest.raises(Cancelled):
        go(part, stop_after(0))
    assert services.tidy(now=NOW + timedelta(days=6)) == 0
    assert services.tidy(now=NOW + timedelta(days=8)) == 1
    assert list(Import.objects.order_by("id")) == [done, part]
    assert not forgotten.file.storage.exists(forgotten.file.name)
    assert counts(go(part)) == ("done", 5, 4, 1, 0, 0)


def test_file_that_outlived_its_worker_is_removed_by_the_next_run_of_the_job(centre, house):
    batch = begun(centre, lines(1))
    name, storage = batch.file.name, batch.file.storage
    Import.objects.filter(pk=batch.pk).update(state=State.DONE)
    job = start_job(actor=house.supervisor, kind="import", title="x", arguments={"import": batch.pk}, now=NOW)
    assert work(job.pk)
    assert not storage.exists(name)
    batch.refresh_from_db()
    assert (batch.file.name, batch.head) == ("", [])


def test_job_of_a_forgotten_file_says_so(centre, house):
    batch = begun(centre, lines(1))
    job = start_job(actor=house.supervisor, kind="import", title="x", arguments={"import": batch.pk}, now=NOW)
    batch.delete()
    assert work(job.pk)
    job.refresh_from_db()
    assert "forgotten" in job.error


def test_file_of_a_command_that_was_killed_is_forgotten_too(centre):
    killed = begun(centre, lines(2))
    assert services.tidy(now=NOW + timedelta(days=8)) == 1
    assert not killed.file.storage.exists(killed.file.name)


def test_refused_rows_go_after_a_month_and_their_number_stays(centre):
    batch = begun(centre, lines(2, bad=[2]))
    go(batch)
    services.tidy(now=NOW + timedelta(days=29))
    assert batch.rejects.count() == 1
    services.tidy(now=NOW + timedelta(days=31))
    batch.refresh_from_db()
    assert (batch.rejects.count(), batch.rejected) == (0, 1)
