"""The embedded mode: this checkout's own servers, and the variables by which the product finds them."""

import contextlib
import os
import secrets
from pathlib import Path

from devtools.services import Postgres, RedisServer
from devtools.services.places import state_dir

VARIABLES = (
    "CALLCENTER_EMBEDDED",
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "STATIC_ROOT",
    "FILES_ROOT",
    "PUBLIC_URL",
    "EMAIL_URL",
)


class Embedded:
    """One checkout's servers; a server that the environment names already is used and not started."""

    def __init__(self) -> None:
        """Find the place; nothing is started."""
        self.place = state_dir()
        # manage.py reads .run/env, so that it works beside a running ./run without being told anything.
        self.variables_file = self.place / "env"
        self.own_database = "DATABASE_URL" not in os.environ

    def start(self, undo: contextlib.ExitStack, address: str | None) -> None:
        """Start the servers, set the variables and write them down; `undo` takes all of it back."""
        if self.own_database:
            database = Postgres(self.place).start()
            undo.callback(database.stop)
            os.environ["DATABASE_URL"] = database.url
        if "REDIS_URL" not in os.environ:
            redis = RedisServer(self.place).start()
            undo.callback(redis.stop)
            os.environ["REDIS_URL"] = redis.url
        static, files = self.place / "static", self.place / "files"
        static.mkdir(exist_ok=True)
        files.mkdir(mode=0o700, exist_ok=True)
        os.environ["CALLCENTER_EMBEDDED"] = "1"
        os.environ.setdefault("STATIC_ROOT", str(static))
        os.environ.setdefault("FILES_ROOT", str(files))
        os.environ.setdefault("SECRET_KEY", secret_key(self.place / "secret_key"))
        if address:
            os.environ.setdefault("PUBLIC_URL", address)
            undo.callback(self.variables_file.unlink, missing_ok=True)
            _write_private(
                self.variables_file,
                "".join(f"{name}={os.environ[name]}\n" for name in VARIABLES if name in os.environ),
            )

    def is_first_start(self) -> bool:
        """Tell whether a database of our own has to be made first."""
        return self.own_database and not (self.place / "postgres").exists()

    def join(self) -> None:
        """Take the variables of the ./run that is running; those already set win."""
        for line in self.variables_file.read_text().splitlines():
            name, _, value = line.partition("=")
            os.environ.setdefault(name, value)


def secret_key(path: Path) -> str:
    """Return this checkout's own secret, made once; only its owner may read it."""
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(50))
    return path.read_text().strip()


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(text)
