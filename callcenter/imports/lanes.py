"""Chunks of a file on the way at once, each in a transaction of its own, committed in the order of the file."""

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, Final, Self, TypeVar

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction
from psycopg2.errors import DeadlockDetected, LockNotAvailable

Chunk = TypeVar("Chunk")
Settled = TypeVar("Settled")
PATIENCE: Final = "SET lock_timeout = '3s'"
"""How long a chunk waits for what another holds: it may be the one behind, which waits for its turn."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The place of a chunk among those on the way; without more, that of one which is alone."""

    before: Callable[[], Any] | None = None
    has_others: bool = False

    def take(self) -> None:
        """Wait until the chunk before is committed, and raise if it is not. May be called again."""
        if self.before:
            self.before()

    def ahead(self, work: Callable[[], Any]) -> None:
        """Do some work that others may need and that harms nobody if this chunk fails: committed at once, if there are others."""
        if self.has_others:
            with ThreadPoolExecutor(1) as thread:
                thread.submit(_apart, work).result()
        else:
            work()


ALONE: Final = Turn()


def _apart(work: Callable[[], Any]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(PATIENCE)
            work()
    finally:
        connection.close()


def in_order(
    chunks: Iterable[Chunk], settle: Callable[[Chunk, Turn], Settled], *, lanes: int
) -> Generator[Settled]:
    """Settle chunks, up to `lanes` of them at once, and yield what became of each, in their order.

    `settle` commits a chunk in one transaction; it also gets the chunk's turn, which it takes before whatever has to follow the
    chunks before. Each thread has its own connection; within a transaction of the caller all is settled in that one. Chunks
    that were in each other's way are settled anew, one after the other. The first error ends it: nothing behind is committed.
    """
    if lanes == 1 or connection.in_atomic_block:
        for chunk in chunks:
            yield settle(chunk, ALONE)
        return
    with _Lanes(settle, lanes) as on_the_way:
        for chunk in chunks:
            on_the_way.begin(chunk)
            if on_the_way.is_full:
                yield from on_the_way.first()
        while on_the_way.begun:
            yield from on_the_way.first()


class _Lanes:
    """The threads, and what they have begun."""

    def __init__(self, settle: Callable[[Any, Turn], Any], lanes: int) -> None:
        self.settle, self.lanes = settle, lanes
        self.begun: deque[tuple[Any, Future[Any]]] = deque()
        self.connections: set[Any] = set()
        self.threads = ThreadPoolExecutor(lanes)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.threads.shutdown(cancel_futures=True)
        for one in self.connections:
            one.close()

    @property
    def is_full(self) -> bool:
        return len(self.begun) == self.lanes

    def begin(self, chunk: Any) -> None:
        """Begin with a chunk behind the one that was begun last."""
        turn = Turn(self.begun[-1][1].result if self.begun else None, has_others=True)
        work = self.threads.submit(copy_context().run, self._beside, chunk, turn)
        self.begun.append((chunk, work))

    def first(self) -> Generator[Any]:
        """Yield what became of the chunk begun first; of all that are on the way, if it met another."""
        _chunk, work = self.begun[0]
        try:
            settled = work.result()
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected | LockNotAvailable):
                raise
            again = [chunk for chunk, _work in self.begun]
            for _chunk, other in self.begun:
                other.exception()
            self.begun.clear()
            for chunk in again:
                yield self.settle(chunk, ALONE)
        else:
            self.begun.popleft()
            yield settled

    def _beside(self, chunk: Any, turn: Turn) -> Any:
        own = connections[DEFAULT_DB_ALIAS]
        if own not in self.connections:
            own.inc_thread_sharing()  # the caller's thread closes it
            self.connections.add(own)
            with own.cursor() as cursor:
                cursor.execute(PATIENCE)
        return self.settle(chunk, turn)
