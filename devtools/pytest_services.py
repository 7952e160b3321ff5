"""Throw-away PostgreSQL and Redis for a test run.

Named by `-p` in pyproject.toml, so that it comes before pytest-django reads the settings. The controller of a parallel
run starts PostgreSQL once, and its workers inherit the variables; each worker has a Redis of its own, for what one test
empties, queues and counts there is not to meet that of another. DATABASE_URL and REDIS_URL name other servers instead.
"""

import os
from collections.abc import Generator

import pytest

from devtools.throw_away import OWN_REDIS, ThrowAway

_started: list[ThrowAway] = []
_WITHOUT_TESTS = {"-h", "--help", "-V", "--version", "--markers", "--fixtures"}


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_load_initial_conftests(args: list[str]) -> Generator[None]:
    """Start the servers before anything imports the settings."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        if os.environ.pop(OWN_REDIS, None):
            del os.environ["REDIS_URL"]
            _start(ThrowAway())
    elif not _WITHOUT_TESTS & set(args):
        _start(ThrowAway(is_migrated=True))
    return (yield)


def _start(servers: ThrowAway) -> None:
    servers.start()
    _started.append(servers)


def pytest_unconfigure() -> None:
    """Stop what was started."""
    while _started:
        _started.pop().stop()
