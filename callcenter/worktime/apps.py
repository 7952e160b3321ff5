"""The working calendar: what is business time, and when an amount of it is over."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorktimeConfig(AppConfig):
    """Label `worktime`."""

    name = "callcenter.worktime"
    label = "worktime"
    verbose_name = _("working calendar")
