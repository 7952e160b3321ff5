"""What a kind of job works with: its arguments, how to say how far it is, and what it hands back."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils import timezone

from callcenter.jobs.models import Job

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
BEAT = 0.5  # seconds between two words to the database
RENEWAL = LEASE.total_seconds() / 4


class Cancelled(Exception):
    """The run is to end now: somebody asked for it, or another worker has the job. Never swallow it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job, in the person's language: a sentence, a page to go to, a file to take, words with numbers."""

    message: str
    url: str = ""
    file: str = ""
    counts: dict[str, int] = field(default_factory=dict)


class Run:
    """One run of a job. The kind's function gets it as its only argument and returns a Result.

    A DomainError that it raises becomes the reason that the person reads; anything else a sentence that says so and a
    traceback in the log. It must be safe to run again from its checkpoint, or from its start.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.arguments: dict[str, Any] = job.arguments
        self.actor: Any = job.person
        self.checkpoint: dict[str, Any] = job.checkpoint
        self.done, self.total, self.note = 0, job.total, ""
        self._ending = threading.Event()
        self._stop = threading.Event()

    def now(self) -> datetime:
        """Return the current instant."""
        return timezone.now()

    def advance(self, done: int, total: int | None, note: str = "") -> None:
        """Say how far it is: `done` of `total` (None: not known), with a short note. Cheap; call it for every row.

        The word is written by another thread at most twice a second, so that it is seen while a long transaction is
        open. Raises Cancelled when the run is to end.
        """
        self.done, self.total, self.note = done if total is None else min(done, total), total, note[:200]
        if self._stop.is_set():
            raise Cancelled

    def was_asked_to_stop(self) -> bool:
        """Say whether a person asked it to end, and this worker still has it: what it has done so far may then be kept."""
        return bool(self.job.held().filter(cancel_asked_at__isnull=False).exists())

    def keep(self, checkpoint: dict[str, Any]) -> None:
        """Keep a small JSON-ready `checkpoint` for the next run, in the caller's transaction, which has to be short.

        Raises Cancelled when the job was taken from this worker: the caller's work is then undone with it.
        """
        if not self.job.held().update(checkpoint=checkpoint):
            raise Cancelled
        self.checkpoint = checkpoint

    def keep_file(self, name: str, content: IO[bytes]) -> str:
        """Store a file to hand out, removed a week after the end; return its path for the Result."""
        path = f"jobs/{self.job.pk}/{name}"
        default_storage.delete(path)
        return default_storage.save(path, File(content))

    @contextmanager
    def pulse(self) -> Iterator[None]:
        """Keep the lease and the shown progress fresh for as long as the block runs."""
        thread = threading.Thread(target=self._pulse, name=f"job-{self.job.pk}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ending.set()
            thread.join()

    def _pulse(self) -> None:
        told, renewed = None, time.monotonic()
        try:
            while not self._stop.is_set() and not self._ending.wait(BEAT):
                at, word = time.monotonic(), (self.done, self.total, self.note)
                try:
                    if word != told or at > renewed + RENEWAL:
                        self._tell(*word)
                        told, renewed = word, at
                    self._listen()
                except DatabaseError as failure:
                    log.warning("job %s cannot tell how far it is: %s", self.job.pk, failure)
                    connection.close()
                    if at > renewed + LEASE.total_seconds():
                        self._stop.set()
        finally:
            connection.close()

    def _tell(self, done: int, total: int | None, note: str) -> None:
        self.job.held().update(done=done, total=total, note=note, lease_until=self.now() + LEASE)

    def _listen(self) -> None:
        if not self.job.held().filter(cancel_asked_at=None).exists():
            self._stop.set()
