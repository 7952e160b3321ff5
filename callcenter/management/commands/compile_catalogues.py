"""Compile the translations (.po -> .mo) without a system gettext."""

from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Compile every catalogue below locale/ whose source is newer."""

    help = __doc__
    requires_system_checks = []

    def handle(self, **_options: Any) -> None:
        """Write one .mo beside each .po."""
        for source in sorted(settings.LOCALE_PATHS[0].glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            with source.open("rb") as text:
                catalogue = read_po(text)
            with target.open("wb") as binary:
                write_mo(binary, catalogue)
            self.stdout.write(f"compiled {source.relative_to(settings.BASE_DIR)}")
