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


@shared_task(name="complaints.retell")
def retell() -> None:
    """Go on to the next person where a mail has not reached its reader, then nudge the outbox."""
    if services.retell(now=timezone.now()):
        drain.delay()


@shared_task(name="complaints.recount_clocks")
def recount_clocks() -> None:
    """Count running clocks anew where a calendar, a policy or the holidays have changed."""
    services.recount_clocks(now=timezone.now())


@shared_task(name="complaints.publish_outcomes")
def publish_outcomes() -> None:
    """Put on the bulletin what was settled."""
    services.publish_outcomes(now=timezone.now())


@shared_task(name="complaints.watch_corrections")
def watch_corrections() -> None:
    """Find the corrections whose cause came back, then nudge the outbox."""
    if services.watch_corrections(now=timezone.now()):
        drain.delay()


@shared_task(name="complaints.write_monthly")
def write_monthly() -> None:
    """Make the analysis of the month that is over, then nudge the outbox."""
    if services.write_monthly(now=timezone.now()):
        drain.delay()


@shared_task(name="complaints.tidy_files")
def tidy_files() -> None:
    """Remove the files that a failed transaction left behind."""
    services.remove_orphans(now=timezone.now())
