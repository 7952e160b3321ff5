"""The states of a job."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a job stands. The last three are ends; from two of them the person may start it again."""

    WAITING = "waiting", pgettext_lazy("job", "Waiting")
    RUNNING = "running", pgettext_lazy("job", "Running")
    DONE = "done", pgettext_lazy("job", "Done")
    FAILED = "failed", pgettext_lazy("job", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("job", "Stopped")


OPEN = (State.WAITING, State.RUNNING)
AGAIN = (State.FAILED, State.CANCELLED)
