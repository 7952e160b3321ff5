"""The words of a feedback item and the table of its steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.TextChoices):
    """What an item is about, whoever answers it."""

    TOOLS = "tools", _("Work station and systems")
    ROSTER = "roster", _("Roster and leave")
    PAY = "pay", _("Pay and benefits")
    RULES = "rules", _("Rules and processes")
    TRAINING = "training", _("Training and growth")
    PLACE = "place", _("Rooms, food and transport")
    OTHER = "other", _("Something else")


class Status(models.TextChoices):
    """Where an item is in its course."""

    SUBMITTED = "submitted", _("Waiting for an answer")
    ANSWERED = "answered", pgettext_lazy("feedback", "Answered")


STEPS: dict[str, frozenset[str]] = {
    Status.SUBMITTED: frozenset({Status.ANSWERED}),
    Status.ANSWERED: frozenset(),
}
