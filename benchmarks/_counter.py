"""The worker beside a job that brings calls in: two processes count what is marked until their input ends, then what is left."""

import os
import select
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import django

PAUSE = 0.25
"""Seconds between two looks, as often as chunks are committed: for each of them a task comes."""
PROCESSES = 2
"""As many as the worker of a centre has (docs/running.md)."""
READY, COUNTED = "ready", "counted"


class Counter:
    """The worker, with as many processes as in a centre; it stands ready when this returns."""

    def __init__(self) -> None:
        self._processes = [_Process() for _number in range(PROCESSES)]
        for process in self._processes:
            process.hear(READY)

    def finish(self) -> None:
        """Wait until all days are counted."""
        for process in self._processes:
            process.tell_the_end()
        for process in self._processes:
            process.hear(COUNTED)


class _Process:
    def __init__(self) -> None:
        line = [sys.executable, "-m", "benchmarks._counter"]
        self._process = Popen(line, cwd=Path(__file__).parent.parent, stdin=PIPE, stdout=PIPE, text=True)

    def hear(self, word: str) -> None:
        heard = self._process.stdout.readline().strip() if self._process.stdout else ""
        if heard != word:
            message = f"the worker beside said {heard!r}"
            raise AssertionError(message)

    def tell_the_end(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "callcenter.settings")
    django.setup()
    from kpi.services import rollups

    rollups.refresh()
    print(READY, flush=True)
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        rollups.refresh(at_once=False)
    while rollups.refresh():
        pass
    print(COUNTED, flush=True)
    # In a centre it would stay: that it is taken down is no part of what is measured.
    os._exit(0)
