"""Every write to a job: asked for, called off, begun again; and what its worker and the sweep make of it."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from callcenter.access import SYSTEM, Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict
from callcenter.jobs.enums import State
from callcenter.jobs.models import Job
from callcenter.jobs.run import LEASE, Result
from callcenter.outbox import queue
from callcenter.outbox.models import Channel

ATTEMPTS = 3
AT_ONCE = 20  # open jobs of one person
DELIVERY = timedelta(
    minutes=2
)  # a message to the worker that took longer is sent again; a second one does no harm


@transaction.atomic
def start_job(
    *, actor: Any, kind: str, title: str, arguments: dict[str, Any], now: datetime, link: str = ""
) -> Job:
    """Queue work of a kind in settings.JOB_KINDS for a person and return its row; it begins after the commit.

    The caller asks for the right. `title` is in the person's language, `arguments` are JSON-ready, `link` is the page
    it was asked for on. A Conflict when the person has too many open.
    """
    if kind not in settings.JOB_KINDS:
        message = f"no job kind {kind!r} in settings.JOB_KINDS"
        raise LookupError(message)
    if Job.objects.unfinished().filter(person=actor)[:AT_ONCE].count() >= AT_ONCE:
        raise Conflict(
            _("You have %(number)d jobs waiting or running.") % {"number": AT_ONCE},
            mend=_("Wait until one has ended, or stop one."),
        )
    job = Job(kind=kind, title=title[:200], person=actor, arguments=arguments, link=link, created_at=now)
    _queue(job, now)
    log.record(actor, "job.started", job, now=now, kind=kind)
    return job


@transaction.atomic
def cancel_job(*, actor: Actor, job: Job, now: datetime) -> Job:
    """Stop a job: one that waits at once, one that runs at its next step. A Conflict when it has ended."""
    job = _locked(job)
    require(actor, "jobs.cancel", job)
    if not job.is_open:
        raise Conflict(_("This job has ended already."), mend=_("Reload the page to see what came of it."))
    log.record(actor, "job.cancelled", job, now=now)
    job.cancel_asked_at = job.cancel_asked_at or now
    job.save(update_fields=["cancel_asked_at"])
    if job.state == State.WAITING:
        _end(job, State.CANCELLED, now)
    if actor.pk != job.person_id:
        _tell(job, State.CANCELLED, now)
    return job


@transaction.atomic
def start_again(*, actor: Actor, job: Job, now: datetime) -> Job:
    """Queue a job that failed or was stopped once more, from its checkpoint. A Conflict in any other state."""
    job = _locked(job)
    require(actor, "jobs.start_again", job)
    if not job.may_start_again:
        raise Conflict(_("This job has not failed."), mend=_("Reload the page to see where it stands."))
    job.state, job.attempts, job.error, job.note = State.WAITING, 0, "", ""
    job.cancel_asked_at = job.ended_at = job.tidied_at = None
    _queue(job, now)
    log.record(actor, "job.started", job, now=now, kind=job.kind, again=True)
    return job


@transaction.atomic
def claim(job_id: int, *, now: datetime) -> Job | None:
    """Take a waiting job for this worker; None when there is nothing to do, as for a message that came twice."""
    waiting = Job.objects.filter(pk=job_id, state=State.WAITING).select_related("person")
    job = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if job is None:
        return None
    job.state, job.started_at, job.lease_until = State.RUNNING, now, now + LEASE
    job.attempts += 1
    job.save(update_fields=["state", "started_at", "lease_until", "attempts"])
    return job


@transaction.atomic
def finish(job: Job, result: Result, *, now: datetime) -> None:
    """Write down what a claimed job brought, and tell its person. Nothing if it was taken from the worker."""
    if _still_ours(job):
        job.message, job.url, job.file, job.counts = result.message, result.url, result.file, result.counts
        _end(job, State.DONE, now)
        _tell(job, State.DONE, now)


@transaction.atomic
def fail(job: Job, why: str, *, now: datetime) -> None:
    """Write down in the person's language why a claimed job failed, and tell them."""
    if _still_ours(job):
        job.error = why
        _end(job, State.FAILED, now)
        _tell(job, State.FAILED, now)


@transaction.atomic
def stop(job: Job, *, now: datetime) -> None:
    """Write down that a claimed job ended because it was asked to."""
    if _still_ours(job):
        _end(job, State.CANCELLED, now)


@transaction.atomic
def recover(*, now: datetime) -> int:
    """Take up what a killed worker or a lost message left; return how many. After ATTEMPTS runs a job has failed."""
    lapsed = Job.objects.lapsed(now).select_related("person").order_by("lease_until")
    jobs = list(lapsed.select_for_update(skip_locked=True, of=("self",))[:100])
    for job in jobs:
        if job.cancel_asked_at:
            _end(job, State.CANCELLED, now)
        elif job.attempts >= ATTEMPTS:
            with translation.override(job.person.language or "en"):
                job.error = _("The work was cut off %(number)d times.") % {"number": job.attempts}
            _end(job, State.FAILED, now)
            _tell(job, State.FAILED, now)
        else:
            job.state = State.WAITING
            _queue(job, now)
    return len(jobs)


def _queue(job: Job, now: datetime) -> None:
    job.lease_until = now + DELIVERY
    job.save()
    # Without a broker the sweep sends it later.
    transaction.on_commit(partial(current_app.send_task, "jobs.run", (job.pk,)), robust=True)


def _locked(job: Job) -> Job:
    return Job.objects.select_for_update(of=("self",)).select_related("person").get(pk=job.pk)


def _still_ours(job: Job) -> bool:
    return bool(job.held().select_for_update())


def _end(job: Job, state: State, now: datetime) -> None:
    job.state, job.lease_until, job.ended_at = state, None, now
    ended = ["state", "lease_until", "ended_at", "done", "total", "message", "url", "file", "counts", "error"]
    job.save(update_fields=ended)
    log.record(SYSTEM, "job.ended", job, now=now, state=str(state))


def _tell(job: Job, state: State, now: datetime) -> None:
    """Tell the person in the app; the text is in their language already."""
    context = {
        "title": job.title,
        "state": str(state),
        "text": job.error or job.message,
        "path": job.url or job.get_absolute_url(),
    }
    queue.enqueue(
        [
            queue.message(
                f"job:{job.pk}:{state}:{now.timestamp()}",
                channel=Channel.IN_APP,
                recipient=job.person,
                template="jobs/notify/ended",
                context=context,
                now=now,
            )
        ]
    )
