"""A complaint, its clocks, what they told whom, and its changes of state."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.addresses import address_of
from callcenter.choices import in_words
from calls.contacts import masked
from complaints.enums import AlertKind, Channel, ClockKind, Status, Tier
from complaints.querysets import ClockQuerySet, ComplaintQuerySet

PERSON = settings.AUTH_USER_MODEL


class Complaint(models.Model):
    """What a customer complained of, who handles it, and who answers for it now.

    `tier` is whom the customer reached, `level` how far it has escalated inside the house: two things.
    `due_at` repeats the due instant of the running resolution clock, so that lists need no join.
    `form_key` names the form that was filled in, so that one sent twice is recorded once.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="+", verbose_name=_("site"))
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    subject = models.CharField(_("subject"), max_length=120)
    account = models.TextField(pgettext_lazy("complaint", "what happened"))
    demand = models.TextField(_("what the customer asks for"), blank=True)
    customer = models.ForeignKey(
        "calls.Customer", models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    customer_name = models.CharField(_("customer"), max_length=120)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    staff_concerned = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey("agents.Team", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    handler = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("handler"))
    responsible = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("answers now"))
    level = models.PositiveSmallIntegerField(_("escalation level"), default=0)
    status = models.CharField(_("step"), max_length=12, choices=Status, default=Status.ACCEPTED)
    received_at = models.DateTimeField(_("received"))
    due_at = models.DateTimeField(_("due"))
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    solution = models.TextField(_("solution"), blank=True)
    form_key = models.UUIDField(null=True, editable=False)

    get_tier_display = in_words("tier", Tier)
    get_channel_display = in_words("channel", Channel)
    get_status_display = in_words("status", Status)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="complaint_open_by_due", condition=Q(resolved_at=None)
            ),
            models.Index(
                fields=["site", "due_at", "id"], name="complaint_open_at_site", condition=Q(resolved_at=None)
            ),
            models.Index(
                fields=["received_at", "id"],
                name="complaint_ended_by_receipt",
                condition=Q(resolved_at__isnull=False),
            ),
            models.Index(
                fields=["due_at", "id"], name="complaint_ended_by_due", condition=Q(resolved_at__isnull=False)
            ),
            models.Index(fields=["handler", "due_at"], name="complaint_of_handler"),
            models.Index(fields=["responsible", "due_at"], name="complaint_of_responsible"),
            models.Index(fields=["recorded_by"], name="complaint_by_recorder"),
            models.Index(fields=["site", "-received_at"], name="complaint_newest_at_site"),
            models.Index(
                fields=["resolved_at"], name="complaint_resolved", condition=Q(resolved_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="complaint_resolved_has_time",
                condition=Q(status=Status.RESOLVED, resolved_at__isnull=False)
                | ~Q(status=Status.RESOLVED) & Q(resolved_at=None),
            ),
            models.UniqueConstraint(fields=["recorded_by", "form_key"], name="complaint_form_once"),
            models.CheckConstraint(name="complaint_tier_known", condition=Q(tier__in=Tier.values)),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return the complaint's page."""
        return address_of("complaints:detail", self.reference)

    @property
    def masked_contact(self) -> str:
        """Return the contact as whoever does not handle the complaint sees it."""
        return masked(self.contact)

    @property
    def topic(self) -> str:
        """Name the complaint for the outbox, so that waiting messages about it can be called back."""
        return f"complaint:{self.pk}"


class ClockPolicy(models.Model):
    """Which policy of the working calendar a clock follows, by tier and, where set, by kind of customer."""

    kind = models.CharField(_("clock"), max_length=12, choices=ClockKind)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier)
    customer_kind = models.CharField(_("kind of customer"), max_length=20, blank=True)
    policy = models.ForeignKey("worktime.Policy", models.PROTECT, related_name="+")

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

    A reopened complaint gets a new version; the results of earlier ones stand. The calendar is that of the
    complaint's site, fixed at receipt. Every index is written whenever a clock speaks, so there are only those that are
    read: the unique keys find by complaint, and few clocks ever change their policy or calendar.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="clocks", db_index=False)
    kind = models.CharField(max_length=12, choices=ClockKind)
    version = models.PositiveSmallIntegerField(default=1)
    policy = models.ForeignKey("worktime.Policy", models.PROTECT, related_name="+", db_index=False)
    calendar = models.ForeignKey("worktime.Calendar", models.PROTECT, related_name="+", db_index=False)
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

    objects = ClockQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_at", "id"], name="clock_next", condition=Q(next_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "kind", "version"], name="clock_version_once"),
            models.CheckConstraint(
                name="clock_stopped_is_silent", condition=Q(stopped_at=None) | Q(next_at=None)
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
    """A warning or an escalation that happened, once for each clock version and mark.

    `mark` is the percentage of a warning, or the level of an escalation. The complaint repeats that of the clock,
    whose own key the database checks.
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


class StatusChange(models.Model):
    """One step of the course: from which state to which, when, by whom."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="changes")
    old = models.CharField(max_length=12, choices=Status, blank=True)
    new = models.CharField(max_length=12, choices=Status)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["complaint", "at"], name="changes_of_complaint")]

    def __str__(self) -> str:
        return f"{self.complaint}: {self.new}"
