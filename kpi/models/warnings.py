"""Early warnings: a figure that left what is usual for its subject, what was done about it, and whether it came back."""

from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.addresses import address_of
from callcenter.choices import in_words
from kpi.enums.warnings import DeedKind, Ending, MailFrom, Severity, Subject
from kpi.querysets.warnings import WarningQuerySet

PERSON: Final = settings.AUTH_USER_MODEL


def for_sites() -> list[str]:
    """Return the figures watched at a site until somebody chooses others."""
    return ["answer_rate", "service_level_20"]


def for_people() -> list[str]:
    """Return the figures watched of teams and agents until somebody chooses others."""
    return ["handle_time_p90", "fcr_of_answered"]


def _number(label: Any, default: int, least: int, most: int) -> models.PositiveSmallIntegerField:
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, default=default, validators=limits)


def _metrics(label: Any, default: Any) -> ArrayField:
    return ArrayField(models.CharField(max_length=60), default=default, blank=True, verbose_name=label)


class WarningPolicy(models.Model):
    """How the centre watches its figures: one row; without it, what stands here holds."""

    width = models.FloatField(
        _("width of the usual band (k)"),
        default=3.5,
        validators=[MinValueValidator(2), MaxValueValidator(10)],
    )
    least_calls = _number(_("least calls behind a figure"), 10, 10, 500)
    weeks = _number(_("weeks of history"), 12, 4, 52)
    least_past = _number(_("least past values"), 6, 4, 52)
    raise_after = _number(_("half hours in a row before a warning"), 2, 1, 4)
    back_after = _number(_("intervals in a row until it is over"), 2, 1, 6)
    of_sites = _metrics(_("figures of sites, by half hour"), for_sites)
    of_teams = _metrics(_("figures of teams, by half hour"), for_people)
    of_agents = _metrics(_("figures of agents, by day"), for_people)

    def __str__(self) -> str:
        return str(_("early warnings"))

    def metrics(self, kind: str) -> list[str]:
        """Return the figures that are watched of a kind of subject."""
        found: list[str] = getattr(self, f"of_{kind}s")
        return found


class WarningMail(models.Model):
    """Somebody's wish to be mailed about warnings too; the notice in the app comes anyway."""

    person = models.OneToOneField(PERSON, models.CASCADE, related_name="warning_mail")
    severity = models.PositiveSmallIntegerField(_("by mail"), choices=MailFrom)

    def __str__(self) -> str:
        return str(self.person)


class EarlyWarning(models.Model):
    """One figure of one site, team or agent that is out of its usual band; one at a time for each.

    `since` is the beginning of the first interval in which it was out. `value` and `calls` are what the latest interval
    says, `middle`, `low` and `high` what is usual then, out of `sample` past values, `target` what is wanted; beyond
    `limit` it is out. What is not known is null. `team` of an agent is the team of the day when it was raised.
    """

    kind = models.CharField(_("about"), max_length=10, choices=Subject)
    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="+", verbose_name=_("site"))
    team = models.ForeignKey(
        "agents.Team", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    agent = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("agent"))
    metric = models.CharField(_("figure"), max_length=60)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity)
    since = models.DateTimeField(pgettext_lazy("warning", "since"))
    raised_at = models.DateTimeField(_("raised"))
    value = models.FloatField(_("figure"))
    calls = models.PositiveIntegerField(_("calls"))
    is_out = models.BooleanField(default=True)
    middle = models.FloatField(_("usual"), null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    limit = models.FloatField(null=True)
    sample = models.PositiveSmallIntegerField(default=0)
    target = models.FloatField(_("target"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    ending = models.CharField(_("ending"), max_length=10, choices=Ending, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    get_kind_display = in_words("kind", Subject)
    get_severity_display = in_words("severity", Severity)
    get_ending_display = in_words("ending", Ending)

    objects = WarningQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-raised_at", "-id"], name="warning_newest"),
            models.Index(
                fields=["-severity", "-raised_at"], name="warning_open", condition=Q(closed_at=None)
            ),
            models.Index(fields=["team", "-raised_at"], name="warning_of_team"),
            models.Index(fields=["site", "-raised_at"], name="warning_of_site"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "site", "team", "agent", "metric"],
                name="warning_open_once",
                condition=Q(closed_at=None),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["agent", "metric"],
                name="warning_open_once_for_agent",
                condition=Q(closed_at=None, kind=Subject.AGENT),
            ),
            models.CheckConstraint(
                name="warning_about_its_kind",
                condition=Q(kind=Subject.SITE, team=None, agent=None)
                | Q(kind=Subject.TEAM, team__isnull=False, agent=None)
                | Q(kind=Subject.AGENT, agent__isnull=False),
            ),
            models.CheckConstraint(
                name="warning_over_says_how",
                condition=Q(closed_at=None, ending="") | (Q(closed_at__isnull=False) & ~Q(ending="")),
            ),
        ]

    def __str__(self) -> str:
        return f"W-{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page of the warning."""
        return address_of("kpi:warning", self.pk)

    @property
    def subject(self) -> Any:
        """Return whom or what it is about."""
        return getattr(self, self.kind)

    @property
    def by_day(self) -> bool:
        """Whether its intervals are days; else they are half hours."""
        return self.kind == Subject.AGENT

    @property
    def topic(self) -> str:
        """Name the warning for the outbox."""
        return f"warning:{self.pk}"


class WarningReading(models.Model):
    """What the figure was in one interval while the warning was open, against what was usual then.

    `at` is the interval's beginning. `severity` is 0 where it was inside. One that still runs is read again.
    """

    warning = models.ForeignKey(EarlyWarning, models.CASCADE, related_name="readings")
    at = models.DateTimeField()
    value = models.FloatField()
    calls = models.PositiveIntegerField()
    middle = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    limit = models.FloatField(null=True)
    sample = models.PositiveSmallIntegerField(default=0)
    target = models.FloatField(null=True)
    severity = models.PositiveSmallIntegerField(default=0)
    finished = models.BooleanField()

    class Meta:
        ordering = ("at",)
        constraints = [models.UniqueConstraint(fields=["warning", "at"], name="reading_once_an_interval")]

    def __str__(self) -> str:
        return f"{self.warning} {self.at:%Y-%m-%d %H:%M}"


class WarningDeed(models.Model):
    """What somebody did about a warning; never changed."""

    warning = models.ForeignKey(EarlyWarning, models.CASCADE, related_name="deeds")
    kind = models.CharField(_("what was done"), max_length=10, choices=DeedKind)
    note = models.CharField(_("note"), max_length=500, blank=True)
    done_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("by"))
    done_at = models.DateTimeField(_("at"))

    get_kind_display = in_words("kind", DeedKind)

    class Meta:
        ordering = ("done_at", "pk")

    def __str__(self) -> str:
        return f"{self.warning} {self.get_kind_display()}"
