"""Celery shells of the imports."""

from celery import shared_task
from django.utils import timezone

from callcenter.imports import services


@shared_task(name="imports.tidy")
def tidy() -> None:
    """Forget files that nobody brought in."""
    services.tidy(now=timezone.now())
