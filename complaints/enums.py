"""The words of a complaint and the table of its steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tier(models.IntegerChoices):
    """Whom the customer reached (domain §4); it rises and never falls."""

    COMPANY = 1, _("Tier 1 · company")
    GROUP = 2, _("Tier 2 · group")
    AUTHORITY = 3, _("Tier 3 · authority or media")


class Channel(models.TextChoices):
    """How the complaint reached us."""

    TELEPHONE = "telephone", _("Telephone")
    ON_SITE = "on_site", _("On site")
    LETTER = "letter", _("Letter")
    MEDIA = "media", _("Media")
    WEB = "web", _("Web")


class Status(models.TextChoices):
    """Where a complaint is in its course."""

    ACCEPTED = "accepted", _("Accepted")
    RESOLVED = "resolved", _("Resolved")


STEPS: dict[str, frozenset[str]] = {
    Status.ACCEPTED: frozenset({Status.RESOLVED}),
    Status.RESOLVED: frozenset(),
}
COURSE = {Status.ACCEPTED: _("Accept"), Status.RESOLVED: _("Resolve")}
"""The states in their order, and the work that leads to each."""


class ClockKind(models.TextChoices):
    """What a clock measures."""

    RESOLUTION = "resolution", _("Resolution")


class AlertKind(models.TextChoices):
    """What a clock told somebody."""

    WARNING = "warning", _("Early warning")
    ESCALATION = "escalation", _("Escalation")
