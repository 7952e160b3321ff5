"""What is kept of a queue log beside its calls."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calls.queue_log.querysets import FollowerQuerySet


class OpenVisit(models.Model):
    """A visit that had not ended when the log was last read: what comes next of the call goes on from here.

    `stage` is how far it has come (0 waiting, 1 connected). It stands among the calls too, as far as it is known.
    """

    source = models.CharField(max_length=80)
    call_id = models.CharField(max_length=120)
    queue = models.CharField(max_length=80, blank=True)
    customer = models.CharField(max_length=120, blank=True)
    agent = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()
    wait_seconds = models.PositiveIntegerField(null=True)
    stage = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["source", "entered_at"], name="open_visit_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["source", "call_id"], name="open_visit_one_of_a_call"),
            models.CheckConstraint(name="open_visit_stage", condition=Q(stage__in=(0, 1))),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.call_id}"


class LogCount(models.Model):
    """How often a source's log told an event on a day of its site; for telephones that rang in vain, where and whose.

    `event` is “” for lines that could not be read. `orphans` are those of calls whose beginning the log does not hold.
    """

    source = models.CharField(max_length=80)
    day = models.DateField()
    event = models.CharField(max_length=40, blank=True)
    queue = models.CharField(max_length=80, blank=True)
    member = models.CharField(max_length=80, blank=True)
    events = models.PositiveBigIntegerField(default=0)
    orphans = models.PositiveBigIntegerField(default=0)
    rang_ms = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "day", "event", "queue", "member"], name="log_count_one_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.day} {self.event}: {self.events}"


class LogSeat(models.Model):
    """A queue that a member of a source takes calls of by what its log told last; “” is where they are signed in as a whole."""

    source = models.CharField(max_length=80)
    member = models.CharField(max_length=80)
    queue = models.CharField(max_length=80, blank=True)
    paused = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "member", "queue"], name="log_seat_one_in_a_queue")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.member} {self.queue}"


class Follower(models.Model):
    """A log that is followed while it grows: how far it has been read, and how far it goes.

    `position` is the byte behind the last line that is in, `mark` a digest of the bytes before it, by which the file is
    known again after it was rotated. `gaps` counts how often it was not: then lines may be missing.
    """

    source = models.CharField(_("source"), max_length=80, unique=True)
    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="+", verbose_name=_("site"))
    path = models.CharField(_("file"), max_length=400)
    position = models.PositiveBigIntegerField(default=0)
    mark = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    lines = models.PositiveBigIntegerField(_("lines"), default=0)
    unreadable = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(_("refused"), default=0)
    gaps = models.PositiveIntegerField(default=0)
    last_event_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        ordering = ("source",)
        constraints = [
            models.CheckConstraint(name="follower_within_its_file", condition=Q(position__lte=F("size")))
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def behind(self) -> int:
        """Bytes that are in the file and not among the calls yet."""
        return self.size - self.position
