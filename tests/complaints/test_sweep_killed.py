"""Sweeps that are killed in the middle of it: nothing is lost, nothing happens twice."""

import copy
import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Count

from callcenter.audit.models import Entry
from callcenter.outbox.models import Message
from complaints import services
from complaints.enums import Act
from complaints.models import Alert, Clock, Complaint, Participant, Step

FRIDAY_CLOSE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
COUNT = 2000
KINDS = 3
TEMPLATES = [
    f"complaints/notify/{name}" for name in ("escalation", "response_escalation", "same_day_joining")
]
SWEEPER = f"""
import django
from datetime import datetime
django.setup()
from complaints import services
from complaints.models import Complaint
from django.db import connection
Complaint(reference="warm").get_absolute_url()
connection.ensure_connection()
print("ready", flush=True)
services.sweep_clocks(now=datetime.fromisoformat("{FRIDAY_CLOSE.isoformat()}"), batch=50)
"""


def copies_of(row, count, **facts):
    """Return unsaved rows like `row`, each with facts of its own made from its number."""
    for number in range(count):
        twin = copy.copy(row)
        twin.pk, twin._state = None, copy.copy(row._state)
        twin._state.adding = True
        for name, fact in facts.items():
            setattr(twin, name, fact(number))
        yield twin


def sweeper() -> "subprocess.Popen[str]":
    known = urlsplit(os.environ["DATABASE_URL"])
    database = known._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    variables = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", SWEEPER],
        cwd=settings.BASE_DIR,
        env={**os.environ, **variables, "COVERAGE_PROCESS_START": ""},
        stdout=subprocess.PIPE,
        text=True,
    )


def sweep_and_be_killed(dice: random.Random) -> None:
    """Let two processes sweep at once and kill each at a moment of its own, as kill -9 does."""
    both = [sweeper(), sweeper()]
    for process in both:
        assert process.stdout.readline() == "ready\n"
    for process in both:
        time.sleep(dice.uniform(0, 0.6))
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_sweeps_killed_at_random_moments_tell_everybody_exactly_once(committed_house, now):
    complaint = committed_house.complaint(now=now, actor=committed_house.agent)
    facts = list(complaint.clocks.all())
    assert len(facts) == KINDS
    made = Complaint.objects.bulk_create(copies_of(complaint, COUNT - 1, reference=lambda n: f"K{n}"))
    for clock in facts:
        twins = copies_of(clock, COUNT - 1, complaint_id=lambda n: made[n].pk)
        Clock.objects.bulk_create(twins, batch_size=1000)
    dice = random.Random()
    until = time.monotonic() + 100
    while Alert.objects.count() < COUNT * KINDS / 2 and time.monotonic() < until:
        sweep_and_be_killed(dice)
    # What a dead process held is free again as soon as the database notices its end.
    while Clock.objects.filter(next_at__lte=FRIDAY_CLOSE).exists() and time.monotonic() < until:
        services.sweep_clocks(now=FRIDAY_CLOSE)
    told = Complaint.objects.filter(level=1, responsible=committed_house.regional)
    alerted = told.annotate(alerted=Count("alerts")).values_list("alerted", flat=True)
    assert list(alerted) == [KINDS] * COUNT
    assert Alert.objects.values_list("kind").annotate(Count("pk")).order_by("kind").count() == 2
    topics = Message.objects.filter(template__in=TEMPLATES).values_list("template", "topic")
    expected = [(template, one.topic) for template in TEMPLATES for one in told]
    assert sorted(topics) == sorted(expected)
    audited = Entry.objects.filter(action="complaint.escalated").values_list("object_id", flat=True)
    assert sorted(audited) == sorted(2 * [str(one.pk) for one in told])
    assert Entry.objects.filter(action="complaint.joined").count() == COUNT
    assert Participant.objects.count() == Step.objects.filter(act=Act.JOIN).count() == COUNT
