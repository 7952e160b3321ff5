"""A worker in a process of its own, on the test's database and broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


class Worker:
    """A Celery worker that reads one queue; `more` is added to its command line, `variables` to its environment."""

    def __init__(
        self, *more: str, queue: str = "celery", django: str = "tests.settings", **variables: str
    ) -> None:
        known = urlsplit(os.environ["DATABASE_URL"])
        database = known._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        line = f"celery --quiet --app callcenter worker --queues {queue} --concurrency 1 --loglevel WARNING"
        own = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": django, "COVERAGE_PROCESS_START": ""}
        self.process = subprocess.Popen(
            [sys.executable, "-m", *line.split(), *more],
            cwd=settings.BASE_DIR,
            env={**os.environ, **own, **variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def wait_for(self, condition: Callable[[], object], seconds: float = 40) -> None:
        """Wait until `condition()` holds; fail when the worker ends before."""
        until = time.monotonic() + seconds
        while not condition():
            assert self.process.poll() is None, "the worker ended"
            assert time.monotonic() < until, "the worker did not do it in time"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it and what it started as kill -9 does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
