"""The words of early warnings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Subject(models.TextChoices):
    """What a warning is about."""

    SITE = "site", _("Site")
    TEAM = "team", _("Team")
    AGENT = "agent", _("Agent")


class Severity(models.IntegerChoices):
    """How far a figure has drifted; higher is worse."""

    DRIFTING = 1, _("Unusual")
    OFF = 2, _("Off target")
    FAR = 3, _("Far off")


class Ending(models.TextChoices):
    """How a warning ended."""

    BACK = "back", _("Came back")
    BY_HAND = "by_hand", _("Closed by hand")
    QUIET = "quiet", _("No calls any more")


class DeedKind(models.TextChoices):
    """What a lead did about a warning."""

    TALKED = "talked", _("Talked with the person")
    COACHED = "coached", _("Coached on calls")
    HELPED = "helped", _("Helped on the floor")
    MOVED = "moved", _("Moved people to where they are needed")
    BREAKS = "breaks", _("Moved breaks or tasks")
    EXTRA = "extra", _("Called in more people")
    FAULT = "fault", _("Reported a fault of a system")
    WATCH = "watch", _("Looked into it, nothing to do")
    OTHER = "other", pgettext_lazy("deed", "Something else")


class MailFrom(models.IntegerChoices):
    """From which severity on somebody is mailed as well."""

    EVERY = 1, _("every warning")
    OFF = 2, _("off target and worse")
    FAR = 3, _("far off only")
