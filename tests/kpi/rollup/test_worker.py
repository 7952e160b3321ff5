"""Figures follow the calls with a real worker, and nobody counts by hand."""

from datetime import UTC, date, datetime

import pytest

from callcenter.access import SYSTEM
from callcenter.celery import app
from calls import services
from calls.enums import Outcome
from calls.intake import CallRow
from kpi.models import StaleSlot
from kpi.selectors.series import Question, series
from tests.calls.centre import NOW, build
from tests.worker import Worker

AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
DAY = date(2026, 3, 2)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _counted_before_it_is_read():
    """Leave the counting to the worker: elsewhere a fixture of this name counts in its stead."""
    app.control.purge()


def bring(centre, *waits, revision=0):
    """Record calls as an import does."""
    rows = [
        CallRow(
            f"call {place}",
            AT,
            Outcome.ANSWERED,
            agent="10001",
            wait_seconds=wait,
            revision=revision,
            row=place,
        )
        for place, wait in enumerate(waits)
    ]
    services.record_calls(actor=SYSTEM, source="acd", site=centre.here, rows=rows, now=NOW)


def figures(person):
    """Return what the day's series answers: calls, and the mean of their waits."""
    rows = series(person, Question(["offered", "speed_of_answer_mean"], DAY, DAY))
    return [(row["offered"], row["speed_of_answer_mean"]) for row in rows]


def test_calls_are_counted_right_after_their_commit_and_again_when_they_are_corrected():
    centre = build()
    with Worker() as worker:
        bring(centre, 5, 15)
        worker.wait_for(lambda: figures(centre.executive) == [(2, 10)])
        bring(centre, 5, 35, revision=1)
        worker.wait_for(lambda: figures(centre.executive) == [(2, 20)])
    assert not StaleSlot.objects.exists()


def test_calls_whose_message_was_lost_while_no_worker_ran_are_counted_by_the_sweep(tmp_path):
    centre = build()
    bring(centre, 5, 15)
    assert app.control.purge() == 1
    assert figures(centre.executive) == [(0, None)]
    beat = ("--beat", "--schedule", str(tmp_path / "beat"))
    with Worker(*beat, CALLCENTER_SWEEP_SECONDS="1") as worker:
        worker.wait_for(lambda: figures(centre.executive) == [(2, 10)])
    assert not StaleSlot.objects.exists()
