"""Months of calls that are kept no more."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse

from callcenter.access import SYSTEM
from callcenter.audit.models import Entry
from callcenter.errors import DomainError, NotAllowed
from calls import retention, services, tasks
from calls.enums import Outcome
from calls.intake import CallRow
from calls.models import Call, CallKey, Source
from calls.store import months
from tests.calls.centre import NOW, build

OLD, LATE = datetime(2025, 10, 31, 23, 59, tzinfo=UTC), datetime(2025, 11, 1, tzinfo=UTC)


def record(centre, *moments):
    rows = [CallRow(str(moment), moment, Outcome.ANSWERED) for moment in moments]
    return services.record_calls(actor=SYSTEM, source="acd", site=centre.here, rows=rows, now=NOW)


def keep(kept):
    services.set_retention(actor=SYSTEM, kept=kept, now=NOW)
    return services.drop_old(actor=SYSTEM, now=NOW)


def test_calls_are_kept_for_ever_unless_somebody_says_otherwise(centre):
    record(centre, OLD, NOW)
    assert services.drop_old(actor=SYSTEM, now=NOW) == []
    assert Call.objects.count() == 2


def test_months_before_those_kept_are_dropped_with_their_keys(centre):
    record(centre, OLD, LATE, NOW)
    assert keep(4) == [datetime(2025, 10, 1, tzinfo=UTC)]
    assert list(Call.objects.order_by("entered_at").values_list("entered_at", flat=True)) == [LATE, NOW]
    assert CallKey.objects.count() == 2
    source = Source.objects.get()
    assert (source.calls, source.first_at) == (2, LATE)
    assert months.name_of(OLD) not in months.existing()
    entry = Entry.objects.get(action="calls.month_dropped")
    assert entry.details == {"month": "2025-10", "calls": {"acd": 1}}
    assert keep(4) == []


def test_call_of_a_month_that_is_kept_no_more_is_refused(centre):
    keep(4)
    taken = record(centre, OLD, LATE)
    assert taken.new == 1
    assert taken.refused == [(0, "entered_at", "calls of that time are kept no more")]


def test_call_that_is_still_to_come_is_refused_and_makes_no_table(centre):
    taken = record(centre, datetime(2090, 1, 1, tzinfo=UTC))
    assert [(field, reason) for _row, field, reason in taken.refused] == [
        ("entered_at", "that moment is still to come")
    ]
    assert not Source.objects.exists()
    assert "calls_call_209001" not in months.existing()


def test_table_of_the_next_month_is_made_ahead(centre):
    services.make_ahead(now=datetime(2026, 12, 5, tzinfo=UTC))
    assert {"calls_call_202612", "calls_call_202701"} <= months.existing().keys()


def test_command_names_what_it_would_drop_and_drops_it_when_told(centre):
    record(centre, datetime(2020, 5, 1, tzinfo=UTC))
    out = io.StringIO()
    call_command("keep_calls", months=12, dry_run=True, stdout=out)
    assert "2020-05: about" in out.getvalue()
    assert Call.objects.count() == 1
    assert retention.kept_months() is None
    call_command("keep_calls", months=12, stdout=out)
    assert "2020-05: dropped" in out.getvalue()
    assert not Call.objects.exists()
    call_command("keep_calls", for_ever=True, stdout=out)
    assert retention.kept_months() is None
    with pytest.raises(CommandError, match="3 to 240"):
        call_command("keep_calls", months=1)


def test_too_few_months_are_refused(centre):
    with pytest.raises(DomainError) as refused:
        keep(2)
    assert refused.value.field == "months"


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("manager", True),
        ("administrator", True),
        ("supervisor", False),
        ("regional", False),
        ("executive", False),
        ("lead", False),
        ("agent", False),
    ],
)
def test_who_may_say_how_long_calls_are_kept(centre, client, role, may):
    actor = getattr(centre, role)
    client.force_login(actor)
    assert (client.get(reverse("calls:kept")).status_code == 200) is may
    if not may:
        with pytest.raises(NotAllowed):
            services.set_retention(actor=actor, kept=12, now=NOW)


def test_page_shows_the_months_and_keeps_what_was_typed(centre, client):
    record(centre, OLD, NOW)
    client.force_login(centre.manager)
    assert "2025-10" in client.get(reverse("calls:kept")).content.decode()
    wrong = client.post(reverse("calls:kept"), {"months": "1"})
    assert wrong.status_code == 422
    assert 'value="1"' in wrong.content.decode()
    assert client.post(reverse("calls:kept"), {"months": "24"}).status_code == 302
    assert retention.kept_months() == 24
    client.post(reverse("calls:kept"), {"months": ""})
    assert retention.kept_months() is None


def indexes_of(month):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s ORDER BY 1", [month])
        return [name for (name,) in cursor.fetchall()]


def test_every_month_has_the_indexes_of_the_model_and_its_key(centre):
    record(centre, datetime(2020, 5, 1, tzinfo=UTC))
    wanted = {f"{index.name}_202005" for index in Call._meta.indexes} | {"calls_call_202005_pkey"}
    assert set(indexes_of("calls_call_202005")) == wanted
    assert months.bare() == []


def test_month_that_a_stopped_file_left_without_indexes_gets_them_by_the_sweep(centre):
    with transaction.atomic():
        months.ensure([datetime(2020, 5, 1, tzinfo=UTC)], bare=True)
    assert months.bare() == ["calls_call_202005"]
    assert indexes_of("calls_call_202005") == ["calls_call_202005_pkey"]
    tasks.keep_months()
    tasks.keep_months()
    assert months.bare() == []
    assert len(indexes_of("calls_call_202005")) == 1 + len(Call._meta.indexes)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_month_that_somebody_writes_into_for_long_is_indexed_the_next_time(monkeypatch):
    monkeypatch.setattr(months, "PATIENCE", "SET LOCAL lock_timeout = '100ms'")
    centre = build()
    with transaction.atomic():
        months.ensure([datetime(2020, 5, 1, tzinfo=UTC)], bare=True)
    with ThreadPoolExecutor(1) as beside, transaction.atomic():
        record(centre, datetime(2020, 5, 1, tzinfo=UTC))
        beside.submit(in_thread, services.index_months).result()
        assert months.bare() == ["calls_call_202005"]
    services.index_months()
    assert months.bare() == []
    with transaction.atomic():
        months.drop(datetime(2020, 5, 1, tzinfo=UTC))


def in_thread(work):
    """Work with a connection of its own, which ends with it."""
    try:
        work()
    finally:
        connection.close()
