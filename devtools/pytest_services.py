"""Throw-away PostgreSQL and Redis for a test run.

Named by `-p` in pyproject.toml, so that it comes before pytest-django reads the settings. The controller of a parallel
run starts them once; its workers inherit the variables. DATABASE_URL and REDIS_URL name other servers instead.
"""

import os
from collections.abc import Generator

import pytest

from devtools.throw_away import ThrowAway

_started: list[ThrowAway] = []
_WITHOUT_TESTS = {"-h", "--help", "-V", "--version", "--markers", "--fixtures"}


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_load_initial_conftests(args: list[str]) -> Generator[None]:
    """Start the servers before anything imports the settings."""
    if "PYTEST_XDIST_WORKER" not in os.environ and not _WITHOUT_TESTS & set(args):
        servers = ThrowAway(is_migrated=True)
        servers.start()
        _started.append(servers)
    return (yield)


def pytest_unconfigure() -> None:
    """Stop what was started."""
    while _started:
        _started.pop().stop()
