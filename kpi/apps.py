"""Key figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KpiConfig(AppConfig):
    """Label `kpi`."""

    name = "kpi"
    verbose_name = _("key figures")
