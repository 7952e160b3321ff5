"""What shifts are made of: patterns with their breaks, and rotations of patterns over days."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from callcenter.choices import in_words
from shifts.enums import BreakKind


class Pattern(models.Model):
    """A shift as it recurs: when it begins at its site, and how long it is. One that is used ends, never changes its times.

    It may pass midnight; a shift belongs to the day on which it begins.
    """

    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="patterns", verbose_name=_("site"))
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("name"), max_length=80)
    begins = models.TimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), help_text=_("Breaks included."))
    colour = models.PositiveSmallIntegerField(_("colour"), default=1)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("begins", "code")
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="pattern_code_once_at_site"),
            models.CheckConstraint(name="pattern_length", condition=Q(minutes__gte=30, minutes__lte=16 * 60)),
            models.CheckConstraint(name="pattern_colour", condition=Q(colour__gte=1, colour__lte=8)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PatternBreak(models.Model):
    """A break of a pattern: it begins between two offsets from the shift's begin, so that lunch can be staggered."""

    pattern = models.ForeignKey(Pattern, models.CASCADE, related_name="breaks")
    kind = models.CharField(_("kind"), max_length=10, choices=BreakKind, default=BreakKind.LUNCH)
    earliest = models.PositiveSmallIntegerField(_("earliest"), help_text=_("Minutes after the shift begins."))
    latest = models.PositiveSmallIntegerField(_("latest"), help_text=_("Minutes after the shift begins."))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    is_paid = models.BooleanField(_("paid"), default=False)

    get_kind_display = in_words("kind", BreakKind)

    class Meta:
        ordering = ("earliest", "pk")
        constraints = [
            models.CheckConstraint(
                name="pattern_break_window",
                condition=Q(earliest__lte=models.F("latest"), minutes__gte=5, minutes__lte=120),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pattern})"


class Rotation(models.Model):
    """A round of days, for example four on and two off, that repeats from an agent's first day of it."""

    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="rotations", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="rotation_name_once_at_site")]

    def __str__(self) -> str:
        return self.name


class RotationDay(models.Model):
    """One day of a rotation; without a pattern it is off."""

    rotation = models.ForeignKey(Rotation, models.CASCADE, related_name="days")
    position = models.PositiveSmallIntegerField(_("day"))
    pattern = models.ForeignKey(Pattern, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["rotation", "position"], name="rotation_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rotation} {self.position}: {self.pattern or '–'}"
