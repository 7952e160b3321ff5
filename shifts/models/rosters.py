"""Who works when: the plan, and what of everybody's time is taken."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from callcenter.addresses import address_of
from callcenter.choices import in_words
from shifts.enums import BreakKind, OccupancyKind, RosterState
from shifts.models.patterns import Pattern
from shifts.querysets import OccupancyQuerySet, RosterQuerySet, ShiftQuerySet

PERSON = settings.AUTH_USER_MODEL


class SiteRules(models.Model):
    """By which rules a site rosters (domain §3); the defaults are those of the domain."""

    site = models.OneToOneField("agents.Site", models.CASCADE, related_name="roster_rules")
    rest_minutes = models.PositiveSmallIntegerField(_("rest between shifts, minutes"), default=11 * 60)
    days_in_row = models.PositiveSmallIntegerField(_("days in a row"), default=6)
    weekly_minutes = models.PositiveSmallIntegerField(_("weekly working time, minutes"), default=40 * 60)
    notice_days = models.PositiveSmallIntegerField(_("days ahead that a change is asked for"), default=1)
    flexible_minutes = models.PositiveSmallIntegerField(_("flexible time a week, minutes"), default=60)
    late_minutes = models.PositiveSmallIntegerField(_("late after minutes"), default=1)
    early_minutes = models.PositiveSmallIntegerField(_("left early before minutes"), default=1)
    absent_minutes = models.PositiveSmallIntegerField(_("absent after minutes"), default=120)

    def __str__(self) -> str:
        return str(self.site)


class Roster(models.Model):
    """The plan of a site for some days, half-open. One day of a site lies in one roster.

    `revision` counts every change of its shifts, so that two people who edit at once notice.
    """

    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="rosters", verbose_name=_("site"))
    period = DateRangeField(_("days"))
    state = models.CharField(_("state"), max_length=10, choices=RosterState, default=RosterState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"))
    published_at = models.DateTimeField(_("published"), null=True)
    published_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    get_state_display = in_words("state", RosterState)

    objects = RosterQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_roster_of_a_day",
                expressions=[("site", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="roster_has_both_ends",
                condition=Q(period__startswith__isnull=False, period__endswith__isnull=False),
            ),
            models.CheckConstraint(
                name="published_roster_has_time",
                condition=~Q(state=RosterState.PUBLISHED) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.period.lower:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Return the board's page."""
        return address_of("shifts:board", self.pk)

    @property
    def last_day(self) -> date:
        """Return its last day."""
        last: date = self.period.upper - timedelta(days=1)
        return last


class Shift(models.Model):
    """A shift of the plan: of a person, or open (nobody's yet). `day` is the local date on which it begins.

    The `published_` columns hold what agents were told last; where they differ from the plan, publishing tells the
    difference. A shift taken out after publication stays, marked `is_removed`, until that is published too.
    `published_breaks` are objects with kind, starts_at, ends_at (ISO, UTC) and is_paid.
    """

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="shifts")
    person = models.ForeignKey(
        PERSON, models.PROTECT, null=True, related_name="shifts", verbose_name=_("person")
    )
    day = models.DateField(_("day"))
    pattern = models.ForeignKey(
        Pattern, models.PROTECT, null=True, related_name="+", verbose_name=_("pattern")
    )
    skill = models.ForeignKey(
        "agents.Skill", models.PROTECT, null=True, related_name="+", verbose_name=_("skill")
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    is_locked = models.BooleanField(_("locked"), default=False)
    is_removed = models.BooleanField(_("taken out"), default=False)
    note = models.CharField(_("note"), max_length=120, blank=True)
    published_person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="published_shifts")
    published_starts_at = models.DateTimeField(null=True)
    published_ends_at = models.DateTimeField(null=True)
    published_breaks = models.JSONField(default=list)
    published_at = models.DateTimeField(null=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["roster", "day"], name="shift_of_roster"),
            models.Index(fields=["person", "day"], name="shift_of_person"),
            models.Index(fields=["published_person", "day"], name="shift_published_to"),
            models.Index(fields=["day"], name="shift_open", condition=Q(person=None, is_removed=False)),
        ]
        constraints = [
            models.CheckConstraint(name="shift_ends_after_begin", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="shift_published_whole",
                condition=Q(published_at=None, published_starts_at=None, published_ends_at=None)
                | Q(
                    published_at__isnull=False,
                    published_starts_at__isnull=False,
                    published_ends_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or '–'} {self.day:%Y-%m-%d}"


class ShiftBreak(models.Model):
    """A break of a shift of the plan, at a fixed time."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="breaks")
    kind = models.CharField(_("kind"), max_length=10, choices=BreakKind)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    is_paid = models.BooleanField(_("paid"), default=False)

    get_kind_display = in_words("kind", BreakKind)

    class Meta:
        ordering = ("starts_at",)
        constraints = [
            models.CheckConstraint(name="break_ends_after_begin", condition=Q(ends_at__gt=F("starts_at")))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.shift})"


class Occupancy(models.Model):
    """A piece of a person's time that is taken: published work, a break within it, or approved leave; never two at once.

    Drafts and requests are not in it. A published shift that leave cuts has the pieces that are left.
    """

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="occupancy")
    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="+")
    period = DateTimeRangeField()
    kind = models.CharField(max_length=10, choices=OccupancyKind)
    skill = models.ForeignKey("agents.Skill", models.PROTECT, null=True, related_name="+")
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, related_name="occupancy")
    leave = models.ForeignKey("shifts.Leave", models.PROTECT, null=True, related_name="occupancy")

    get_kind_display = in_words("kind", OccupancyKind)

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="never_two_things_at_once",
                expressions=[("person", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="occupancy_has_its_source",
                condition=Q(kind=OccupancyKind.LEAVE, leave__isnull=False, shift=None)
                | (~Q(kind=OccupancyKind.LEAVE) & Q(shift__isnull=False, leave=None)),
            ),
        ]
        indexes = [GistIndex(fields=["site", "period"], name="occupancy_at_site")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"
