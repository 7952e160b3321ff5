"""Who came when, and what the telephone system says that agents did."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.addresses import address_of
from callcenter.choices import in_words
from shifts.enums import AgentState, Attended, CorrectionState, PunchKind
from shifts.models.rosters import Shift
from shifts.querysets import AttendanceQuerySet, CorrectionQuerySet, StateSpanQuerySet

PERSON = settings.AUTH_USER_MODEL


class Punch(models.Model):
    """A mark of the clock, never changed. One that a correction put in says so."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="punches")
    kind = models.CharField(_("kind"), max_length=5, choices=PunchKind)
    at = models.DateTimeField(_("at"))
    correction = models.ForeignKey("shifts.Correction", models.PROTECT, null=True, related_name="punches")

    get_kind_display = in_words("kind", PunchKind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "at", "kind"], name="punch_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"


class Attendance(models.Model):
    """How a person's published shift was attended: drawn from punches by rule, and drawn again when something changes.

    `begins_at` and `ends_at` are what leave had left of the shift; `late_after`, `early_before` and `absent_after` the
    site's rules (minutes) as they were when it was drawn first, so that another rule changes no past day. The seconds
    of adherence are known once the shift is over: `right_seconds` of `scheduled_seconds` in a state that the plan asks
    for, while any state was logged for `logged_seconds` of them.
    """

    shift = models.OneToOneField(Shift, models.PROTECT, related_name="attendance")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="attendance", verbose_name=_("person"))
    day = models.DateField(_("day"))
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    came_at = models.DateTimeField(_("came"), null=True)
    left_at = models.DateTimeField(pgettext_lazy("attendance", "left"), null=True)
    late_minutes = models.PositiveSmallIntegerField(_("minutes late"), default=0)
    early_minutes = models.PositiveSmallIntegerField(_("minutes early"), default=0)
    result = models.CharField(pgettext_lazy("attendance", "result"), max_length=15, choices=Attended)
    late_after = models.PositiveSmallIntegerField()
    early_before = models.PositiveSmallIntegerField()
    absent_after = models.PositiveSmallIntegerField()
    scheduled_seconds = models.PositiveIntegerField(null=True)
    logged_seconds = models.PositiveIntegerField(null=True)
    right_seconds = models.PositiveIntegerField(null=True)

    get_result_display = in_words("result", Attended)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-day"], name="attendance_of_person"),
            models.Index(fields=["-day", "person"], name="attendance_by_day"),
            models.Index(fields=["begins_at"], name="attendance_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Return the page of the day."""
        return address_of("shifts:attended", self.pk)


class Correction(models.Model):
    """What a person says the clock should have shown, with a reason; somebody else approves it."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="corrections")
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="corrections")
    came_at = models.DateTimeField(_("came"), null=True)
    left_at = models.DateTimeField(pgettext_lazy("attendance", "left"), null=True)
    reason = models.CharField(_("reason"), max_length=300)
    state = models.CharField(
        _("state"), max_length=10, choices=CorrectionState, default=CorrectionState.ASKED
    )
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked for"))
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(_("decision"), max_length=300, blank=True)

    get_state_display = in_words("state", CorrectionState)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-asked_at"], name="correction_of_person"),
            models.Index(
                fields=["asked_at"], name="correction_waiting", condition=Q(state=CorrectionState.ASKED)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["shift"], name="one_correction_waits", condition=Q(state=CorrectionState.ASKED)
            ),
            models.CheckConstraint(
                name="correction_says_something",
                condition=Q(came_at__isnull=False) | Q(left_at__isnull=False),
            ),
            models.CheckConstraint(
                name="correction_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")),
            ),
        ]

    def __str__(self) -> str:
        return f"A-{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page of the correction."""
        return address_of("shifts:correction", self.pk)

    @property
    def topic(self) -> str:
        """Name the correction for the outbox."""
        return f"correction:{self.pk}"


class StateSpan(models.Model):
    """A logged state of an agent from one instant to another, as a source wrote it; an end that is not known is open."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="state_spans")
    period = DateTimeRangeField()
    state = models.CharField(max_length=10, choices=AgentState)
    source = models.CharField(max_length=80)

    get_state_display = in_words("state", AgentState)

    objects = StateSpanQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_state_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_state_display()}"
