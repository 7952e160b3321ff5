"""Say for how long calls are kept, and drop what is older."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from callcenter.access import SYSTEM
from callcenter.errors import DomainError
from calls import retention, services


class Command(BaseCommand):
    """`manage.py keep_calls [--months N | --for-ever] [--dry-run]`."""

    help = (
        "Drop the months of calls that are kept no more; their figures stay. Options change how long that is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the setting, and the wish only to look."""
        kept = parser.add_mutually_exclusive_group()
        kept.add_argument("--months", type=int, help="whole months kept before the running one, from now on")
        kept.add_argument("--for-ever", action="store_true", help="drop nothing from now on")
        parser.add_argument(
            "--dry-run", action="store_true", help="change nothing, only name what would be dropped"
        )

    def handle(self, **options: Any) -> None:
        """Set, drop, and print what is gone."""
        now = timezone.now()
        if options["dry_run"]:
            sizes = {month.begins: month.calls for month in retention.held()}
            months = [] if options["for_ever"] else retention.too_old(now, options["months"])
            for month in months:
                self.stdout.write(f"{month:%Y-%m}: about {sizes[month]} calls would be dropped")
            self.stdout.write(f"{len(months)} months would be dropped; nothing was changed")
            return
        try:
            if options["for_ever"] or options["months"] is not None:
                services.set_retention(actor=SYSTEM, kept=options["months"], now=now)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        dropped = services.drop_old(actor=SYSTEM, now=now)
        for month in dropped:
            self.stdout.write(f"{month:%Y-%m}: dropped")
        self.stdout.write(f"{len(dropped)} months dropped")
