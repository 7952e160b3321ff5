"""Real workers killed at random moments, two schedulers, Redis restarted: every deadline is escalated and mailed, once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from agents.models import Site
from callcenter.audit.models import Entry
from callcenter.outbox import delivery, queue
from callcenter.outbox.models import Message, State
from callcenter.worktime.models import Calendar
from complaints.enums import ClockKind
from complaints.models import Alert, Clock, Complaint
from devtools.services import RedisServer
from tests.complaints.test_sweep_killed import copies_of
from tests.devtools.conftest import folder  # noqa: F401 (a fixture: a place for the other Redis)

COUNT, SPREAD = 2000, 8.0
SEED = 20261122
PATIENCE = 100
CELERY = "celery --quiet --app callcenter".split()
WORKER = "worker --concurrency 1 --without-gossip --without-mingle --without-heartbeat".split()
# The schedulers know nothing of each other: whatever is due, both of them start.
BEAT = "beat --scheduler celery.beat:PersistentScheduler --pidfile=".split()
A_SWEEP_RUNS = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle' AND query ~ 'said|complaints_clock'
"""


class Process:
    """A process of the product on this test's database, its mail server and a broker of its own."""

    def __init__(self, line: list[str], variables: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", *CELERY, *line, "--loglevel", "ERROR"],
            cwd=settings.BASE_DIR,
            env={**os.environ, **variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """End it and what it started as kill -9 does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class House:
    """Two workers and two schedulers, and a broker that can be taken away."""

    def __init__(self, place: Path, mail_port: int) -> None:
        self.redis = RedisServer(place, durable=False)
        known = urlsplit(os.environ["DATABASE_URL"])
        self.variables = {
            "DATABASE_URL": known._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
            "REDIS_URL": self.redis.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "CALLCENTER_SWEEP_SECONDS": "1",
            "COVERAGE_PROCESS_START": "",
        }
        self.place, self.workers = place, []

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        self._stack.callback(self.redis.start().stop)
        for number in range(2):
            self.workers.append(self._worker())
            schedule = str(self.place / f"beat-{number}")
            self._stack.enter_context(Process([*BEAT, "--schedule", schedule], self.variables))
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.kill()
        self._stack.close()

    def _worker(self) -> Process:
        return Process([*WORKER, "--hostname", f"{time.monotonic_ns()}@%h"], self.variables)

    def kill(self, number: int) -> None:
        """Kill a worker and start another in its place."""
        assert self.workers[number].process.poll() is None, "it had ended by itself"
        self.workers[number].kill()
        self.workers[number] = self._worker()

    def restart_redis(self) -> None:
        """Take the broker away and bring it back empty: whatever was queued is lost."""
        self.redis.stop()
        time.sleep(0.5)
        self.redis.start()


def until(condition: Callable[[], object], deadline: float) -> None:
    """Wait until the workers have done what they should."""
    while not condition():
        assert time.monotonic() < deadline, "the workers did not do it in time"
        time.sleep(0.01)


def a_sweep_runs() -> bool:
    """Return whether somebody else is in the middle of a sweep."""
    with connection.cursor() as cursor:
        cursor.execute(A_SWEEP_RUNS)
        return bool(cursor.fetchone()[0])


def nothing_is_due() -> bool:
    """Return whether every clock has escalated."""
    return not Clock.objects.filter(level=0).exists()


@pytest.fixture
def forgotten(committed_house) -> list[int]:
    """Return the clocks of complaints that nobody has resolved: half of them overdue, the others soon, at any moment."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    always = {day: [["00:00", "24:00"]] for day in days}
    calendar = Calendar.objects.create(code="always", name="Always", base="none", weekly=always)
    Site.objects.update(calendar=calendar, mail_opens="00:00", mail_closes="24:00")
    now = timezone.now()
    complaint = committed_house.complaint(now=now - timedelta(days=3))
    clock = complaint.clocks.get(kind=ClockKind.RESOLUTION)
    complaint.clocks.exclude(pk=clock.pk).delete()
    clock.warned, clock.due_at = 80, now
    made = Complaint.objects.bulk_create(copies_of(complaint, COUNT, reference=lambda n: f"K{n}"))
    instants = list(_instants(now))
    rows = copies_of(
        clock,
        COUNT,
        complaint_id=lambda n: made[n].pk,
        warn_50_at=lambda n: min(clock.warn_50_at, instants[n]),
        warn_80_at=lambda n: min(clock.warn_80_at, instants[n]),
        due_at=instants.__getitem__,
        next_at=instants.__getitem__,
    )
    clocks = [row.pk for row in Clock.objects.bulk_create(rows, batch_size=1000)]
    complaint.delete()
    return clocks


def _instants(now: datetime) -> Iterator[datetime]:
    dice = random.Random(SEED)
    for number in range(COUNT):
        yield now + timedelta(seconds=8 + dice.uniform(0, SPREAD) if number % 2 else 0)


@pytest.mark.slow
@pytest.mark.timeout(150)
def test_killed_workers_two_schedulers_and_a_lost_broker_lose_nothing_and_repeat_nothing(
    forgotten,
    smtp,
    settings,
    folder,  # noqa: F811
):
    dice, deadline = random.Random(SEED), time.monotonic() + PATIENCE
    with House(folder, settings.EMAIL_PORT) as house:
        for _both in range(2):
            until(lambda: a_sweep_runs() or nothing_is_due(), deadline)
            time.sleep(dice.uniform(0, 0.1))
            house.kill(0)
            house.kill(1)
        house.restart_redis()
        for _one in range(2):
            time.sleep(dice.uniform(0, 2))
            house.kill(dice.randrange(2))
        until(nothing_is_due, deadline)

    alerts = Alert.objects.filter(kind="escalation", mark=1).values_list("clock", flat=True)
    assert Counter(alerts) == dict.fromkeys(forgotten, 1)
    messages = Message.objects.filter(key__regex="^clock:[0-9]+:escalation:1$")
    assert sorted(messages.values_list("key", flat=True)) == sorted(
        f"clock:{clock}:escalation:1" for clock in forgotten
    )
    entries = Entry.objects.filter(action="complaint.escalated", details__mark=1)
    concerned = Clock.objects.filter(pk__in=forgotten).values_list("complaint", flat=True)
    assert Counter(entries.values_list("object_id", flat=True)) == {str(pk): 1 for pk in concerned}

    # What a killed worker was sending is free again when its lease ends.
    delivery.drain(now=timezone.now() + queue.LEASE)
    assert set(messages.values_list("state", flat=True)) == {State.SENT}
    arrived = {mail["Message-ID"] for mail in smtp.mails}
    assert {message.message_id for message in messages} <= arrived
