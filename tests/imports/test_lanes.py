"""Chunks of a file on the way at once: in their order whatever happens, and none of them twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from agents.models import Site
from callcenter.access import SYSTEM
from callcenter.errors import Conflict
from callcenter.imports import lanes
from callcenter.imports.enums import State
from callcenter.imports.lanes import in_order
from callcenter.imports.models import Import
from callcenter.sheets import text
from calls.enums import Outcome
from calls.intake import CallRow
from calls.models import Call, CallKey, Customer, Source
from calls.services import record_calls
from calls.store import months
from tests.calls.centre import NOW, build
from tests.imports.bring import bring

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HEADER = "Call number,Date and time,Agent,Answered (Y/N),Wait,Talk,Revision"


def lock(number):
    """Take a lock until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def names():
    return [*Customer.objects.order_by("pk").values_list("name", flat=True)]


def test_chunks_are_on_the_way_at_once_and_each_is_committed_behind_the_one_before():
    both_are_here = threading.Barrier(2, timeout=20)
    threads = set()

    def settle(chunk, turn):
        with transaction.atomic():
            threads.add(threading.get_ident())
            if chunk < 2:
                both_are_here.wait()
            turn.take()
            assert Customer.objects.count() == chunk
            Customer.objects.create(name=str(chunk))
        return chunk * 10

    assert [*in_order(range(7), settle, lanes=2)] == [0, 10, 20, 30, 40, 50, 60]
    assert names() == list("0123456")
    assert len(threads) == 2
    assert threading.get_ident() not in threads


def test_a_chunk_that_waits_for_the_one_behind_is_brought_in_again_before_it(monkeypatch):
    monkeypatch.setattr(lanes, "PATIENCE", "SET lock_timeout = '200ms'")
    held, tried = threading.Event(), []

    def settle(chunk, turn):
        with transaction.atomic():
            tried.append(chunk)
            if chunk == 0:
                held.wait(20)
            if chunk < 2:
                lock(7)
            held.set()
            turn.take()
            Customer.objects.create(name=str(chunk))
        return chunk

    assert [*in_order(range(4), settle, lanes=2)] == [0, 1, 2, 3]
    assert names() == list("0123")
    assert sorted(tried[:2]) == [0, 1]
    assert tried[2:4] == [0, 1]
    assert sorted(tried[4:]) == [2, 3]


def test_the_first_error_ends_it_and_nothing_behind_is_committed():
    def settle(chunk, turn):
        with transaction.atomic():
            Customer.objects.create(name=str(chunk))
            turn.take()
            if chunk == 2:
                raise Conflict("no")
        return chunk

    found = in_order(range(9), settle, lanes=2)
    assert [next(found), next(found)] == [0, 1]
    with pytest.raises(Conflict):
        next(found)
    assert sorted(names()) == ["0", "1"]


def test_within_a_transaction_of_the_caller_all_is_in_that_one():
    threads = []
    with transaction.atomic():
        for _settled in in_order(
            range(3), lambda _chunk, _turn: threads.append(threading.get_ident()), lanes=2
        ):
            assert connection.in_atomic_block
    assert threads == [threading.get_ident()] * 3


def test_what_others_need_is_committed_ahead_of_the_chunk_and_stays_if_that_fails():
    ready = threading.Event()

    def settle(chunk, turn):
        with transaction.atomic():
            if chunk == 0:
                turn.ahead(lambda: Customer.objects.create(name="for all"))
                ready.set()
                raise Conflict("no")
            assert ready.wait(20)
            assert names() == ["for all"]
            turn.take()

    with pytest.raises(Conflict):
        [*in_order(range(2), settle, lanes=2)]
    assert names() == ["for all"]


@pytest.fixture
def brought(monkeypatch):
    """Return the function that brings lines in, some forty of them in a chunk, and says what became of them."""
    monkeypatch.setattr(text, "BLOCK_OF_LINES", 2000)
    monkeypatch.setattr(lanes, "PATIENCE", "SET lock_timeout = '300ms'")
    centre = build()

    def of(*lines):
        file = BytesIO(("\n".join([HEADER, *lines]) + "\n").encode())
        given = {"site": centre.here, "source": "acd", "time_zone": ""}
        return bring("calls", file, given=given, now=NOW)

    return of


def line(number, *, talk=60, revision=0):
    return (
        f"C-{number:05},2026-03-02 {8 + number // 60 % 10:02}:{number % 60:02}:00,10001,Y,5,{talk},{revision}"
    )


def test_a_file_in_many_chunks_counts_every_call_once(brought):
    batch = brought(*map(line, range(1000)))
    assert (batch.state, batch.rows, batch.new, batch.row) == (State.DONE, 1000, 1000, 1001)
    assert Import.objects.values_list("rows", "new", "row").get(pk=batch.pk) == (1000, 1000, 1001)
    assert Call.objects.count() == CallKey.objects.count() == 1000
    assert Source.objects.get().calls == 1000
    again = brought(*map(line, range(1000, 1100)), *map(line, range(1000)))
    assert (again.new, again.unchanged) == (100, 1000)
    assert Call.objects.count() == CallKey.objects.count() == Source.objects.get().calls == 1100


def test_months_that_are_new_are_made_by_a_chunk_and_indexed_when_the_file_is_in(brought):
    for month in months.existing().values():
        months.drop(month)
    lines = [line(number).replace("2026-03", f"2025-0{1 + number // 250}") for number in range(1000)]
    batch = brought(*lines)
    assert (batch.state, batch.new) == (State.DONE, 1000)
    assert {f"calls_call_20250{number}" for number in (1, 2, 3, 4)} <= months.existing().keys()
    assert months.bare() == []
    assert Call.objects.count() == CallKey.objects.count() == Source.objects.get().calls == 1000


def test_two_files_of_one_source_at_once_and_a_batch_beside_them_count_every_call_once(brought):
    def batch():
        here = Site.objects.get(code="here")
        rows = [CallRow(f"C-{number:05}", NOW, Outcome.ANSWERED) for number in range(2000, 2050)]
        for some in (rows[:30], rows[20:]):
            record_calls(actor=SYSTEM, source="acd", site=here, rows=some, now=NOW)

    works = [lambda: brought(*map(line, range(700))), lambda: brought(*map(line, range(300, 1000))), batch]
    with ThreadPoolExecutor(len(works)) as beside:
        for work in [beside.submit(and_close, work) for work in works]:
            work.result()
    assert set(Import.objects.values_list("state", "rejected")) == {(State.DONE, 0)}
    assert Call.objects.count() == CallKey.objects.count() == Source.objects.get().calls == 1050
    assert Import.objects.aggregate(new=Sum("new"), known=Sum("unchanged")) == {"new": 1000, "known": 400}


def and_close(work):
    """Work with a connection of its own, which ends with it."""
    try:
        work()
    finally:
        connection.close()


def test_of_two_rows_with_one_key_in_chunks_side_by_side_the_first_stays(brought):
    lines = []
    for number in range(1000):
        lines.append(line(number, talk=60))
        if number >= 40:
            lines.append(line(number - 40, talk=61))
    batch = brought(*lines)
    assert (batch.new, batch.rejected) == (1000, 960)
    assert set(Call.objects.values_list("talk_seconds", flat=True)) == {60}
    assert Call.objects.count() == CallKey.objects.count() == Source.objects.get().calls == 1000


def test_corrections_in_chunks_side_by_side_leave_one_call_of_the_highest_revision(brought):
    brought(*(line(number) for number in range(400)))
    batch = brought(
        *(
            line(number, talk=60 + revision, revision=revision)
            for number in range(400)
            for revision in (1, 3, 2)
        )
    )
    assert (batch.rejected, batch.changed + batch.unchanged) == (0, 1200)
    assert set(Call.objects.values_list("talk_seconds", "revision")) == {(63, 3)}
    assert Call.objects.count() == CallKey.objects.count() == 400
