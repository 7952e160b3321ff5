"""Attendance of the roster that `_rosters` has made: marks, logged states, the sweep, sums, one's own month."""

import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import cycle

from django.db import connection

from agents.models import User
from benchmarks.runner import Bench
from callcenter.access import SYSTEM
from shifts.enums import AgentState, PunchKind
from shifts.models import Attendance, Punch, Shift
from shifts.selectors import adherence, mine
from shifts.services import attendance
from shifts.services.states import StateRow, record_states

MINUTE = timedelta(minutes=1)
STATES = (AgentState.AVAILABLE, AgentState.ON_CALL, AgentState.WRAP_UP)
BATCH = 5000
LOGGED = timedelta(days=4)


def measure(bench: Bench) -> None:
    """Let everybody come and go, log the last days' states, and look at what follows."""
    shifts = list(Shift.objects.exclude(person=None).select_related("person").order_by("starts_at"))
    now = shifts[-1].ends_at + timedelta(hours=6)
    Punch.objects.bulk_create(
        Punch(person=shift.person, kind=kind, at=at)
        for shift in shifts
        for kind, at in ((PunchKind.IN, shift.starts_at - MINUTE), (PunchKind.OUT, shift.ends_at + MINUTE))
    )
    rows = list(_states([shift for shift in shifts if shift.starts_at > now - LOGGED]))
    taken = _milliseconds(lambda: _record(rows, now), 1)
    bench.report("states_recorded", len(rows) * 1000 / taken, "/s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    bench.report("attendance_sweep", _milliseconds(lambda: attendance.sweep_attendance(now=now), 5), "ms")
    known = Attendance.objects.all()
    bench.report("adherence_by_team", _milliseconds(lambda: adherence.totals(known, by="team"), 5), "ms")
    person = User.objects.select_related("site__calendar").get(pk=shifts[-1].person_id)
    since = shifts[-1].day - timedelta(days=41)
    until = since + timedelta(days=42)
    bench.report("own_month", _milliseconds(lambda: mine.days(person, since, until, now), 15), "ms")
    marks = ((kind, now + number * MINUTE) for number, kind in enumerate(cycle(PunchKind)))

    def clock() -> None:
        kind, at = next(marks)
        attendance.clock(actor=person, kind=kind, now=at)

    clocked = _milliseconds(clock, 15)
    bench.report("clock_in_or_out", clocked, "ms")


def _states(shifts: list[Shift]) -> list[StateRow]:
    found: list[StateRow] = []
    states = cycle(STATES)
    for shift in shifts:
        at: datetime = shift.starts_at
        while shift.person and at < shift.ends_at:
            end = at + 6 * MINUTE
            found.append(StateRow(len(found) + 1, shift.person.work_number, next(states), at, end))
            at = end
    return found


def _record(rows: list[StateRow], now: datetime) -> None:
    for at in range(0, len(rows), BATCH):
        record_states(actor=SYSTEM, source="acd", rows=rows[at : at + BATCH], now=now)


def _milliseconds(work: Callable[[], object], times: int) -> float:
    taken = []
    for _round in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)
