"""`manage.py worktime`: the working calendar, asked in JSON lines (docs/worktime.md)."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, no_translations

from callcenter.worktime.calendars import load_by_code
from callcenter.worktime.contract import Contract


class Command(BaseCommand):
    """Answers as lines come in, so that one may also talk to it through a pipe."""

    help = "Read questions to the working calendar as JSON lines, write one answer line for each, in order."
    requires_system_checks: list[str] = []

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Answer every line that is not empty, to the end of the input."""
        contract = Contract(load_by_code)
        try:
            for line in sys.stdin.buffer:
                if line.strip():
                    sys.stdout.write(contract.answer(line) + "\n")
                    sys.stdout.flush()
        except BrokenPipeError:
            # The reader has had enough (`| head`). Python would complain once more when it closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
