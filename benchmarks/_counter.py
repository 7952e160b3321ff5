"""The worker beside a job that brings calls in: it counts what is marked until its input ends, and then what is left."""

import os
import select
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import django

PAUSE = 0.25
"""Seconds between two looks, as often as chunks are committed: for each of them a task comes."""
READY = "ready"


class Counter:
    """The worker as a process of its own, as in a centre; it stands ready when this returns."""

    def __init__(self) -> None:
        line = [sys.executable, "-m", "benchmarks._counter"]
        self._process = Popen(line, cwd=Path(__file__).parent.parent, stdin=PIPE, stdout=PIPE, text=True)
        self._hear(READY)

    def finish(self) -> None:
        """Wait until everything is counted."""
        output, _errors = self._process.communicate()
        if self._process.returncode:
            message = f"the worker beside ended with {self._process.returncode}: {output}"
            raise AssertionError(message)

    def _hear(self, word: str) -> None:
        heard = self._process.stdout.readline().strip() if self._process.stdout else ""
        if heard != word:
            message = f"the worker beside said {heard!r}"
            raise AssertionError(message)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "callcenter.settings")
    django.setup()
    from kpi.services import rollups

    rollups.refresh()
    print(READY, flush=True)
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        rollups.refresh(at_once=False)
    rollups.refresh_all()
