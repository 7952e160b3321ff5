"""What raters look for: points that one sees or does not see, and what each rater saw."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from callcenter.addresses import address_of
from kpi.models.schemes import PERSON, somebody
from kpi.querysets.checklists import RatingQuerySet


class Checklist(models.Model):
    """Observable points, each seen or not. Once somebody was rated by it, its points never change: the next one is made."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    text = models.TextField(_("what it is for"), blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    made_by = somebody(_("made by"), null=False)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the checklist."""
        return address_of("kpi:checklist", self.pk)


class ChecklistPoint(models.Model):
    """One thing that is seen or not."""

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("point"), max_length=200)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["checklist", "position"], name="checklist_point_at_a_position")
        ]

    def __str__(self) -> str:
        return self.text


class Rating(models.Model):
    """What one rater saw of somebody in a month: for each point of the checklist in turn yes, no, or did not apply."""

    checklist = models.ForeignKey(
        Checklist, models.PROTECT, related_name="ratings", verbose_name=_("checklist")
    )
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="ratings", verbose_name=_("person"))
    rater = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("rater"))
    month = models.DateField(_("month"))
    marks = ArrayField(models.BooleanField(null=True), verbose_name=_("marks"))
    note = models.TextField(_("what was seen"), blank=True)
    at = models.DateTimeField(_("rated"))

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ("-month", "-at", "-pk")
        indexes = [models.Index(fields=["month", "checklist"], name="ratings_of_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "month", "checklist", "rater"], name="rating_once_by_each"
            ),
            models.CheckConstraint(name="nobody_rates_themself", condition=~Q(person=F("rater"))),
        ]

    def __str__(self) -> str:
        return f"{self.checklist}: {self.person} {self.month:%Y-%m}"
