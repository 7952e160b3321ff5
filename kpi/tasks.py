"""Celery shells of key figures."""

from celery import shared_task
from django.utils import timezone

from kpi.services import assessment_start, rollups, watch
from kpi.services.follow_up import follow_up

DAYS_AT_ONCE, MONTHS_AT_ONCE = 70, 20


@shared_task(name="kpi.refresh")
def refresh_rollups(*, at_once: bool = False) -> None:
    """Count the calls that have changed, of days that are quiet or `at_once`."""
    rollups.refresh(limit=DAYS_AT_ONCE, at_once=at_once)


@shared_task(name="kpi.merge_months")
def merge_months() -> None:
    """Merge the months that have changed."""
    rollups.merge_months(limit=MONTHS_AT_ONCE)


@shared_task(name="kpi.watch")
def watch_figures() -> None:
    """Raise, update and end early warnings by the figures of today."""
    watch.sweep(now=timezone.now())


@shared_task(name="kpi.follow_up")
def follow_up_assessment() -> None:
    """Remind of interviews and aims, and settle the aims that are over."""
    follow_up(now=timezone.now())


@shared_task(name="kpi.begin_assessments")
def begin_assessments() -> None:
    """Compute the assessments of the last month that nobody has computed yet."""
    assessment_start.begin_due(now=timezone.now())
