"""Two imports at the same moment, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from callcenter.access import SYSTEM
from calls import services
from calls.enums import Outcome
from calls.intake import CallRow
from calls.models import Call
from tests.calls import sample
from tests.calls.centre import NOW, build
from tests.imports.bring import bring as bring_file


@pytest.fixture
def committed_centre(django_db_serialized_rollback, transactional_db):
    return build()


def test_same_file_twice_at_the_same_moment_counts_once(committed_centre):
    content, start = sample.xlsx(sample.good_rows(300)), Barrier(2)
    files = [content, type(content)(content.getvalue())]

    def bring(file):
        try:
            start.wait()
            given = {"site": committed_centre.here, "source": "calls", "time_zone": ""}
            return bring_file("calls", file, given=given, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        batches = list(pool.map(bring, files))
    assert sorted((batch.new, batch.unchanged) for batch in batches) == [(0, 300), (300, 0)]
    assert Call.objects.count() == 300


def test_two_sources_that_bring_the_first_calls_of_a_month_share_its_table(committed_centre):
    moment, start = datetime(2019, 7, 1, tzinfo=UTC), Barrier(2)

    def record(source):
        try:
            start.wait()
            rows = [CallRow(str(number), moment, Outcome.ANSWERED) for number in range(500)]
            given = {"actor": SYSTEM, "site": committed_centre.here, "rows": rows, "now": NOW}
            return services.record_calls(source=source, **given).new
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(record, ("acd", "pbx"))) == [500, 500]
    assert Call.objects.filter(entered_at=moment).count() == 1000
