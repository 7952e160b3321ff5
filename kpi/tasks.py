"""Celery shells of key figures."""

from celery import shared_task
from django.utils import timezone

from kpi.services import watch


@shared_task(name="kpi.watch")
def watch_figures() -> None:
    """Raise, update and end early warnings by the figures of today."""
    watch.sweep(now=timezone.now())
