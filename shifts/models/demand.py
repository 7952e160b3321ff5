"""How much work comes, and how many heads it needs."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agents.models import Dated
from agents.models.dated import one_at_a_time
from callcenter.choices import in_words
from shifts.enums import Origin


class QueueGoal(models.Model):
    """How well a queue is to be answered: `share` of its calls within `within_seconds`; patience makes it Erlang A.

    `shrinkage` is the share of paid time in which people are not at their desks.
    """

    queue = models.OneToOneField("calls.Queue", models.CASCADE, related_name="goal", verbose_name=_("queue"))
    skill = models.ForeignKey(
        "agents.Skill", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("skill")
    )
    share = models.DecimalField(_("service level"), max_digits=4, decimal_places=3, default="0.800")
    within_seconds = models.PositiveSmallIntegerField(_("within seconds"), default=20)
    patience_seconds = models.PositiveSmallIntegerField(_("patience, seconds"), null=True, blank=True)
    shrinkage = models.DecimalField(_("shrinkage"), max_digits=4, decimal_places=3, default="0.300")
    occupancy = models.DecimalField(_("highest occupancy"), max_digits=4, decimal_places=3, default="0.850")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="queue_goal_shares",
                condition=Q(share__gt=0, share__lt=1, shrinkage__gte=0, shrinkage__lt=1)
                & Q(occupancy__gt=0, occupancy__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return str(self.queue)


class Demand(models.Model):
    """Calls expected in a half hour of a queue (a forecast may be no whole number), and how long one is handled."""

    queue = models.ForeignKey("calls.Queue", models.CASCADE, related_name="demand")
    starts_at = models.DateTimeField(_("begins"))
    calls = models.DecimalField(_("calls"), max_digits=8, decimal_places=2)
    handle_seconds = models.PositiveIntegerField(_("handle time, seconds"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)

    get_origin_display = in_words("origin", Origin)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["queue", "starts_at"], name="demand_once"),
            models.CheckConstraint(name="demand_not_negative", condition=Q(calls__gte=0)),
        ]
        indexes = [models.Index(fields=["starts_at"], name="demand_at")]

    def __str__(self) -> str:
        return f"{self.queue} {self.starts_at:%Y-%m-%d %H:%M}"


class Requirement(models.Model):
    """Heads required at a site in a half hour; with a skill, heads that have it."""

    site = models.ForeignKey("agents.Site", models.CASCADE, related_name="requirements")
    skill = models.ForeignKey("agents.Skill", models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField(_("begins"))
    heads = models.PositiveSmallIntegerField(_("heads"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)

    get_origin_display = in_words("origin", Origin)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "starts_at", "skill"], name="requirement_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.starts_at:%Y-%m-%d %H:%M}: {self.heads}"


class Peak(Dated):
    """A peak period (征期) of a site: leave is blocked, weekend days are staffed, more stay on over lunch."""

    site = models.ForeignKey("agents.Site", models.CASCADE, related_name="peaks", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=80)
    lunch_from = models.TimeField(_("lunch from"), default="12:00")
    lunch_to = models.TimeField(_("lunch to"), default="13:30")
    lunch_heads = models.PositiveSmallIntegerField(_("heads over lunch"), default=3)
    weekend_heads = models.PositiveSmallIntegerField(_("heads on weekend days"), default=2)

    class Meta:
        ordering = ("period",)
        constraints = [
            one_at_a_time("one_peak_at_a_time", "site"),
            models.CheckConstraint(
                name="peak_has_both_ends",
                condition=Q(period__startswith__isnull=False, period__endswith__isnull=False),
            ),
            models.CheckConstraint(name="peak_lunch", condition=Q(lunch_to__gt=F("lunch_from"))),
        ]

    def __str__(self) -> str:
        return self.name


class PeakTemplate(models.Model):
    """Makes one peak period of each month, from one day of the month to another, both included.

    Months before `made_until` were made: what planners did with those periods afterwards stands.
    """

    site = models.OneToOneField("agents.Site", models.CASCADE, related_name="peak_template")
    first_day = models.PositiveSmallIntegerField(_("first day of the month"), default=1)
    last_day = models.PositiveSmallIntegerField(_("last day of the month"), default=15)
    lunch_heads = models.PositiveSmallIntegerField(_("heads over lunch"), default=3)
    weekend_heads = models.PositiveSmallIntegerField(_("heads on weekend days"), default=2)
    made_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="peak_template_days",
                condition=Q(first_day__gte=1, last_day__lte=31, last_day__gte=F("first_day")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.site)
