"""The monthly assessment of a role at a site: everybody's scorecard, what it rests on, and appeals."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.access import Role
from callcenter.addresses import address_of
from callcenter.choices import in_words
from kpi.enums.schemes import TOLD, AppealState, AssessmentState
from kpi.models.schemes import PERSON, Indicator, Scheme, somebody
from kpi.querysets.assessments import AppealQuerySet, AssessmentQuerySet, ScorecardQuerySet


class Assessment(models.Model):
    """A month of a role at a site, scored by the scheme that held. Once locked, a database trigger refuses every change.

    `month` is its first day. In preview it can be computed again; from publishing on, scores change by appeals only.
    """

    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="+", verbose_name=_("site"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    month = models.DateField(_("month"))
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="assessments", verbose_name=_("scheme"))
    state = models.CharField(
        _("step"), max_length=10, choices=AssessmentState, default=AssessmentState.PREVIEW
    )
    computed_by = somebody(_("computed by"))
    computed_at = models.DateTimeField(_("computed"))
    published_by = somebody(_("published by"))
    published_at = models.DateTimeField(_("published"), null=True)
    appeal_until = models.DateTimeField(_("appeals until"), null=True)
    approved_by = somebody(_("approved by"))
    approved_at = models.DateTimeField(_("approved"), null=True)
    locked_by = somebody(_("locked by"))
    locked_at = models.DateTimeField(_("locked"), null=True)

    get_role_display = in_words("role", Role)
    get_state_display = in_words("state", AssessmentState)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("-month", "site", "role")
        indexes = [models.Index(fields=["-month", "-id"], name="assessment_newest")]
        constraints = [
            models.UniqueConstraint(fields=["site", "role", "month"], name="assessment_once"),
            models.CheckConstraint(
                name="assessment_told_has_time",
                condition=Q(state=AssessmentState.PREVIEW)
                | Q(published_by__isnull=False, published_at__isnull=False, appeal_until__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_four_eyes",
                condition=Q(approved_by=None) | ~Q(approved_by=F("published_by")),
            ),
            models.CheckConstraint(
                name="assessment_locked_is_whole",
                condition=~Q(state=AssessmentState.LOCKED)
                | Q(approved_by__isnull=False, locked_by__isnull=False, locked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.site} {self.get_role_display()}"

    def get_absolute_url(self) -> str:
        """Return the page of the assessment."""
        return address_of("kpi:assessment", self.pk)

    @property
    def topic(self) -> str:
        """Name it for the outbox."""
        return f"assessment:{self.pk}"

    @property
    def is_told(self) -> bool:
        """Say whether people see their scores."""
        return self.state in TOLD


class Scorecard(models.Model):
    """Somebody's score of a month. `known` is the part of the weight, in percent, that it rests on.

    `grade` is what `earned` is after the gates; `caps` names what caps it: [{"kind", "count", "cap", "events"}].
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="cards")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="scorecards", verbose_name=_("person"))
    team = models.ForeignKey(
        "agents.Team", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=1, null=True)
    known = models.PositiveSmallIntegerField(_("known, in percent"))
    grade = models.CharField(pgettext_lazy("assessment", "grade"), max_length=20, blank=True)
    earned = models.CharField(_("grade by score"), max_length=20, blank=True)
    caps: Any = models.JSONField(default=list)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        ordering = (F("score").desc(nulls_last=True), "pk")
        indexes = [models.Index(fields=["person"], name="scorecards_of_person")]
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="scorecard_once")]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.person}"

    def get_absolute_url(self) -> str:
        """Return the page of the scorecard."""
        return address_of("kpi:scorecard", self.pk)

    def may_appeal(self, now: datetime) -> bool:
        """Say whether there is time for an appeal, and none was made."""
        assessment = self.assessment
        in_time = assessment.appeal_until is not None and now < assessment.appeal_until
        return assessment.state == AssessmentState.PUBLISHED and in_time and not hasattr(self, "appeal")


class ScoreLine(models.Model):
    """What one indicator brought: the own figure and the group's, and the points of each and of both.

    `facts` says what else a reader must know: how many raters, how far apart, or why a figure was corrected.
    """

    card = models.ForeignKey(Scorecard, models.CASCADE, related_name="lines")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    own = models.FloatField(null=True)
    group = models.FloatField(null=True)
    own_points = models.FloatField(null=True)
    group_points = models.FloatField(null=True)
    points = models.FloatField(null=True)
    facts: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ("indicator__position",)
        constraints = [models.UniqueConstraint(fields=["card", "indicator"], name="score_line_once")]

    def __str__(self) -> str:
        return f"{self.card}: {self.indicator}"


class Appeal(models.Model):
    """What somebody says against their scorecard, once; who decides corrects a figure or lifts the gates, never the points."""

    card = models.OneToOneField(Scorecard, models.PROTECT, related_name="appeal")
    text = models.TextField(_("appeal"))
    at = models.DateTimeField(_("appealed"))
    state = models.CharField(_("step"), max_length=10, choices=AppealState, default=AppealState.OPEN)
    decided_by = somebody(_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision = models.TextField(_("decision"), blank=True)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, related_name="+", verbose_name=_("indicator")
    )
    figure = models.FloatField(_("corrected figure"), null=True)
    lifts_gates = models.BooleanField(_("gates lifted"), default=False)

    get_state_display = in_words("state", AppealState)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="score_appeal_is_decided",
                condition=Q(state=AppealState.OPEN, decided_by=None, decided_at=None)
                | ~Q(state=AppealState.OPEN)
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decision=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.card)

    def get_absolute_url(self) -> str:
        """Return the page of the scorecard that it is about."""
        return self.card.get_absolute_url()
