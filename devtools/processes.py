"""The product's own processes: web, worker, jobs and beat, each with a log of its own and a prefix on the terminal."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools.services.places import ROOT
from devtools.services.process import die_with_parent, wait_for_end

# Long enough for a page or a task to finish; a task that is cut off is done again.
PATIENCE = 15
# Celery warns about root for the sake of pickle, which the product does not use.
QUIET = ("-W", "ignore:You're running the worker with superuser")

WEB = "gunicorn callcenter.wsgi:application --workers 2 --threads 4 --graceful-timeout 5 --no-control-socket".split()
CELERY = "celery --quiet --app callcenter".split()
WORKER = [*CELERY, *"worker --concurrency 2 --without-gossip --without-mingle".split()]
# Long work apart, so that sweeps never wait for it. Told to end, it drops its job, which is taken up again later.
DROP_JOBS = {"REMAP_SIGTERM": "SIGQUIT"}
JOBS = [
    *CELERY,
    *"worker --queues jobs --hostname jobs@%h --concurrency 1 --without-gossip --without-mingle".split(),
]
BEAT = [*CELERY, *"beat --scheduler callcenter.beat:LockedScheduler --pidfile=".split()]


class Processes:
    """Starts the processes, watches them, and stops them in the order they were started."""

    def __init__(self, logs: Path) -> None:
        """Name the folder of the logs, one file each, begun anew at every start."""
        self.logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        logs.mkdir(exist_ok=True)

    def start_all(self, listener: socket.socket, place: Path) -> None:
        """Start web, both workers and beat; LOG_LEVEL says how much they tell (WARNING unless it is set)."""
        level = os.environ.setdefault("LOG_LEVEL", "WARNING")
        schedule = str(place / "beat-schedule")
        web = [*WEB, "--bind", f"fd://{listener.fileno()}", "--log-level", level.lower()]
        # Started before the threads that read their output: preexec_fn asks for a process without threads.
        self._start("web", web, keep=[listener.fileno()])
        self._start("worker", [*WORKER, "--loglevel", level])
        self._start("jobs", [*JOBS, "--loglevel", level], variables=DROP_JOBS)
        self._start("beat", [*BEAT, "--loglevel", level, "--schedule", schedule])
        for name, process in self._running.items():
            threading.Thread(target=self._copy_output, args=(name, process), daemon=True).start()

    def ended(self) -> str:
        """Return the name of a process that ended by itself, empty while all run."""
        return next((name for name, process in self._running.items() if process.poll() is not None), "")

    def watch(self, deadline: float | None) -> int:
        """Stay until a process ends by itself (1) or until the monotonic time `deadline` (0)."""
        while deadline is None or time.monotonic() < deadline:
            name = self.ended()
            if name:
                print(f"{name} ended by itself; stopping. Its log is in {self.logs}.", file=sys.stderr)
                return 1
            time.sleep(0.3)
        return 0

    def stop(self) -> None:
        """Ask all of them to end at once, then wait for each."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            wait_for_end(process, patience=PATIENCE)

    def _start(
        self,
        name: str,
        command: list[str],
        *,
        keep: Sequence[int] = (),
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self._running[name] = subprocess.Popen(
            [sys.executable, *QUIET, "-m", *command],
            cwd=ROOT,
            env={**os.environ, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=keep,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread runs yet
        )

    def _copy_output(self, name: str, process: subprocess.Popen[bytes]) -> None:
        """Copy what a process writes to its log and, with its name before it, to the terminal."""
        with (self.logs / f"{name}.log").open("wb") as log:
            for line in process.stdout or ():
                log.write(line)
                log.flush()
                # A terminal that was closed is no reason to let the pipe fill up.
                with contextlib.suppress(OSError):
                    print(f"{name:7}| {line.decode(errors='replace')}", end="", flush=True)


def run_manage(*arguments: str) -> str:
    """Run one management command and return what it printed; raise CalledProcessError when it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
    )
    return done.stdout
