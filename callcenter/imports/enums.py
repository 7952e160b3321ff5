"""Closed lists about imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """What is done when some rows cannot be taken."""

    ALL = "all", _("All or nothing: one bad row, and nothing is brought in")
    GOOD = "good", _("The good rows: the bad ones are listed and left out")


class State(models.TextChoices):
    """Where an import stands. Only DONE has brought in everything it could."""

    OPEN = "open", _("Columns to be chosen")
    RUNNING = "running", _("Running")
    TRIED = "tried", _("Tried; nothing was written")
    REFUSED = "refused", _("Refused; nothing was written")
    STOPPED = "stopped", _("Stopped before its end")
    DONE = "done", _("Brought in")


STEPS: dict[State, set[State]] = {
    State.OPEN: {State.RUNNING},
    State.RUNNING: {State.TRIED, State.REFUSED, State.STOPPED, State.DONE},
    State.TRIED: {State.RUNNING},
    State.REFUSED: {State.RUNNING},
    State.STOPPED: {State.RUNNING},
    State.DONE: set(),
}
