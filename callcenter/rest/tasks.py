"""Celery shells of REST."""

from celery import shared_task
from django.utils import timezone

from callcenter.rest import once


@shared_task(name="rest.forget_answers")
def forget_answers() -> None:
    """Delete what has been kept for its day."""
    once.forget(now=timezone.now())
