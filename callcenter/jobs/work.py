"""What a worker does with one job, from the claim to the end."""

import logging
import zoneinfo
from collections.abc import Callable

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from callcenter.jobs import services
from callcenter.jobs.models import Job
from callcenter.jobs.run import Cancelled, Result, Run

log = logging.getLogger(__name__)


def work(job_id: int) -> bool:
    """Run a waiting job to its end in its person's language and time zone; False if it does not wait (any more)."""
    job = services.claim(job_id, now=timezone.now())
    if job is None:
        return False
    zone = zoneinfo.ZoneInfo(job.person.time_zone)
    with translation.override(job.person.language or "en"), timezone.override(zone):
        _settle(job)
    return True


def _settle(job: Job) -> None:
    run = Run(job)
    try:
        with run.pulse():
            result = _do(run)
    except Cancelled:
        services.stop(_measured(run), now=run.now())
    except DomainError as refusal:
        services.fail(_measured(run), f"{refusal.message} {refusal.mend}".strip(), now=run.now())
    except SoftTimeLimitExceeded:
        services.fail(_measured(run), _("It took longer than two hours and was stopped."), now=run.now())
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        why = _(
            "Something went wrong on our side. Try again; if it fails again, tell an administrator the job's number."
        )
        services.fail(_measured(run), why, now=run.now())
    else:
        services.finish(_measured(run), result, now=run.now())


def _do(run: Run) -> Result:
    if not run.actor.is_active:
        raise DomainError(_("The person who asked for it has no account any more."))
    kind: Callable[[Run], Result] = import_string(settings.JOB_KINDS[run.job.kind])
    return kind(run)


def _measured(run: Run) -> Job:
    run.job.done, run.job.total = run.done, run.total
    return run.job
