"""PostgreSQL and Redis for the time of one command, removed with their data afterwards."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from devtools import migrated
from devtools.services import Postgres, RedisServer

OWN_REDIS = "CALLCENTER_OWN_REDIS"
"""Set where the Redis is a throw-away one: who wants another for itself may start it."""


class ThrowAway:
    """A temporary folder with both servers; those that DATABASE_URL or REDIS_URL name already are not started."""

    def __init__(self, *, durable: bool = False, is_migrated: bool = False) -> None:
        """Make the folder and set the variables, so that settings can be read before anything is started.

        With `is_migrated` the database is so, and CALLCENTER_MIGRATED says it to whoever clones it.
        """
        self.base = Path(tempfile.mkdtemp(prefix="callcenter-"))
        self._is_migrated = is_migrated
        self._servers: list[Postgres | RedisServer] = []
        self._added: list[str] = []
        for name, kind in (("DATABASE_URL", Postgres), ("REDIS_URL", RedisServer)):
            if name not in os.environ:
                server = kind(self.base, durable=durable)
                self._servers.append(server)
                self._set(name, server.url)
                if kind is RedisServer:
                    self._set(OWN_REDIS, "1")
        for name, folder in (("STATIC_ROOT", "static"), ("FILES_ROOT", "files")):
            if name not in os.environ:
                (self.base / folder).mkdir()
                self._set(name, str(self.base / folder))

    def start(self) -> None:
        """Bring the servers up; clean up when one does not come."""
        try:
            for server in self._servers:
                if self._is_migrated and isinstance(server, Postgres):
                    self._set("CALLCENTER_MIGRATED", "1")
                    migrated.start(server)
                else:
                    server.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the servers and leave nothing: no folder, no variable."""
        for server in reversed(self._servers):
            server.stop()
        for name in self._added:
            os.environ.pop(name, None)
        self._added.clear()
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self.base)

    def _set(self, name: str, value: str) -> None:
        os.environ[name] = value
        self._added.append(name)
