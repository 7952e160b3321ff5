"""Calendars, their exceptions and the policies that count on them. Written through callcenter.ops.calendars only."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from callcenter.worktime import policies
from callcenter.worktime.clock import WorkHours
from callcenter.worktime.enums import BUILT_IN, Base, DayKind, Mode


class Calendar(models.Model):
    """Weekly hours in a time zone, with the public holidays of `base` and dated exceptions.

    The exceptions of `parent` (the company's) apply too, unless this calendar has one of its own for the date.
    `revision` is new after every change to the calendar or its days: what was computed under another one is stale.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Shanghai")
    base = models.CharField(_("public holidays"), max_length=10, choices=Base, default=Base.CHINA)
    weekly = models.JSONField(_("weekly hours"), help_text=_('For example {"mon": [["08:30", "17:30"]]}.'))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("company calendar"),
    )
    revision = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="calendar_base_known", condition=Q(base__in=["none", "china"])),
            models.CheckConstraint(
                name="calendar_not_its_own_parent", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
            models.CheckConstraint(name="calendar_code_given", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return gettext(self.name) if self.name in BUILT_IN else self.name


class CalendarDay(models.Model):
    """One date on which a calendar differs. `hours` are local, as [["09:00", "12:00"]]."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="days", verbose_name=_("calendar"))
    date = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=10, choices=DayKind)
    hours = models.JSONField(_("hours"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("calendar exception")
        verbose_name_plural = _("calendar exceptions")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="calendar_day_once"),
            models.CheckConstraint(
                name="calendar_day_hours_fit_kind",
                condition=Q(kind="holiday", hours=[])
                | (Q(kind="override") & ~Q(hours=[]))
                | Q(kind="working"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.get_kind_display()}"


class Policy(models.Model):
    """An amount of working time. Without a calendar it counts on that of the site concerned."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    mode = models.CharField(_("counts"), max_length=20, choices=Mode)
    amount = models.PositiveIntegerField(_("amount"), help_text=_("Days, or seconds of business time."))
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, blank=True, verbose_name=_("calendar"))

    class Meta:
        verbose_name = _("deadline policy")
        verbose_name_plural = _("deadline policies")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="policy_mode_known", condition=Q(mode__in=["working_days", "working_seconds"])
            ),
            models.CheckConstraint(name="policy_code_given", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return gettext(self.name) if self.name in BUILT_IN else self.name

    @property
    def in_words(self) -> str:
        """Say the amount in the reader's language."""
        if self.mode == Mode.WORKING_DAYS:
            if not self.amount:
                return gettext("the same working day")
            text = ngettext("%(count)d working day", "%(count)d working days", self.amount)
            return text % {"count": self.amount}
        return gettext("%(hours)s h of working time") % {"hours": number_format(f"{self.amount / 3600:.4g}")}

    def due(self, start: datetime, hours: WorkHours) -> policies.Due:
        """Return when the amount is over that starts at `start`, counted on `hours`."""
        return policies.due(hours, self.mode, self.amount, start)
