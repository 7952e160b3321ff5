"""Celery shells of complaints."""

from celery import shared_task
from django.utils import timezone

from callcenter.outbox.tasks import drain
from complaints import services


@shared_task(name="complaints.sweep_clocks")
def sweep_clocks() -> None:
    """Warn and escalate what is due, then nudge the outbox."""
    if services.sweep_clocks(now=timezone.now()):
        drain.delay()
