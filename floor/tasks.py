"""Celery shells of the floor."""

from celery import shared_task
from django.utils import timezone

from callcenter.outbox.tasks import drain
from floor import services


@shared_task(name="floor.remind")
def remind() -> None:
    """Remind of what must be read, then nudge the outbox."""
    if services.remind(now=timezone.now()):
        drain.delay()
