"""Celery shells of the jobs."""

from celery import shared_task
from django.utils import timezone

from callcenter.jobs import files, services
from callcenter.jobs.work import work

TWO_HOURS = 7200


# Acknowledged as it begins: a message that came back would run it beside the run that the sweep brings back.
@shared_task(
    name="jobs.run",
    acks_late=False,
    reject_on_worker_lost=False,
    soft_time_limit=TWO_HOURS,
    time_limit=TWO_HOURS + 60,
)
def run(job_id: int) -> None:
    """Run one job to its end."""
    work(job_id)


@shared_task(name="jobs.recover")
def recover() -> None:
    """Take up what killed workers left."""
    services.recover(now=timezone.now())


@shared_task(name="jobs.tidy")
def tidy() -> None:
    """Remove files that have had their time."""
    files.tidy(now=timezone.now())
