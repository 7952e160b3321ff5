from datetime import timedelta

import pytest
from django.utils import timezone

from callcenter.jobs import services
from callcenter.jobs.enums import State
from callcenter.jobs.models import Job
from callcenter.jobs.run import LEASE
from callcenter.outbox.models import Message
from tests.worker import Worker

LATER = LEASE + timedelta(seconds=1)


def test_a_job_whose_message_was_lost_is_sent_again(house, begin, now, django_capture_on_commit_callbacks):
    job = begin(house.supervisor)
    assert services.recover(now=now + timedelta(seconds=30)) == 0
    with django_capture_on_commit_callbacks() as sent:
        assert services.recover(now=now + services.DELIVERY + timedelta(seconds=1)) == 1
    assert len(sent) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.WAITING, 0)


def test_what_a_killed_worker_left_waits_again_and_fails_after_three_runs(house, begin, now):
    job = begin(house.supervisor)
    for _ in range(services.ATTEMPTS):
        services.claim(job.pk, now=now)
        assert services.recover(now=now) == 0
        now += LATER
        assert services.recover(now=now) == 1
    job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, "The work was cut off 3 times.")
    assert Message.objects.get().context["state"] == State.FAILED


def test_a_killed_worker_does_not_bring_a_stopped_job_back(house, begin, now):
    job = services.claim(begin(house.supervisor).pk, now=now)
    services.cancel_job(actor=house.supervisor, job=job, now=now)
    services.recover(now=now + LATER)
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def a_worker():
    return Worker(queue="jobs", django="tests.jobs.worker_settings")


@pytest.mark.slow
def test_a_job_survives_kill_9_and_goes_on_from_its_checkpoint(committed_house, begin):
    job = begin(committed_house.supervisor, "steps", now=timezone.now())
    with a_worker() as first:
        first.wait_for(lambda: len(Job.objects.get(pk=job.pk).checkpoint.get("done", [])) > 3)
        first.kill()
    job.refresh_from_db()
    assert job.state == State.RUNNING
    assert 3 < len(job.checkpoint["done"]) < 40

    assert services.recover(now=timezone.now() + LATER) == 1
    with a_worker() as second:
        second.wait_for(lambda: Job.objects.get(pk=job.pk).state == State.DONE)
    job.refresh_from_db()
    assert job.attempts == 2
    assert job.message == " ".join(str(step) for step in range(40))
    assert Message.objects.filter(recipient=committed_house.supervisor).count() == 1
