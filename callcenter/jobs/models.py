"""One row for each piece of long work."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from callcenter.jobs.enums import AGAIN, OPEN, State
from callcenter.jobs.querysets import JobQuerySet

KEPT = timedelta(days=7)
"""How long after the end its files can be taken."""


class Job(models.Model):
    """Long work that a person asked for: what it is, how far it is, what came of it.

    `lease_until` is when an open job counts as lost: waiting, its message to the worker; running, its worker.
    `started_at` tells one run from the next, so that only the worker that holds the job can write to it.
    `checkpoint` is the kind's own: what a run after an interruption need not do again.
    """

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", db_index=False
    )  # the index with the id serves it
    arguments = models.JSONField(default=dict)
    link = models.TextField(blank=True)  # an address with filters in Chinese is longer than it looks
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    checkpoint = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    file = models.CharField(max_length=300, blank=True)
    counts = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    tidied_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["lease_until"], name="job_lapsed", condition=Q(state__in=OPEN)),
            models.Index(fields=["person", "-id"], name="job_of_person"),
            models.Index(
                fields=["ended_at"], name="job_to_tidy", condition=Q(ended_at__isnull=False, tidied_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(name="job_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="job_open_has_lease",
                condition=Q(state__in=OPEN, lease_until__isnull=False, ended_at=None)
                | (~Q(state__in=OPEN) & Q(lease_until=None, ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="job_running_has_start", condition=~Q(state=State.RUNNING) | Q(started_at__isnull=False)
            ),
            models.CheckConstraint(
                name="job_done_within_total", condition=Q(total=None) | Q(done__lte=F("total"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the job's page."""
        return reverse("jobs:job", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Say whether it waits or runs."""
        return self.state in OPEN

    @property
    def may_start_again(self) -> bool:
        """Say whether its state allows another start."""
        return self.state in AGAIN

    @property
    def percent(self) -> int | None:
        """Return how much is done, 0 to 100, None while the whole is not known."""
        if self.state == State.DONE:
            return 100
        return 100 * self.done // self.total if self.total else None

    @property
    def file_name(self) -> str:
        """Return the name under which the file is handed out."""
        return self.file.rpartition("/")[2]

    @property
    def file_expires_at(self) -> datetime | None:
        """Return when the file is removed, None before the end."""
        return self.ended_at + KEPT if self.ended_at else None

    def held(self) -> Any:
        """Return this row for the worker that began this run; no row once the job was taken from it."""
        return Job.objects.filter(pk=self.pk, state=State.RUNNING, started_at=self.started_at)
