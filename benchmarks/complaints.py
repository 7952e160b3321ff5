"""Complaints: the sweep with all that follows from it, beside one bare statement that writes half of it.

Every complaint has its three clocks. What is newly overdue is its deadline, and in two figures all three at once.

`--size complaints=1000000 --size due=50000` is the full mark; the default ends within some minutes. The limit moves the
same complaints to the same superior and writes one outbox row for each, in a single statement without locks, alerts,
audit or clocks; the same superior for everybody is what it is spared to find out.
"""

import subprocess
import sys
import time
from collections.abc import Callable

from django.db import connection

from benchmarks import _analysis, _due, _lists, _mails
from benchmarks.runner import Bench
from callcenter.audit.models import Entry
from callcenter.outbox.models import Message, State
from complaints import services
from complaints.enums import ClockKind
from complaints.models import Alert, Complaint

BARE = """
WITH moved AS (
    UPDATE complaints_complaint SET level = 1, responsible_id = %(superior)s
     WHERE id IN (SELECT complaint_id FROM complaints_clock WHERE next_at <= %(now)s)
 RETURNING id, reference, subject, tier, received_at, due_at)
INSERT INTO outbox_message (key, topic, channel, recipient_id, people, "to", cc, reached, language, time_zone, template,
    context, state, created_at, due_at, attempts, error, untold)
SELECT 'clock:' || id || ':escalation:1', 'complaint:' || id, 'email', %(superior)s, ARRAY[%(superior)s],
    ARRAY['somebody@example.org'], '{}', '{}', 'en', 'Asia/Shanghai', 'complaints/notify/escalation',
    jsonb_build_object('reference', reference, 'subject', subject, 'path', '/complaints/' || reference || '/',
        'received_at', received_at, 'complaint_due_at', due_at, 'tier', tier, 'mark', 1, 'handler', 'The handler',
        'next_step_at', %(now)s::timestamptz), 'queued', %(now)s, %(now)s, 0, '', '{}'
FROM moved
"""
IDLE_GOAL_MS, WORKER_GOAL_MB = 5.0, 300.0
FEW = 1000
KINDS = 3


def run(bench: Bench) -> None:
    """Measure the sweep of what is newly overdue, an idle one, two at once, and the memory of a worker."""
    bench.database()
    load = _due.make(complaints=bench.size("complaints", 200_000), due=bench.size("due", 20_000))
    load.rewind(0)
    bench.report("idle_sweep", _milliseconds(_sweep(load)), "ms", IDLE_GOAL_MS)
    bench.compare(
        "sweep",
        product=_sweep(load),
        limit=_bare(load),
        unit="/s",
        better="higher",
        goal=0.5,
        per=load.due,
        before=lambda: load.rewind(load.due),
    )
    _one_by_one(bench, load)
    _three_clocks(bench, load)
    _two_at_once(bench, load)
    for count in (FEW, load.due):
        load.rewind(count)
        swept, _seconds, megabytes = _outcome(_process(load))
        _check(swept, count)
        bench.report(f"worker_{count}_due", megabytes, "MB", WORKER_GOAL_MB)
    _mails.measure(bench, load)
    _lists.measure(bench)
    _analysis.measure(bench, load.now)


def _sweep(load: _due.Load) -> Callable[[], object]:
    return lambda: services.sweep_clocks(now=load.now)


def _bare(load: _due.Load) -> Callable[[], object]:
    superior = Complaint.objects.order_by("pk")[0].handler_id

    def escalate() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, {"superior": superior, "now": load.now})

    return escalate


def _one_by_one(bench: Bench, load: _due.Load) -> None:
    """Every deadline at an instant of its own: what a make-up of working-hour clocks costs."""
    load.rewind(load.due, spread=True)
    bench.report("sweep_of_many_instants", load.due / _milliseconds(_sweep(load), rounds=1) * 1000, "/s")


def _three_clocks(bench: Bench, load: _due.Load) -> None:
    """Every clock of a complaint at once, as after a night without a worker."""
    load.rewind(load.due, kinds=ClockKind.values)
    clocks = KINDS * load.due
    bench.report("sweep_of_three_clocks", clocks / _milliseconds(_sweep(load), rounds=1) * 1000, "/s")


def _two_at_once(bench: Bench, load: _due.Load) -> None:
    load.rewind(load.due, kinds=ClockKind.values)
    audited = Entry.objects.count()
    both = [_outcome(process) for process in [_process(load), _process(load)]]
    clocks = KINDS * load.due
    _check(sum(swept for swept, _seconds, _megabytes in both), clocks)
    waiting = Message.objects.filter(state=State.QUEUED)
    for rows in (Alert.objects.count(), waiting.count(), Entry.objects.count() - audited):
        _check(rows, clocks)
    bench.report(
        "two_sweeps_of_three_clocks_at_once", clocks / max(seconds for _swept, seconds, _mb in both), "/s"
    )


def _process(load: _due.Load) -> "subprocess.Popen[str]":
    line = [sys.executable, "-m", "benchmarks._sweeper", load.now.isoformat()]
    return subprocess.Popen(line, stdout=subprocess.PIPE, text=True)


def _outcome(process: "subprocess.Popen[str]") -> tuple[int, float, float]:
    swept, seconds, megabytes = process.communicate()[0].split()
    return int(swept), float(seconds), float(megabytes)


def _check(found: int, expected: int) -> None:
    if found != expected:
        message = f"{found} rows instead of {expected}"
        raise AssertionError(message)


def _milliseconds(work: Callable[[], object], rounds: int = 9) -> float:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)[rounds // 2]
