"""Follow the queue log of an Asterisk while it grows."""

import signal
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from callcenter.access import SYSTEM
from callcenter.errors import DomainError
from calls.management.sites import site_of
from calls.queue_log import follow

SHOWN: Final = 50
PATIENCE: Final = 5.0
"""Seconds until the next try when the file or the database cannot be reached."""


class Command(BaseCommand):
    """`manage.py follow_queue_log PATH --source NAME --site CODE`: like `tail -F`, until it is told to end."""

    help = "Follow a queue log: every call counts once, whenever this is stopped or killed. Ends with SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare which log, whose, and how often it is looked at."""
        parser.add_argument("path", type=Path, help="the log, such as /var/log/asterisk/queue_log")
        parser.add_argument("--source", required=True, help="the system the calls come from")
        parser.add_argument("--site", help="code of the site; default: the first site")
        parser.add_argument("--every", type=float, default=5.0, help="seconds between two looks; default: 5")
        parser.add_argument("--once", action="store_true", help="read what is there, and end")

    def handle(self, *, path: Path, source: str, every: float, once: bool, **options: Any) -> None:
        """Read what is there, wait, and so on until told to end."""
        self.stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_what: self.stop.set())
        if once and not path.exists():
            message = f"{path}: there is no such file"
            raise CommandError(message)
        try:
            follower = follow.begin_following(
                actor=SYSTEM,
                source=source.strip()[:80],
                site=site_of(options["site"]),
                path=path.absolute(),
                now=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(" ".join(filter(None, (str(error.message), str(error.mend))))) from error
        self.stdout.write(f"{path}: {source} from byte {follower.position}")
        self.stdout.flush()
        while not self.stop.is_set():
            lines, wait = self._step(follower.pk, every)
            if not lines and once:
                break
            self.stop.wait(0 if lines else wait)
        follow.stop_following(actor=SYSTEM, follower_id=follower.pk, now=timezone.now())
        follower.refresh_from_db()
        self.stdout.write(f"{path}: left at byte {follower.position}, {follower.lines} lines in all")

    def _step(self, follower: int, every: float) -> tuple[int, float]:
        """Read on; return how many lines there were, and how long to wait if there were none."""
        try:
            step = follow.read_more(actor=SYSTEM, follower_id=follower, now=timezone.now())
        except OSError as error:
            self.stderr.write(f"{error}; trying again")
        except (OperationalError, InterfaceError) as error:
            # What was not committed is read again: the position stands beside the calls.
            self.stderr.write(f"the database cannot be reached, trying again: {error}")
            connection.close()
        else:
            for problem in step.problems[:SHOWN]:
                self.stderr.write(f"not taken: {problem}")
            return step.lines, every
        return 0, max(every, PATIENCE)
