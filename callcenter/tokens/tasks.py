"""Celery shells of tokens."""

from celery import shared_task
from django.utils import timezone

from callcenter.tokens import services, use


@shared_task(name="tokens.warn_of_expiry")
def warn_of_expiry() -> None:
    """Tell in time that a token expires."""
    services.warn_of_expiry(now=timezone.now())


@shared_task(name="tokens.write_down_use")
def write_down_use() -> None:
    """Write down how much was asked for."""
    use.write_down()


@shared_task(name="tokens.forget_use")
def forget_use() -> None:
    """Delete the use of long ago."""
    use.forget_old(now=timezone.now())
