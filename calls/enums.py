"""The words of a call."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CustomerKind(models.TextChoices):
    """What kind of customer it is; policies may differ by it."""

    PERSONAL = "personal", _("Personal")
    COMPANY = "company", _("Company")
    CONTRACT = "contract", _("Contract")
    VIP = "vip", _("VIP")


class Outcome(models.TextChoices):
    """How a visit to a queue ended. A time-out or an exit by key is a flow-out; a log that ends first is unknown."""

    ANSWERED = "answered", _("Answered")
    ABANDONED = "abandoned", _("Abandoned")
    FLOWED_OUT = "flowed_out", _("Flowed out")
    UNKNOWN = "unknown", _("Unknown")
