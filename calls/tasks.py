"""Celery shells of calls."""

from celery import shared_task
from django.utils import timezone

from callcenter.access import SYSTEM
from calls import services


@shared_task(name="calls.keep_months")
def keep_months() -> None:
    """Make the next month's table, index what a file that was stopped left without, and drop the months that are kept no more."""
    now = timezone.now()
    services.make_ahead(now=now)
    services.index_months()
    services.drop_old(actor=SYSTEM, now=now)
