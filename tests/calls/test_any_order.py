"""Calls and corrections in any order, repetition and batching, read by whichever way, are stored as one clean import stores them."""

import io
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcenter.access import SYSTEM
from calls import services
from calls.enums import Outcome
from calls.intake import CallRow
from calls.kind import CallsKind
from calls.models import Call, CallKey
from calls.signals import calls_changed
from tests.calls.centre import NOW
from tests.imports.bring import bring as bring_file

START = datetime(2025, 12, 28, 3, tzinfo=UTC)
COLUMNS = (
    "call_id", "visit", "revision", "entered_at", "agent", "queue", "customer", "topic", "outcome", "wait_seconds",
    "talk_seconds", "resolved", "satisfaction",
)  # fmt: skip
HALF_HOUR = timedelta(minutes=30)


@st.composite
def calls(draw):
    """Return calls of a few keys, each with some revisions; what a revision says is drawn once."""
    rows = []
    keys = st.tuples(st.integers(1, 6), st.integers(0, 1), st.integers(0, 3))
    for call_id, visit, revision in draw(st.lists(keys, unique=True, min_size=1, max_size=12)):
        answered = draw(st.booleans())
        rows.append(
            CallRow(
                call_id=f"C {call_id}",
                visit=visit,
                revision=revision,
                entered_at=START + timedelta(hours=draw(st.integers(0, 300))),
                outcome=Outcome.ANSWERED if answered else Outcome.ABANDONED,
                agent=draw(st.sampled_from(["10001", "Wei Fang", "nobody", ""])) if answered else "",
                queue=draw(st.sampled_from(["", "Repairs"])),
                customer=draw(st.sampled_from(["", "13800000001"])),
                topic=draw(st.sampled_from(["", "Bill, twice", 'A "quoted" one', "账单"])),
                wait_seconds=draw(st.none() | st.integers(0, 90)),
                talk_seconds=draw(st.none() | st.integers(0, 900)) if answered else None,
                resolved=draw(st.sampled_from([None, True, False])),
                satisfaction=draw(st.none() | st.integers(1, 5)),
            )
        )
    return rows


@st.composite
def comings(draw):
    """Return the calls and how they come: batches of them, each as rows or as a file."""
    rows = draw(calls())
    again = draw(st.lists(st.sampled_from(rows), max_size=8))
    mixed = draw(st.permutations([*rows, *again]))
    cuts = sorted(draw(st.lists(st.integers(0, len(mixed)), max_size=4)))
    batches = [mixed[a:b] for a, b in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]
    return rows, [(batch, draw(st.booleans())) for batch in batches if batch]


def as_file(rows):
    def cell(value):
        if isinstance(value, bool):
            return "YN"[not value]
        if isinstance(value, datetime):
            return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
        text = "" if value is None else str(value)
        return '"{}"'.format(text.replace('"', '""')) if set(text) & set(',"') else text

    lines = [",".join(cell(asdict(row)[name]) for name in COLUMNS) for row in rows]
    return io.BytesIO("\n".join([",".join(COLUMNS), *lines, ""]).encode())


def stored():
    names = [field.name for field in Call._meta.fields if field.name != "id"]
    found = sorted(Call.objects.values_list(*names), key=str)
    keys = sorted(CallKey.objects.values_list("call_id", "visit", "revision", "entered_at"))
    assert keys == sorted(Call.objects.values_list("call_id", "visit", "revision", "entered_at"))
    return found


def empty():
    Call.objects.all().delete()
    CallKey.objects.all().delete()


def record(centre, rows):
    services.record_calls(actor=SYSTEM, source="acd", site=centre.here, rows=rows, now=NOW)


def bring(centre, rows):
    where = {"site": centre.here, "source": "acd", "time_zone": "UTC"}
    batch = bring_file("calls", as_file(rows), given=where, columns=COLUMNS, now=NOW)
    assert batch.rejected == 0


@given(comings())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_repetition_and_batching_stores_what_one_clean_import_stores(centre, coming):
    rows, batches = coming
    best = {}
    for row in rows:
        key = (row.call_id, row.visit)
        best[key] = max(best.get(key, row), row, key=lambda one: one.revision)
    empty()
    record(centre, best.values())
    expected = stored()
    empty()
    for batch, is_file in batches:
        (bring if is_file else record)(centre, batch)
    assert stored() == expected


@pytest.fixture
def told():
    """Return the half hours that were told of."""
    slots = []

    def hear(slots, **_facts):
        heard.append(slots)

    heard = slots
    calls_changed.connect(hear)
    yield slots
    calls_changed.disconnect(hear)


def call(at, **facts):
    return CallRow("1", at, Outcome.ANSWERED, **facts)


def test_half_hours_are_told_of_before_and_after_a_correction_and_not_for_what_changes_nothing(centre, told):
    first, later = datetime(2026, 1, 31, 23, 59, tzinfo=UTC), datetime(2026, 2, 1, 0, 29, tzinfo=UTC)
    record(centre, [call(first)])
    record(centre, [call(first)])
    record(centre, [call(later, revision=1)])
    assert told == [
        [datetime(2026, 1, 31, 23, 30, tzinfo=UTC)],
        [datetime(2026, 1, 31, 23, 30, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)],
    ]
    assert Call.objects.get().entered_at == later


def test_half_hours_of_matched_calls_are_told_of(centre, told):
    record(centre, [call(NOW, agent="小魏")])
    services.match_agent_name(
        actor=SYSTEM, source="acd", site=centre.here, name="小魏", person=centre.agent, now=NOW
    )
    assert told == [[NOW], [NOW]]


TRAPS = (
    "1,2026-03-02 09:00,Y,10,5", "2,2026-02-30 09:00,Y,10,5", "3,02/03/2026 09:00,Y,10,5", "4,now,Y,10,5",
    "5,2026-03-02 09:00,maybe,10,5", "6,2026-03-02 09:00,Y,0x1F,5", "7,2026-03-02 09:00,Y,1_0,5",
    "8,2026-03-02 09:00,Y,0:02:23,5", "9,2026-03-02 09:00,N,10,", "10,2026-03-02 09:00,N,0,", "11,2026-03-02 09:00,Y,10,6",
    " 12 ,2026-03-02 09:00,是,10.5,5", "13,2026-03-02T09:00:00+08:00,已接通,7,", ",2026-03-02 09:00,Y,10,5", ",,,,",
    "14,2026-03-02 09:00,Y", "15,2026-03-02 09:00,Y,10,5,more", "'=16,2026-03-02 09:00,Y,,", "17,2026-03-02 24:00,Y,,",
    "18,2026-03-29 02:30,Y,,", "19,2026-10-25 02:30,N,,", "20,2026-03-02 09:00,overflow,,", f"{'9' * 121},2026-03-02 09:00,Y,,",
)  # fmt: skip


def test_lines_that_the_database_reads_itself_are_judged_as_cell_by_cell(centre, monkeypatch):
    file = "call_id,entered_at,outcome,talk_seconds,satisfaction\n" + "\n".join(TRAPS) + "\n"
    now = datetime(2026, 11, 1, tzinfo=UTC)

    def bring_all(source):
        batch = bring_file(
            "calls",
            io.BytesIO(file.encode()),
            given={"site": centre.here, "source": source, "time_zone": "Europe/Berlin"},
            file_name=f"{source}.csv",
            now=now,
        )
        rejects = list(batch.rejects.values_list("row", "column", "reason", "raw"))
        names = ("call_id", "entered_at", "outcome", "talk_seconds", "satisfaction")
        kept = list(Call.objects.filter(source=source).order_by("call_id").values_list(*names))
        Call.objects.all().delete()
        CallKey.objects.all().delete()
        return batch.rows, rejects, kept

    quick = bring_all("acd")
    monkeypatch.setattr(CallsKind, "plain", lambda *_given: None)
    assert bring_all("acd") == quick
    assert len(quick[2]) == 10
