"""Celery shells of rosters."""

from celery import shared_task
from django.utils import timezone

from shifts.services import balances


@shared_task(name="leave.tend_balances")
def tend_balances() -> None:
    """Grant the year's leave to whoever has none yet, carry the last year's over, and end what was carried over."""
    balances.tend(now=timezone.now())
