"""Waiting for the worker."""

import time
from collections.abc import Callable
from typing import Any


def until(condition: Callable[[], Any], seconds: float = 20) -> Any:
    """Wait until the worker has done what it should; return what `condition` says then."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "the worker did not do it in time"
        time.sleep(0.1)
    return found
