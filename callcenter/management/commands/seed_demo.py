"""Fill the embedded product with a small centre, so that it can be tried at any hour."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from callcenter.demo import (
    assessment,
    attendance,
    calls,
    changes,
    complaints,
    conduct,
    demand,
    feedback,
    feedback_history,
    floor,
    people,
    queue_log,
    shifts,
    targets,
    terms,
    warnings,
)


class Command(BaseCommand):
    """Make the demo once; every start adds a complaint that breaches within two minutes."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one option."""
        parser.add_argument("--print-people", action="store_true", help="only print whom one can sign in as")

    def handle(self, *, print_people: bool, **_options: Any) -> None:
        """Seed, or print."""
        if not settings.EMBEDDED:
            raise CommandError("The demo is for the embedded mode only.")
        if print_people:
            with translation.override("en"):
                self.stdout.write("\n".join(people.people_to_sign_in()))
            return
        now = timezone.now()
        if people.seed(now=now):
            terms.seed(now=now)
            calls.seed(now=now)
            queue_log.seed(now=now)
            shifts.seed(now=now)
            demand.seed(now=now)
            changes.seed(now=now)
            attendance.seed(now=now)
            conduct.seed(now=now)
            complaints.seed(now=now)
            feedback.seed(now=now)
            feedback_history.seed(now=now)
            floor.seed(now=now)
            targets.seed(now=now)
            warnings.seed(now=now)
            assessment.seed(now=now)
        complaints.seed_breach(now=now)
