"""Celery shells of rosters."""

from celery import shared_task
from django.utils import timezone

from shifts.services import attendance, balances, changes, leave_lapsing, peaks


@shared_task(name="attendance.sweep")
def sweep_attendance() -> None:
    """Draw the attendance that has become due, and tell the leads of who is missing."""
    attendance.sweep_attendance(now=timezone.now())


@shared_task(name="leave.tend_balances")
def tend_balances() -> None:
    """Grant the year's leave to whoever has none yet, carry the last year's over, and end what was carried over."""
    balances.tend(now=timezone.now())


@shared_task(name="leave.lapse")
def lapse_leave() -> None:
    """Remind of leave that waits for a decision, and end what nobody decided."""
    leave_lapsing.sweep_leave(now=timezone.now())


@shared_task(name="changes.lapse")
def lapse_changes() -> None:
    """End the changes that nobody agreed to in time."""
    changes.lapse_changes(now=timezone.now())


@shared_task(name="peaks.make_ahead")
def make_peaks() -> None:
    """Make the peak periods of the months ahead where a template asks for them."""
    peaks.make_ahead(now=timezone.now())
