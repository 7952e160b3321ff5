"""However calls and their corrections come, the roll-ups are those of one clean import."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcenter.access import SYSTEM
from calls import services
from calls.enums import Outcome
from calls.intake import CallRow
from calls.models import Call
from kpi.models import AgentDay, HalfHour, Line, LineHalfHour, StaleSlot, TeamDay, TeamHalfHour
from kpi.services import rollups
from tests.calls.centre import NOW
from tests.factories.calls import CallFactory

BEGIN = datetime(2026, 3, 1, 15, 0, tzinfo=UTC)  # an hour before midnight at the site
TABLES = (HalfHour, LineHalfHour, TeamHalfHour, AgentDay, TeamDay)


def row(number, revision, minutes, agent, talk):
    return CallRow(
        str(number),
        BEGIN + timedelta(minutes=minutes),
        Outcome.ANSWERED if agent else Outcome.ABANDONED,
        agent=agent,
        queue="Line",
        wait_seconds=talk % 50,
        talk_seconds=talk if agent else None,
        revision=revision,
    )


ROWS = st.lists(
    st.builds(
        row,
        st.integers(0, 7),
        st.integers(0, 2),
        st.integers(0, 130),
        st.sampled_from(["10001", "10003", "Becky", ""]),
        st.integers(0, 900),
    ),
    min_size=1,
    max_size=10,
    unique_by=lambda one: (one.call_id, one.revision),
)


def kept():
    """Return every row of every grain, lengths in order."""
    lines = {line.pk: (line.source, line.queue_name) for line in Line.objects.all()}
    found = set()
    for table in TABLES:
        names = [field.name for field in table._meta.concrete_fields if field.name != "pk"]
        for values in table.objects.values_list(*names):
            one = dict(zip(names, values, strict=True))
            if "line" in one:
                one["line"] = lines[one["line"]]
            found.add((table.__name__, *(_in_order(value) for value in one.values())))
    return found


def _in_order(value):
    if not isinstance(value, (bytes, memoryview)):
        return value
    plain = bytes(value)
    return tuple(sorted(plain[at : at + 2] for at in range(0, len(plain), 2)))


def bring(centre, rows):
    services.record_calls(actor=SYSTEM, source="acd", site=centre.here, rows=rows, now=NOW)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, data=st.data())
def test_any_order_repetition_and_batching_is_one_clean_import(centre, rows, data):
    latest = {one.call_id: one for one in sorted(rows, key=lambda one: one.revision)}
    with transaction.atomic():
        bring(centre, [replace(one, row=place) for place, one in enumerate(latest.values())])
        rollups.refresh()
        clean = kept()
        transaction.set_rollback(True)
    with transaction.atomic():
        again = data.draw(st.lists(st.sampled_from(rows), max_size=8))
        mixed = data.draw(st.permutations([*rows, *again]))
        while mixed:
            size = data.draw(st.integers(1, len(mixed)))
            bring(centre, [replace(one, row=place) for place, one in enumerate(mixed[:size])])
            if data.draw(st.booleans()):
                rollups.refresh()
            mixed = mixed[size:]
        rollups.refresh()
        assert kept() == clean
        call_command("kpi", "verify")
        transaction.set_rollback(True)


def test_verify_finds_what_differs(centre, capsys):
    CallFactory(site=centre.here, agent=centre.agent, team=centre.team)
    rollups.refresh()
    call_command("kpi", "verify", since="2026-03-01", until="2026-03-31", sample=3)
    assert "1 days counted once more, 0 numbers differ" in capsys.readouterr().out
    Call.objects.update(talk_seconds=181)
    with pytest.raises(CommandError, match="differ"):
        call_command("kpi", "verify")
    assert "talk_sum: 180 is kept, 181 was counted" in capsys.readouterr().out
    call_command("kpi", "rebuild", site="here")
    call_command("kpi", "verify")


def test_a_call_that_is_gone_leaves_no_row(centre):
    call = CallFactory(site=centre.here)
    rollups.refresh()
    assert HalfHour.objects.exists()
    rollups.mark(call.site_id, [call.entered_at])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM calls_call")
    rollups.refresh()
    assert not any(table.objects.exists() for table in TABLES)


def test_day_keeps_its_figures_when_its_first_hours_are_no_longer_kept(centre):
    """The month of UTC ends at eight in the morning at the site."""
    early, late = (datetime(2026, *at, tzinfo=UTC) for at in ((2, 28, 17), (3, 1, 3)))
    for at in (early, late):
        CallFactory(site=centre.here, entered_at=at)
    rollups.refresh()
    Call.objects.filter(entered_at=early).delete()
    rollups.mark(centre.here.pk, [late])
    rollups.refresh()
    assert [(row.at.day, row.offered) for row in AgentDay.objects.all()] == [(1, 2)]
    assert HalfHour.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_week_that_somebody_counts_is_passed_by_and_stays_marked(django_db_serialized_rollback):
    from tests.calls.centre import build  # noqa: PLC0415 (the data of this test's own transaction)

    centre = build()
    CallFactory(site=centre.here)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(rollups.LOCK, [centre.here.pk, "2026-03-02"])
            assert rollups.refresh() == 0
            assert StaleSlot.objects.exists()
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert rollups.refresh() == 1
    assert not StaleSlot.objects.exists()
