"""Bring in a file of complaints."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from agents.models import Site
from callcenter.imports.command import ImportCommand
from complaints.enums import Channel


class Command(ImportCommand):
    """`manage.py import_complaints FILE --source NAME --as WORKNUMBER`: a spreadsheet or CSV whose first row names the columns."""

    help = "Accept complaints from a file, in somebody's name (--as). A number that came before is not recorded again."
    kind = "complaints"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what is asked beside the file."""
        super().add_arguments(parser)
        parser.add_argument("--source", required=True, help="who keeps the numbers in the file")
        parser.add_argument("--site", required=True, help="code of the site of the rows that name none")
        parser.add_argument(
            "--channel", choices=Channel.values, default=Channel.WEB, help="of the rows that name none"
        )

    def given(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return source, site and channel."""
        site = Site.objects.select_related("calendar").filter(code=options["site"]).first()
        if site is None:
            known = ", ".join(Site.objects.order_by("code").values_list("code", flat=True))
            message = f"There is no site {options['site']}. Sites: {known}."
            raise CommandError(message)
        return {"source": options["source"], "site": site, "channel": Channel(options["channel"])}
