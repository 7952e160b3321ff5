"""What agents ask to change in a published roster, and their standing wishes."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agents.models import Dated
from callcenter.addresses import address_of
from callcenter.choices import in_words
from shifts import wishing
from shifts.enums import ChangeKind, ChangeState, WishKind, WishState
from shifts.models.patterns import Pattern
from shifts.models.rosters import Shift
from shifts.querysets import ChangeQuerySet, WishQuerySet

PERSON = settings.AUTH_USER_MODEL


class Change(models.Model):
    """A change of one published shift, or a swap of two. It alters nothing before the lead approves.

    `person` asks. In a swap `shift` is theirs and `other_shift` the colleague's; a substitute takes `shift` over; an
    extension and a flexible hour give it the new times; an open shift becomes the person's. The times of both shifts
    stay as they were when it was asked for, whatever becomes of the shifts; from `due_at` on it is too late to agree.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ChangeKind)
    state = models.CharField(_("state"), max_length=10, choices=ChangeState)
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="changes", verbose_name=_("asked by"))
    colleague = models.ForeignKey(
        PERSON, models.PROTECT, null=True, related_name="changes_with", verbose_name=_("colleague")
    )
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="changes", verbose_name=_("shift"))
    other_shift = models.ForeignKey(
        Shift, models.PROTECT, null=True, related_name="+", verbose_name=_("shift of the colleague")
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    other_starts_at = models.DateTimeField(null=True)
    other_ends_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(_("to be decided by"))
    new_starts_at = models.DateTimeField(_("new begin"), null=True)
    new_ends_at = models.DateTimeField(_("new end"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision = models.CharField(_("decision"), max_length=300, blank=True)
    filed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField(_("filed"), null=True)

    get_kind_display = in_words("kind", ChangeKind)
    get_state_display = in_words("state", ChangeState)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-asked_at"], name="change_of_person"),
            models.Index(fields=["colleague", "-asked_at"], name="change_with_colleague"),
            models.Index(
                fields=["due_at"],
                name="change_waiting",
                condition=Q(state__in=[ChangeState.ASKED, ChangeState.ACCEPTED, ChangeState.APPROVED]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["shift"],
                name="one_open_change_of_a_shift",
                condition=Q(state__in=[ChangeState.ASKED, ChangeState.ACCEPTED]),
            ),
            models.CheckConstraint(
                name="change_of_two_people", condition=Q(colleague=None) | ~Q(colleague=F("person"))
            ),
            models.CheckConstraint(
                name="change_parts_fit_kind",
                condition=Q(
                    kind=ChangeKind.SWAP,
                    colleague__isnull=False,
                    other_shift__isnull=False,
                    other_starts_at__isnull=False,
                    other_ends_at__gt=F("other_starts_at"),
                )
                | Q(kind=ChangeKind.SUBSTITUTE, colleague__isnull=False, other_shift=None)
                | Q(kind=ChangeKind.PICK_UP, colleague=None, other_shift=None)
                | Q(
                    kind__in=[ChangeKind.EXTEND, ChangeKind.FLEXIBLE],
                    colleague=None,
                    other_shift=None,
                    new_starts_at__isnull=False,
                    new_ends_at__gt=F("new_starts_at"),
                ),
            ),
            models.CheckConstraint(
                name="change_decided_by_third",
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("person")) & (Q(colleague=None) | ~Q(decided_by=F("colleague")))),
            ),
        ]

    def __str__(self) -> str:
        return f"S-{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page of the change."""
        return address_of("shifts:change", self.pk)

    @property
    def topic(self) -> str:
        """Name the change for the outbox."""
        return f"change:{self.pk}"

    @property
    def is_of_own_shift(self) -> bool:
        """Say whether the shift was the person's own: all but an open one."""
        return self.kind != ChangeKind.PICK_UP


class Wish(Dated):
    """A standing personal rule, such as “Thursdays off by 18:00”; the roster honours it where cover allows.

    Weekdays are 1 for Monday to 7; without one it holds for every day. `priority` 1 is the strongest of three.
    """

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="wishes")
    kind = models.CharField(_("kind"), max_length=10, choices=WishKind)
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True)
    time = models.TimeField(_("time"), null=True, blank=True)
    pattern = models.ForeignKey(Pattern, models.PROTECT, null=True, blank=True, related_name="+")
    priority = models.PositiveSmallIntegerField(_("priority"), default=2)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=WishState, default=WishState.ASKED)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    get_kind_display = in_words("kind", WishKind)
    get_state_display = in_words("state", WishState)

    objects: ClassVar[Any] = WishQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="wish_fits_kind",
                condition=Q(kind=WishKind.DAY_OFF, weekday__isnull=False)
                | Q(kind__in=[WishKind.DONE_BY, WishKind.NOT_BEFORE], time__isnull=False)
                | Q(kind=WishKind.PATTERN, pattern__isnull=False),
            ),
            models.CheckConstraint(
                name="wish_weekday",
                condition=Q(weekday=None) | Q(weekday__gte=1, weekday__lte=7),
            ),
            models.CheckConstraint(name="wish_priority", condition=Q(priority__gte=1, priority__lte=3)),
        ]
        indexes = [models.Index(fields=["person"], name="wishes_of_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.words}"

    def get_absolute_url(self) -> str:
        """Return the page of the wish."""
        return address_of("shifts:wish", self.pk)

    @property
    def words(self) -> str:
        """Say the rule in the reader's language."""
        time = f"{self.time:%H:%M}" if self.time else ""
        return wishing.words(self.kind, self.weekday, time, str(self.pattern or ""))
