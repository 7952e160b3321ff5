"""The words of the bulletin."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """For whom a post is."""

    CENTRE = "centre", _("The whole centre")
    SITE = "site", _("A site")
    TEAM = "team", _("A team")
    ROLE = "role", _("A role")
