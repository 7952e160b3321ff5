"""The clocks of a complaint, the policies they follow, and what they told whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import AlertKind, ClockKind, Tier
from complaints.models.complaint import Complaint
from complaints.querysets import ClockQuerySet

PERSON = settings.AUTH_USER_MODEL


class ClockPolicy(models.Model):
    """Which policy of the working calendar a clock follows, by tier and, where set, by kind of customer."""

    kind = models.CharField(_("clock"), max_length=12, choices=ClockKind)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier)
    customer_kind = models.CharField(_("kind of customer"), max_length=20, blank=True)
    policy = models.ForeignKey("worktime.Policy", models.PROTECT, related_name="+")
    pause_days = models.PositiveSmallIntegerField(
        _("working days it may wait for the customer"), default=0, help_text=_("In all; 0: not at all.")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "tier", "customer_kind"], name="one_policy_for_each_clock"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_tier_display()}: {self.policy}"


class Clock(models.Model):
    """One clock of a complaint. `next_at` is when it next has something to say; empty when it has fallen silent.

    `keeper` is whose work it watches: the handler, or whoever carries out a corrective action. A reopened complaint gets
    a new version; the results of earlier ones stand. `revision` is that of the calendar under which its instants were
    counted, `mode` and `amount` what the policy said then. While `paused_at` is set it stands still. The calendar is that
    of the complaint's site, fixed at receipt, unless the policy has one of its own (`has_policy_calendar`). That of a
    corrective action follows no policy: it ends on the date that was planned. Every index is written whenever a clock
    speaks, so there are only those that are read: the unique keys find by complaint, and few clocks ever change their
    policy or calendar.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="clocks", db_index=False)
    kind = models.CharField(max_length=12, choices=ClockKind)
    version = models.PositiveSmallIntegerField(default=1)
    policy = models.ForeignKey("worktime.Policy", models.PROTECT, null=True, related_name="+", db_index=False)
    calendar = models.ForeignKey("worktime.Calendar", models.PROTECT, related_name="+", db_index=False)
    has_policy_calendar = models.BooleanField(default=False)
    revision = models.CharField(max_length=80, blank=True)
    mode = models.CharField(max_length=20, blank=True)
    amount = models.PositiveIntegerField(null=True)
    keeper = models.ForeignKey(PERSON, models.PROTECT, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    warn_50_at = models.DateTimeField()
    warn_80_at = models.DateTimeField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    warned = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_at", "id"], name="clock_next", condition=Q(next_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "kind", "version"], name="clock_version_once"),
            models.CheckConstraint(
                name="clock_stopped_is_silent",
                condition=Q(stopped_at=None, paused_at=None) | Q(next_at=None),
            ),
            models.CheckConstraint(
                name="clock_follows_policy_or_date",
                condition=Q(kind=ClockKind.CORRECTION, policy=None)
                | ~Q(kind=ClockKind.CORRECTION) & Q(policy__isnull=False),
            ),
            models.CheckConstraint(name="clock_breach_after_due", condition=Q(breached_at__gte=F("due_at"))),
            models.CheckConstraint(
                name="clock_marks_in_order",
                condition=Q(warn_50_at__lte=F("warn_80_at"), warn_80_at__lte=F("due_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint}: {self.get_kind_display()} ({self.version})"


class Alert(models.Model):
    """A warning, an escalation or a joining that happened, once for each clock version and mark.

    `mark` is the percentage of a warning, the level of an escalation, or 100 (per cent) where somebody joins. The
    complaint repeats that of the clock, whose own key the database checks.
    """

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="alerts", db_index=False)
    complaint = models.ForeignKey(
        Complaint, models.CASCADE, related_name="alerts", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=10, choices=AlertKind)
    mark = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    recipient = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "kind", "mark"], name="alert_exactly_once")]
        indexes = [models.Index(fields=["complaint", "at"], name="alerts_of_complaint")]

    def __str__(self) -> str:
        return f"{self.complaint}: {self.get_kind_display()} {self.mark}"


class Attempt(models.Model):
    """Another telling of an alert whose mail could not reach the one before: an attempt of the same, not a new one.

    The alert itself is the first; `number` counts on from two.
    """

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="attempts", db_index=False)
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    recipient = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "number"], name="attempt_once"),
            models.CheckConstraint(name="attempt_counts_on", condition=Q(number__gte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.alert} ({self.number})"


class Pause(models.Model):
    """The clocks of a complaint stand still while it waits for the customer, at the longest until `until_at`."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="pauses", db_index=False)
    reason = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["complaint", "at"], name="pauses_of_complaint"),
            models.Index(fields=["until_at"], name="pause_running", condition=Q(ended_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], name="one_pause_at_a_time", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="pause_in_order",
                condition=Q(until_at__gt=F("at")) & (Q(ended_at=None) | Q(ended_at__gte=F("at"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint}: {self.reason}"
