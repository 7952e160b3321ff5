"""Bring in a file of calls."""

from argparse import ArgumentParser
from typing import Any

from callcenter.imports.command import ImportCommand
from callcenter.imports.enums import Mode
from calls.management.sites import site_of


class Command(ImportCommand):
    """`manage.py import_calls FILE`: a spreadsheet or CSV whose first row names the columns."""

    help = "Bring in a file of calls. The same call counts once; rows that cannot be read are named and left out."
    kind = "calls"
    mode = Mode.GOOD

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what is asked beside the file."""
        super().add_arguments(parser)
        parser.add_argument(
            "--source", default="", help="the system the calls come from; default: the file's name"
        )
        parser.add_argument("--site", help="code of the site; default: the first site")
        parser.add_argument("--time-zone", default="", help="of the times in the file; default: the site's")

    def given(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return source, site and time zone."""
        return {
            "source": options["source"],
            "site": site_of(options["site"]),
            "time_zone": options["time_zone"],
        }
