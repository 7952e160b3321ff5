"""Celery shells of the outbox."""

from celery import shared_task
from django.utils import timezone

from callcenter.outbox import delivery


@shared_task(name="outbox.drain")
def drain() -> None:
    """Send what is ready."""
    delivery.drain(now=timezone.now())
