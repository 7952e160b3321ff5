"""Celery shells of tokens."""

from celery import shared_task
from django.utils import timezone

from callcenter.tokens import services


@shared_task(name="tokens.warn_of_expiry")
def warn_of_expiry() -> None:
    """Tell in time that a token expires."""
    services.warn_of_expiry(now=timezone.now())
