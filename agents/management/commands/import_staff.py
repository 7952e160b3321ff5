"""Bring in a list of staff."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from callcenter.imports.command import ImportCommand


class Command(ImportCommand):
    """`manage.py import_staff FILE`: a spreadsheet or CSV whose first row names the columns."""

    help = "Make and change people from a list. One bad row, and nothing is written, unless --good-rows is given."
    kind = "staff"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what is asked beside the file."""
        super().add_arguments(parser)
        parser.add_argument(
            "--since",
            type=date.fromisoformat,
            help="day from which team, superior and roles hold; default: today",
        )
        parser.add_argument("--site", default="", help="code or name of the site where a row names none")

    def given(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the day and the site."""
        return {"since": options["since"], "site": options["site"]}
