"""Leave, counted in minutes, and the ledger of its balances."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from callcenter.addresses import address_of
from callcenter.choices import in_words
from shifts.enums import EntryKind, LeaveState
from shifts.querysets import LeaveEntryQuerySet, LeaveQuerySet

PERSON = settings.AUTH_USER_MODEL


class LeaveType(models.Model):
    """A kind of leave. One that is `limited` is taken from a yearly balance, of which some may be carried over."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    is_limited = models.BooleanField(_("taken from a balance"), default=True)
    yearly_minutes = models.PositiveIntegerField(_("minutes a year"), default=0)
    carry_minutes = models.PositiveIntegerField(_("minutes carried over at most"), default=0)
    carry_until_month = models.PositiveSmallIntegerField(_("carried over until the end of month"), default=3)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="leave_carry_month", condition=Q(carry_until_month__gte=1, carry_until_month__lte=12)
            )
        ]

    def __str__(self) -> str:
        return self.name


class Leave(models.Model):
    """Time away, in half-hour steps. `minutes` is what it takes from the balance: the working time it covers.

    `due_at` is when the sweep has something to say of a request: a reminder, then its end; it lapses without `decided_by`.
    """

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="leave", verbose_name=_("person"))
    type = models.ForeignKey(LeaveType, models.PROTECT, related_name="+", verbose_name=_("type"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    minutes = models.PositiveIntegerField(_("minutes"))
    state = models.CharField(_("state"), max_length=10, choices=LeaveState, default=LeaveState.REQUESTED)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    requested_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("asked for"))
    due_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision = models.CharField(_("decision"), max_length=300, blank=True)
    override_reason = models.CharField(_("why in a peak period"), max_length=300, blank=True)
    filed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField(_("filed"), null=True)

    get_state_display = in_words("state", LeaveState)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-starts_at"], name="leave_of_person"),
            models.Index(
                fields=["starts_at"],
                name="leave_waiting",
                condition=Q(state__in=[LeaveState.REQUESTED, LeaveState.APPROVED]),
            ),
            models.Index(fields=["due_at"], name="leave_due", condition=Q(state=LeaveState.REQUESTED)),
        ]
        constraints = [
            models.CheckConstraint(name="leave_ends_after_begin", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="leave_not_decided_by_self",
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")),
            ),
            models.CheckConstraint(
                name="leave_decision_has_time",
                condition=Q(state__in=[LeaveState.REQUESTED, LeaveState.WITHDRAWN])
                | Q(state=LeaveState.LAPSED, decided_at__isnull=False, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"L-{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page of the leave."""
        return address_of("shifts:leave", self.pk)

    @property
    def topic(self) -> str:
        """Name the leave for the outbox."""
        return f"leave:{self.pk}"


class LeaveEntry(models.Model):
    """A movement of a balance, never changed: the sum of a person's entries of a type and year is what is left."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="leave_entries")
    type = models.ForeignKey(LeaveType, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind)
    minutes = models.IntegerField(_("minutes"))
    leave = models.ForeignKey(Leave, models.PROTECT, null=True, related_name="entries")
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    get_kind_display = in_words("kind", EntryKind)

    objects = LeaveEntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "year", "type"], name="leave_entries_of_person")]
        constraints = [
            # A yearly run that happens twice moves nothing twice.
            models.UniqueConstraint(
                fields=["person", "type", "year", "kind"],
                name="leave_yearly_entry_once",
                condition=Q(kind__in=[EntryKind.GRANT, EntryKind.CARRY, EntryKind.EXPIRY]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.year}: {self.minutes:+d}"
