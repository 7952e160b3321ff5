"""Work in a thread beside that of the caller, which waits for the database meanwhile."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Item = TypeVar("Item")


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield items; each is made in a thread beside, in the caller's language, while the one before it is used."""
    with ThreadPoolExecutor(1) as beside:

        def made() -> Future[Item | None]:
            return beside.submit(copy_context().run, lambda: next(items, None))

        coming = made()
        while (item := coming.result()) is not None:
            coming = made()
            yield item
