"""Runs of the auto-roster, and the secret addresses of roster calendars."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from callcenter.addresses import address_of
from shifts.models.rosters import Roster

PERSON = settings.AUTH_USER_MODEL


class AutoRun(models.Model):
    """One filling of a draft by the machine: what it reached, how far that is from the bound, and what it had to break.

    `report` holds what is short by interval, which wishes and rules were broken and why, and which requirement
    cannot be met at all; `shifts` what it proposes, until somebody takes it into the draft.
    """

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="runs")
    job = models.OneToOneField("jobs.Job", models.SET_NULL, null=True, related_name="+")
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked for"))
    of_revision = models.PositiveIntegerField()
    limit_seconds = models.PositiveSmallIntegerField(_("seconds at most"), default=60)
    seed = models.PositiveIntegerField(default=1)
    finished_at = models.DateTimeField(_("finished"), null=True)
    seconds = models.FloatField(null=True)
    short = models.PositiveIntegerField(_("head half-hours short"), null=True)
    bound = models.FloatField(_("bound"), null=True)
    gap = models.FloatField(_("gap to the bound"), null=True)
    report = models.JSONField(default=dict)
    shifts = models.JSONField(default=list)
    taken_at = models.DateTimeField(_("taken into the draft"), null=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["roster"], name="one_run_of_a_roster", condition=Q(finished_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.roster} {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page of the run."""
        return address_of("shifts:run", self.pk)


class Feed(models.Model):
    """A secret address under which a person's roster can be read as a calendar; only its hash is kept."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="roster_feeds")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(_("made"))
    read_at = models.DateTimeField(_("last read"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], name="one_feed_of_a_person", condition=Q(revoked_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
