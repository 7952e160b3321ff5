"""Closed lists of the working calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class Base(models.TextChoices):
    """Which public holidays a calendar starts from."""

    NONE = "none", _("No public holidays")
    CHINA = "china", _("China, statutory holidays and make-up days")


class DayKind(models.TextChoices):
    """What an exception does to its date."""

    HOLIDAY = "holiday", _("Holiday: closed all day")
    OVERRIDE = "override", _("Other hours than the weekly ones")
    WORKING = "working", _("Works although it is a public holiday")


class Mode(models.TextChoices):
    """How a policy counts its amount."""

    WORKING_DAYS = "working_days", _("Working days, to the close of business")
    WORKING_SECONDS = "working_seconds", _("Elapsed business time")


BUILT_IN = (
    gettext_noop("China 08:30–17:30"),
    gettext_noop("Same day"),
    gettext_noop("Two working days"),
    gettext_noop("Thirty working minutes"),
    gettext_noop("Three working days to answer"),
    gettext_noop("Three working days to appeal"),
    gettext_noop("Three working days to reply"),
    gettext_noop("Five working days to appeal against a score"),
)
"""The names that come with the product: shown in the reader's language, unless somebody gave another one."""
