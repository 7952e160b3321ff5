"""Celery shells of feedback."""

from celery import shared_task
from django.utils import timezone

from callcenter.outbox.tasks import drain
from feedback import services
from feedback.anonymity import batch, keys


@shared_task(name="feedback.escalate_overdue")
def escalate_overdue() -> None:
    """Bring before the executives what was not answered in time, then nudge the outbox."""
    if services.escalate_overdue(now=timezone.now()):
        drain.delay()


@shared_task(name="feedback.close_silent")
def close_silent() -> None:
    """Close the answers to which nobody objected in time, then nudge the outbox."""
    if services.close_silent(now=timezone.now()):
        drain.delay()


@shared_task(name="feedback.remind_of_suggestions")
def remind_of_suggestions() -> None:
    """Report adopted suggestions that are not carried out, then nudge the outbox."""
    if services.remind_of_suggestions(now=timezone.now()):
        drain.delay()


@shared_task(name="feedback.erase_old")
def erase_old() -> None:
    """Erase what was written in anonymous items long closed."""
    services.erase_old(now=timezone.now())


@shared_task(name="feedback.release_batches")
def release_batches() -> None:
    """Hand over what was written without a name, if it is enough or old enough, then nudge the outbox."""
    if batch.release_batches(now=timezone.now()):
        drain.delay()


@shared_task(name="feedback.tend_keys")
def tend_keys() -> None:
    """Make the month's signing key, and empty those of months that are over."""
    keys.tend(now=timezone.now())


@shared_task(name="feedback.make_reports")
def make_reports() -> None:
    """Make the leaders' report of the week that is over, unless it is there, then nudge the outbox."""
    if services.make_reports(now=timezone.now()):
        drain.delay()
