from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from callcenter.audit.models import Entry
from callcenter.celery import app
from callcenter.errors import Conflict, NotAllowed
from callcenter.jobs import services
from callcenter.jobs.enums import State
from callcenter.jobs.models import Job
from callcenter.outbox.models import Message


def audited(job) -> list[str]:
    entries = Entry.objects.filter(object_type="jobs.job", object_id=str(job.pk)).order_by("pk")
    return [f"{entry.actor_name.split()[0]} {entry.action}" for entry in entries]


def waiting_messages() -> int:
    with app.connection_for_read() as broker:
        return broker.default_channel.client.llen("jobs")


def test_a_job_is_a_row_first_and_a_message_to_its_worker_after_the_commit(
    house, begin, django_capture_on_commit_callbacks
):
    before = waiting_messages()
    with django_capture_on_commit_callbacks(execute=True):
        job = begin(house.supervisor, arguments={"site": "main"}, link="/complaints/")
        assert waiting_messages() == before
    assert waiting_messages() == before + 1
    assert (job.state, job.percent, job.arguments) == (State.WAITING, None, {"site": "main"})
    assert audited(job) == ["Person job.started"]


def test_a_kind_that_nobody_wrote_is_a_programming_error(house, begin):
    with pytest.raises(LookupError, match="nonsense"):
        begin(house.supervisor, "nonsense")


def test_one_person_cannot_fill_the_queue(house, begin):
    for _ in range(services.AT_ONCE):
        begin(house.supervisor)
    with pytest.raises(Conflict, match="20 jobs"):
        begin(house.supervisor)
    assert begin(house.agent)


def test_a_waiting_job_stops_at_once_and_may_be_started_again(house, begin, now):
    job = begin(house.supervisor)
    job = services.cancel_job(actor=house.supervisor, job=job, now=now)
    assert (job.state, job.ended_at, job.lease_until) == (State.CANCELLED, now, None)
    with pytest.raises(Conflict):
        services.cancel_job(actor=house.supervisor, job=job, now=now)
    job = services.start_again(actor=house.supervisor, job=job, now=now + timedelta(hours=1))
    assert (job.state, job.attempts, job.cancel_asked_at) == (State.WAITING, 0, None)
    assert audited(job) == [
        "Person job.started",
        "Person job.cancelled",
        "system job.ended",
        "Person job.started",
    ]
    assert not Message.objects.exists()  # whoever stopped it knows


def test_only_its_person_and_administrators_stop_a_job_and_only_its_person_starts_it_again(house, begin, now):
    job = begin(house.supervisor)
    with pytest.raises(NotAllowed):
        services.cancel_job(actor=house.executive, job=job, now=now)
    services.cancel_job(actor=house.administrator, job=job, now=now)
    told = Message.objects.get(recipient=house.supervisor)
    assert (told.template, told.context["state"]) == ("jobs/notify/ended", State.CANCELLED)
    with pytest.raises(NotAllowed):
        services.start_again(actor=house.administrator, job=job, now=now)


@pytest.mark.parametrize(
    "wrong",
    [
        {"lease_until": None},
        {"state": State.DONE},
        {"state": State.RUNNING},
        {"state": "lost"},
        {"done": 5, "total": 4},
    ],
)
def test_the_database_refuses_a_job_that_cannot_be(house, begin, wrong):
    job = begin(house.supervisor)
    with pytest.raises(IntegrityError, match="job_"), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**wrong)
    assert connection.is_usable()
