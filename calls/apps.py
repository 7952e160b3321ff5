"""Calls and the customers who made them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    """Label `calls`."""

    name = "calls"
    verbose_name = _("calls")
