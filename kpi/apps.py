"""Key figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KpiConfig(AppConfig):
    """Label `kpi`."""

    name = "kpi"
    verbose_name = _("key figures")

    def ready(self) -> None:
        """Listen to what happens to calls."""
        import kpi.receivers  # noqa: F401, PLC0415 (models are ready only now)
