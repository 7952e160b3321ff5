"""Bring the translation catalogues up to the sources, and say what is not translated."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from callcenter import catalogues


class Command(BaseCommand):
    """Update every locale's .po."""

    help = __doc__
    requires_system_checks = []

    def handle(self, **_options: Any) -> None:
        """Write, and list what is missing."""
        for locale in catalogues.LOCALES:
            missing = catalogues.untranslated(catalogues.update(settings.BASE_DIR, locale))
            self.stdout.write(f"{locale}: {len(missing)} to translate")
            for message in missing:
                self.stdout.write(f"  {message}")
