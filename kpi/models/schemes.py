"""How people of a role are scored: versions of a scheme, its indicators, grades and gates; trials of a draft."""

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.access import Role
from callcenter.addresses import address_of
from callcenter.choices import in_words
from kpi.enums.schemes import GateKind, SchemeState, Weighing
from kpi.querysets.schemes import SchemeQuerySet, TrialQuerySet, TrialRowQuerySet
from kpi.scoring.curve import Curve

PERSON: Final = settings.AUTH_USER_MODEL


def somebody(label: Any, *, null: bool = True) -> Any:
    """Return a reference to who did something."""
    return models.ForeignKey(PERSON, models.PROTECT, null=null, related_name="+", verbose_name=label)


class Scheme(models.Model):
    """One version of how the people of a role are scored; one holds at a time. What was adopted never changes.

    `period` begins on the first day of a month and ends where the next version begins. `team_share` is the part of each
    indicator, in percent, that the figure of the team decides (of a supervisor: of the site).
    """

    role = models.CharField(_("role"), max_length=20, choices=Role)
    number = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=80)
    note = models.TextField(_("what it is for"), blank=True)
    team_share = models.PositiveSmallIntegerField(_("share of the team's figures, in percent"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=SchemeState, default=SchemeState.DRAFT)
    period = DateRangeField(_("holds"), null=True)
    made_by = somebody(_("made by"), null=False)
    made_at = models.DateTimeField(_("made"))
    adopted_by = somebody(_("adopted by"))
    adopted_at = models.DateTimeField(_("adopted"), null=True)

    get_role_display = in_words("role", Role)
    get_state_display = in_words("state", SchemeState)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ("role", "-number")
        constraints = [
            models.UniqueConstraint(fields=["role", "number"], name="scheme_version_once"),
            ExclusionConstraint(
                name="scheme_one_of_a_role",
                expressions=[("role", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="scheme_adopted_is_whole",
                condition=Q(
                    state=SchemeState.ADOPTED,
                    period__isnull=False,
                    adopted_by__isnull=False,
                    adopted_at__isnull=False,
                )
                | ~Q(state=SchemeState.ADOPTED) & Q(period=None),
            ),
            models.CheckConstraint(name="scheme_share_in_percent", condition=Q(team_share__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    def get_absolute_url(self) -> str:
        """Return the page of the version."""
        return address_of("kpi:scheme", self.pk)

    @property
    def is_draft(self) -> bool:
        """Say whether it may still be changed."""
        return self.state == SchemeState.DRAFT

    @property
    def since(self) -> date | None:
        """Return its first month; None where it was not adopted."""
        return self.period.lower if self.period else None


class Indicator(models.Model):
    """One figure of a scheme, or the outcome of a checklist, with its weight and the curve that turns it into points.

    Figures are in the metric's own unit (shares from 0 to 1, times in seconds); a checklist's is a share.
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    metric = models.CharField(_("figure"), max_length=60, blank=True)
    checklist = models.ForeignKey(
        "kpi.Checklist", models.PROTECT, null=True, related_name="indicators", verbose_name=_("checklist")
    )
    weighing = models.CharField(_("kind"), max_length=10, choices=Weighing, default=Weighing.PRIMARY)
    weight = models.PositiveSmallIntegerField(_("weight"))
    threshold = models.FloatField(_("threshold"))
    target = models.FloatField(_("target"))
    stretch = models.FloatField(_("stretch"))
    threshold_points = models.PositiveSmallIntegerField(_("points at the threshold"), default=60)
    target_points = models.PositiveSmallIntegerField(_("points at the target"), default=100)
    stretch_points = models.PositiveSmallIntegerField(_("points at the stretch"), default=120)

    get_weighing_display = in_words("weighing", Weighing)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["scheme", "position"], name="indicator_at_a_position"),
            models.CheckConstraint(
                name="indicator_of_one_thing",
                condition=Q(metric="", checklist__isnull=False) | ~Q(metric="") & Q(checklist=None),
            ),
            models.CheckConstraint(name="indicator_weight", condition=Q(weight__gte=1, weight__lte=100)),
            models.CheckConstraint(
                name="indicator_curve_one_way",
                condition=Q(threshold__lt=F("target"), target__lt=F("stretch"))
                | Q(threshold__gt=F("target"), target__gt=F("stretch")),
            ),
            models.CheckConstraint(
                name="indicator_points_rise",
                condition=Q(threshold_points__lte=F("target_points"), target_points__lte=F("stretch_points")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return what it is called."""
        from kpi.metrics import REGISTRY  # noqa: PLC0415 (the registry itself asks models)

        return str(self.checklist.name if self.checklist else REGISTRY[self.metric].name)

    @property
    def curve(self) -> Curve:
        """Return what turns its figure into points."""
        points = (self.threshold_points, self.target_points, self.stretch_points)
        return Curve(self.threshold, self.target, self.stretch, points)


class Grade(models.Model):
    """A grade of a scheme from a score on, and the factor of the bonus that goes with it."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="grades")
    name = models.CharField(pgettext_lazy("assessment", "grade"), max_length=20)
    at_least = models.DecimalField(_("from a score of"), max_digits=5, decimal_places=1)
    factor = models.DecimalField(_("factor of the bonus"), max_digits=4, decimal_places=2, default=1)

    class Meta:
        ordering = ("-at_least",)
        constraints = [
            models.UniqueConstraint(fields=["scheme", "name"], name="grade_name_once"),
            models.UniqueConstraint(fields=["scheme", "at_least"], name="grade_score_once"),
            models.CheckConstraint(name="grade_from_nothing_on", condition=Q(at_least__gte=0, factor__gte=0)),
        ]

    def __str__(self) -> str:
        return self.name


class Gate(models.Model):
    """What caps the grade, however high the score: so many events of a kind within the month."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="gates")
    kind = models.CharField(_("kind"), max_length=20, choices=GateKind)
    count = models.PositiveSmallIntegerField(_("from this number on"), default=1)
    cap = models.CharField(_("best grade"), max_length=20)

    get_kind_display = in_words("kind", GateKind)

    class Meta:
        ordering = ("kind", "count")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind", "count"], name="gate_once"),
            models.CheckConstraint(name="gate_from_one_on", condition=Q(count__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}: {self.cap}"


class Trial(models.Model):
    """A version of a scheme tried on past months, beside what held then; it changes nothing."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="trials", verbose_name=_("scheme"))
    site = models.ForeignKey(
        "agents.Site", models.PROTECT, null=True, related_name="+", verbose_name=_("site")
    )
    first_month = models.DateField(_("first month"))
    last_month = models.DateField(_("last month"))
    by = somebody(_("by"), null=False)
    at = models.DateTimeField(_("asked for"))
    job = models.OneToOneField("jobs.Job", models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = TrialQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(name="trial_months", condition=Q(last_month__gte=F("first_month")))
        ]

    def __str__(self) -> str:
        return f"T-{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page of the trial."""
        return address_of("kpi:trial", self.pk)


class TrialRow(models.Model):
    """Somebody's scores in a trial: the means of the months, and the grades of the last month that has one."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="rows")
    person = somebody(_("person"), null=False)
    team = models.ForeignKey("agents.Team", models.PROTECT, null=True, related_name="+")
    months = models.PositiveSmallIntegerField(_("months"))
    now_score = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    draft_score = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    change = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    now_grade = models.CharField(max_length=20, blank=True)
    draft_grade = models.CharField(max_length=20, blank=True)

    objects = TrialRowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trial", "person"], name="trial_person_once")]

    def __str__(self) -> str:
        return f"{self.trial}: {self.person}"
