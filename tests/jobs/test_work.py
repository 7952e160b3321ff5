import time
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from callcenter.jobs import files, services
from callcenter.jobs.enums import State
from callcenter.jobs.models import Job
from callcenter.jobs.work import work
from callcenter.outbox.delivery import render
from callcenter.outbox.models import Message

HOUR = timedelta(hours=1)


@pytest.fixture
def house(committed_house):
    """Return a house that the thread which tells how far a job is sees too."""
    return committed_house


def in_thread(job) -> Thread:
    def run() -> None:
        work(job.pk)
        connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def wait_for(condition) -> None:
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_finished_job_says_what_came_of_it_in_its_persons_language(house, begin):
    house.supervisor.language = "zh-hans"
    house.supervisor.save()
    job = begin(house.supervisor)
    assert work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.percent, job.done, job.total) == (State.DONE, 100, 3, 3)
    assert (job.message, job.counts, job.file_name) == ("投诉", {"rows": 3}, "报表.csv")
    told = render(Message.objects.get(recipient=house.supervisor))
    assert "投诉" in told.subject
    assert f"/jobs/{job.pk}/" in told.text


def test_a_message_that_comes_twice_runs_nothing_the_second_time(house, begin):
    job = begin(house.supervisor)
    assert work(job.pk)
    assert not work(job.pk)
    assert Job.objects.get(pk=job.pk).attempts == 1
    assert Message.objects.count() == 1


def test_of_two_workers_one_gets_the_job(house, begin, now):
    job, gate, won = begin(house.supervisor), Barrier(2), []

    def claim() -> None:
        gate.wait()
        won.append(services.claim(job.pk, now=now) is not None)
        connection.close()

    threads = [Thread(target=claim) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False, True]


def test_a_refusal_is_the_reason_that_the_person_reads(house, begin):
    job = begin(house.supervisor, "refused")
    work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error, job.percent) == (State.FAILED, "Row 2 has no name. Write one.", 25)
    assert "Row 2 has no name." in render(Message.objects.get()).subject


def test_a_bug_is_told_in_words_logged_and_tried_again_from_the_checkpoint(house, begin, now, caplog):
    job = begin(house.supervisor, "broken")
    work(job.pk)
    job.refresh_from_db()
    assert "went wrong on our side" in job.error
    assert "ZeroDivisionError" in caplog.text
    services.start_again(actor=house.supervisor, job=job, now=now)
    work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message, job.error) == (State.DONE, "went on from 7", "")


def test_work_for_somebody_who_has_left_is_not_done(house, begin):
    job = begin(house.agent)
    house.agent.is_active = False
    house.agent.save()
    work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.file) == (State.FAILED, "")


def test_progress_is_seen_and_stopping_is_heard_though_the_work_is_one_open_transaction(house, begin, now):
    job = begin(house.supervisor, "one_transaction")
    thread = in_thread(job)
    wait_for(lambda: Job.objects.get(pk=job.pk).done)
    job.refresh_from_db()
    assert (job.state, job.note, job.percent) == (State.RUNNING, "Reading", None)
    services.cancel_job(actor=house.supervisor, job=job, now=now)
    thread.join(10)
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_a_worker_from_which_the_job_was_taken_writes_nothing(house, begin):
    job = begin(house.supervisor, "overtaken")
    work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (State.RUNNING, "")
    assert not Message.objects.exists()


def test_files_go_a_week_after_the_end_and_the_row_stays(house, begin, now):
    job = begin(house.supervisor)
    work(job.pk)
    job.refresh_from_db()
    assert files.tidy(now=job.file_expires_at - HOUR) == 0
    assert files.tidy(now=job.file_expires_at + HOUR) == 1
    assert files.tidy(now=job.file_expires_at + HOUR) == 0
    assert not default_storage.exists(job.file)
    job.refresh_from_db()
    assert (job.state, job.file) == (State.DONE, "")
