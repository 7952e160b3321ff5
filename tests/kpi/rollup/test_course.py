"""From a call that comes in to figures: marked, counted by the tasks, fresh."""

import re
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models.functions import Now

from callcenter.access import SYSTEM
from calls import services
from calls.enums import Outcome
from calls.intake import CallRow
from kpi import tasks
from kpi.models import HalfHour, StaleMonth, StaleSlot, TeamHalfHour, TeamMonth, TeamTimeOfDay
from kpi.selectors.freshness import freshness
from kpi.services import rollups
from tests.calls.centre import NOW

AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
WRITES = re.compile(r"\s*(DELETE FROM kpi_(?!stale)|INSERT INTO kpi_(?!stale|siteclock)|WITH fresh AS)")


def bring(centre, waits):
    rows = [
        CallRow(
            str(number), AT, Outcome.ANSWERED, agent="10001", wait_seconds=wait, talk_seconds=60, row=number
        )
        for number, wait in enumerate(waits)
    ]
    services.record_calls(actor=SYSTEM, source="acd", site=centre.here, rows=rows, now=NOW)


def test_tasks_count_what_is_marked_and_merge_its_month(centre):
    bring(centre, [5, 10])
    assert StaleSlot.objects.exists()
    tasks.refresh_rollups(at_once=True)
    assert [row.offered for row in HalfHour.objects.all()] == [2]
    assert StaleMonth.objects.get().at.isoformat() == "2026-03-01"
    tasks.merge_months()
    assert [row.offered for row in TeamMonth.objects.all()] == [2]
    assert [row.at.isoformat() for row in TeamTimeOfDay.objects.all()] == ["2026-03-01T12:00:00"]
    assert not StaleSlot.objects.exists()
    assert not StaleMonth.objects.exists()


def test_a_day_that_calls_still_come_into_waits_until_it_is_quiet_but_not_for_long(centre):
    bring(centre, [5, 10])
    assert rollups.refresh(at_once=False) == 0
    StaleSlot.objects.update(marked_at=Now() - rollups.QUIET)
    rollups.mark(centre.here.pk, [AT + timedelta(minutes=30)])
    assert rollups.refresh(at_once=False) == 0
    StaleSlot.objects.filter(at=AT).update(marked_at=Now() - rollups.LONGEST)
    assert rollups.refresh(at_once=False) == 2
    assert not StaleSlot.objects.exists()


def test_a_quiet_day_is_counted_while_calls_come_into_another(centre):
    bring(centre, [5, 10])
    StaleSlot.objects.update(marked_at=Now() - rollups.QUIET)
    rollups.mark(centre.here.pk, [AT + timedelta(days=1)])
    assert rollups.refresh(at_once=False) == 1
    assert [mark.at for mark in StaleSlot.objects.all()] == [AT + timedelta(days=1)]


def test_percentiles_stand_ready_from_ten_calls_on(centre):
    bring(centre, range(1, 10))
    tasks.refresh_rollups(at_once=True)
    assert TeamHalfHour.objects.get().wait_p50 is None
    bring(centre, range(1, 11))
    tasks.refresh_rollups(at_once=True)
    row = TeamHalfHour.objects.get()
    assert (row.wait_p10, row.wait_p50, row.wait_p90, row.wait_p95) == (1, 5, 9, 10)


def joins_of(work):
    """Do the work; return how the planner joined in the statements that write roll-ups."""
    found, looking = [], []

    def look(execute, sql, params, many, context):
        if not looking and isinstance(sql, str) and WRITES.match(sql):
            looking.append(sql)
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}", params)
                found.extend(re.findall(r"Nested Loop|Hash \w*\s*\w* ?Join", str(cursor.fetchall())))
            looking.clear()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        work()
    return found


def test_sets_that_the_planner_knows_nothing_of_are_joined_as_sets(centre):
    bring(centre, range(1, 11))
    tasks.refresh_rollups(at_once=True)
    tasks.merge_months()
    bring(centre, range(1, 21))
    again = [*joins_of(rollups.refresh), *joins_of(tasks.merge_months)]
    assert any(join.startswith("Hash") for join in again)
    assert "Nested Loop" not in again


def test_figures_are_as_fresh_as_the_oldest_change_that_waits(centre):
    before = freshness()
    assert before.waiting == 0
    bring(centre, [5])
    found = freshness()
    assert found.waiting == 1
    assert found.as_of - before.as_of < timedelta(minutes=1)
    tasks.refresh_rollups(at_once=True)
    assert freshness().waiting == 0
