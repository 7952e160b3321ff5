"""Celery shells of people."""

from celery import shared_task
from django.utils import timezone

from agents import services
from callcenter.outbox.tasks import drain


@shared_task(name="conduct.finish_replies")
def finish_replies() -> None:
    """Make penalties final whose time for a reply is over, then nudge the outbox."""
    if services.finish_replies(now=timezone.now()):
        drain.delay()
