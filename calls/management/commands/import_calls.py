"""Bring in a file of calls."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agents.models import Site
from callcenter.access import SYSTEM
from callcenter.errors import DomainError
from calls import services
from calls.models import Import

SHOWN = 50
"""Rejects printed; the page of the import lists all."""


class Command(BaseCommand):
    """`manage.py import_calls FILE`: a spreadsheet or CSV whose first row names the columns."""

    help = "Bring in a file of calls (XLSX, XLS, ODS, or CSV in UTF-8 or GB18030). The same call counts once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file and the options."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source", default="", help="the system the calls come from; default: the file's name"
        )
        parser.add_argument("--site", help="code of the site; default: the first site")
        parser.add_argument("--time-zone", default="", help="of the times in the file; default: the site's")
        parser.add_argument("--sheet", help="sheet of the spreadsheet; default: the first")

    def handle(self, **options: Any) -> None:
        """Import the file, print what became of it; exit 1 if nothing could be read."""
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                batch = services.import_calls(
                    actor=SYSTEM,
                    file=file,
                    file_name=path.name,
                    site=_site(options["site"]),
                    now=timezone.now(),
                    source=options["source"],
                    time_zone=options["time_zone"],
                    sheet=options["sheet"],
                )
        except OSError as error:
            message = f"{path}: {error.strerror}"
            raise CommandError(message) from error
        except DomainError as error:
            raise CommandError(" ".join(filter(None, (str(error.message), str(error.mend))))) from error
        self._print(batch)
        if batch.rejected == batch.rows:
            message = f"{path}: no call could be read"
            raise CommandError(message)

    def _print(self, batch: Import) -> None:
        say = self.stdout.write
        say(f"{batch.file_name}: source {batch.source}, site {batch.site.code}")
        say(
            f"{batch.rows} rows: {batch.new} new, {batch.corrected} corrected, {batch.repeated} known already, "
            f"{batch.rejected} refused"
        )
        if batch.unused_columns:
            say("columns not used: {}".format(", ".join(batch.unused_columns)))
        for reject in batch.rejects.all()[:SHOWN]:
            say(f"row {reject.row}, column {reject.column or '–'}: {reject.reason_shown}")
        if batch.rejected > SHOWN:
            say(f"… and {batch.rejected - SHOWN} more: {batch.get_absolute_url()}")


def _site(code: str | None) -> Site:
    sites = Site.objects.select_related("calendar").order_by("id")
    site = sites.filter(code=code).first() if code else sites.first()
    if site is None:
        known = (
            ", ".join(sites.values_list("code", flat=True)) or "none yet; make one on the page People, Places"
        )
        message = f"There is no site {code}. Sites: {known}." if code else f"Sites: {known}."
        raise CommandError(message)
    return site
