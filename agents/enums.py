"""The words of conduct records with the table of their steps, of skills and of applications."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConductKind(models.TextChoices):
    """What a record is."""

    REWARD = "reward", _("Reward")
    PENALTY = "penalty", _("Penalty")


class ConductState(models.TextChoices):
    """Where a record is in its course."""

    DRAFTED = "drafted", pgettext_lazy("conduct", "Draft")
    REPLY_OPEN = "reply_open", _("Open for a reply")
    FINAL = "final", pgettext_lazy("conduct", "Final")
    WITHDRAWN = "withdrawn", pgettext_lazy("conduct", "Withdrawn")
    APPEALED = "appealed", _("Appealed")
    UPHELD = "upheld", _("Upheld")
    LIFTED = "lifted", _("Lifted")


CONDUCT_STEPS: dict[str, frozenset[str]] = {
    ConductState.DRAFTED: frozenset({ConductState.REPLY_OPEN, ConductState.FINAL, ConductState.WITHDRAWN}),
    ConductState.REPLY_OPEN: frozenset({ConductState.FINAL, ConductState.WITHDRAWN}),
    ConductState.FINAL: frozenset({ConductState.APPEALED}),
    ConductState.APPEALED: frozenset({ConductState.UPHELD, ConductState.LIFTED}),
    ConductState.UPHELD: frozenset(),
    ConductState.LIFTED: frozenset(),
    ConductState.WITHDRAWN: frozenset(),
}
"""Which state may follow which. A reward needs no reply and is final at once; a penalty becomes so with time."""

IN_FORCE = (ConductState.FINAL, ConductState.APPEALED, ConductState.UPHELD)
"""What counts: also while an appeal is not decided."""
EXECUTIVE_TIER = 3
"""From this tier of a complaint on, executives alone record and decide (domain §4)."""


LEVELS = range(1, 6)
"""The levels of a skill, from a beginner to somebody who teaches others."""


class ApplicationState(models.TextChoices):
    """The course of an application for an extra role."""

    ASKED = "asked", _("Asked for")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
