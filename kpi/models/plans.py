"""What follows an assessment: interviews, and aims whose figure is read before and after."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from callcenter.addresses import address_of
from callcenter.choices import in_words
from kpi.enums.schemes import AimKind, AimState, InterviewState
from kpi.models.assessments import Scorecard
from kpi.models.schemes import PERSON, somebody
from kpi.querysets.plans import AimQuerySet, InterviewQuerySet


class Interview(models.Model):
    """A talk with somebody about their work, on a day, and what was agreed."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="interviews", verbose_name=_("person"))
    lead = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("held by"))
    card = models.ForeignKey(
        Scorecard, models.PROTECT, null=True, related_name="interviews", verbose_name=_("scorecard")
    )
    planned_for = models.DateField(_("day"))
    subject = models.CharField(_("about"), max_length=200)
    state = models.CharField(_("step"), max_length=10, choices=InterviewState, default=InterviewState.PLANNED)
    made_at = models.DateTimeField(_("made"))
    held_on = models.DateField(_("held on"), null=True)
    agreed = models.TextField(_("what was agreed"), blank=True)

    get_state_display = in_words("state", InterviewState)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ("-planned_for", "-pk")
        indexes = [
            models.Index(
                fields=["planned_for"], name="interviews_planned", condition=Q(state=InterviewState.PLANNED)
            ),
            models.Index(fields=["person"], name="interviews_of_person"),
        ]
        constraints = [
            models.CheckConstraint(name="interview_of_two", condition=~Q(person=F("lead"))),
            models.CheckConstraint(
                name="interview_held_is_whole",
                condition=~Q(state=InterviewState.HELD) | Q(held_on__isnull=False) & ~Q(agreed=""),
            ),
        ]

    def __str__(self) -> str:
        return f"I-{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page of the interview."""
        return address_of("kpi:interview", self.pk)

    @property
    def topic(self) -> str:
        """Name it for the outbox."""
        return f"interview:{self.pk}"


class Aim(models.Model):
    """A figure that somebody is to reach by a day: an improvement plan that a lead proposes, or a goal of one's own.

    The other one agrees. `before` is the figure of as many days before `since` as it runs; `after` that of its own days,
    read when it is over.
    """

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="aims", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=10, choices=AimKind)
    metric = models.CharField(_("figure"), max_length=60)
    goal = models.FloatField(_("goal"))
    measures = models.TextField(_("what is done for it"))
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    interview = models.ForeignKey(
        Interview, models.PROTECT, null=True, related_name="aims", verbose_name=_("interview")
    )
    state = models.CharField(_("step"), max_length=10, choices=AimState, default=AimState.PROPOSED)
    proposed_by = somebody(_("proposed by"), null=False)
    proposed_at = models.DateTimeField(_("proposed"))
    answered_by = somebody(_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    before = models.FloatField(_("before"), null=True)
    after = models.FloatField(_("after"), null=True)
    settled_at = models.DateTimeField(_("settled"), null=True)

    get_kind_display = in_words("kind", AimKind)
    get_state_display = in_words("state", AimState)

    objects = AimQuerySet.as_manager()

    class Meta:
        ordering = ("-since", "-pk")
        indexes = [
            models.Index(fields=["until"], name="aims_running", condition=Q(state=AimState.AGREED)),
            models.Index(fields=["person"], name="aims_of_person"),
        ]
        constraints = [
            models.CheckConstraint(name="aim_days", condition=Q(until__gte=F("since"))),
            models.CheckConstraint(
                name="aim_agreed_by_another",
                condition=~Q(state=AimState.AGREED)
                | Q(answered_by__isnull=False) & ~Q(answered_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"Z-{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page of the aim."""
        return address_of("kpi:aim", self.pk)

    @property
    def topic(self) -> str:
        """Name it for the outbox."""
        return f"aim:{self.pk}"
