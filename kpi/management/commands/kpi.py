"""Roll-ups by hand: held against raw calls, or counted anew."""

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agents.models import Site
from kpi.selectors.series import FIRST_DAY, LAST_DAY
from kpi.selectors.verifying import verify
from kpi.services import rollups

SHOWN = 50


class Command(BaseCommand):
    """`manage.py kpi verify|rebuild|refresh`."""

    help = "Hold roll-ups against raw calls (verify), or count them anew (rebuild: all, refresh: what has changed)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take one of the acts with its options."""
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("verify", help="count days once more from raw calls; 1 if anything differs")
        check.add_argument(
            "--sample", type=int, help="so many days of sites, drawn by chance; all without it"
        )
        check.add_argument("--since", type=date.fromisoformat, default=FIRST_DAY, help="local day, included")
        check.add_argument("--until", type=date.fromisoformat, default=LAST_DAY, help="local day, included")
        anew = acts.add_parser("rebuild", help="count every half hour anew that has raw calls")
        anew.add_argument("--site", help="code of one site")
        acts.add_parser("refresh", help="count what has changed, now and here")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it; CommandError, and 1, if figures differ."""
        getattr(self, f"_{options['act']}")(options)

    def _verify(self, options: dict[str, Any]) -> None:
        found = verify(since=options["since"], until=options["until"], sample=options["sample"])
        for difference in found.differences[:SHOWN]:
            self.stdout.write(str(difference))
        self.stdout.write(
            f"{found.days} days counted once more, {len(found.differences)} numbers differ; "
            f"{found.waiting} days wait to be counted"
        )
        if found.differences:
            message = "Roll-ups differ from raw calls. “kpi rebuild” counts them anew."
            raise CommandError(message)

    def _rebuild(self, options: dict[str, Any]) -> None:
        site = None
        if options["site"]:
            site = Site.objects.filter(code=options["site"]).first()
            if site is None:
                message = f"There is no site “{options['site']}”."
                raise CommandError(message)
        rollups.rebuild(site=site)
        self._refresh(options)

    def _refresh(self, _options: dict[str, Any]) -> None:
        self.stdout.write(f"{rollups.refresh_all()} half hours counted anew")
