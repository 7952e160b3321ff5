"""Child processes that never outlive us, and a lock that no crash leaves behind."""

import contextlib
import ctypes
import fcntl
import os
import platform
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
LEFTOVER_PATIENCE = 30
ON_LINUX = platform.system() == "Linux"


class ServerFailed(RuntimeError):
    """A server did not come up; the message ends with what it logged."""


class AlreadyRunning(RuntimeError):
    """Another process holds the lock; `note` is what it wrote into it."""

    def __init__(self, path: Path, note: str) -> None:
        super().__init__(f"Another process holds {path}.")
        self.note = note


class Lock:
    """An advisory file lock: the kernel drops it when the holder ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock at once, or raise AlreadyRunning."""
        self._file: IO[str] = path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            note = self._file.read().strip()
            self._file.close()
            raise AlreadyRunning(path, note) from None
        self.write("")

    def write(self, note: str) -> None:
        """Leave a word for whoever finds the lock taken."""
        self._file.truncate(0)
        self._file.write(note)
        self._file.flush()

    def release(self) -> None:
        """Give the lock back."""
        self._file.close()


def die_with_parent(sign: signal.Signals) -> Callable[[], None] | None:
    """Return what a child runs before its program, so that the kernel signals it when we vanish (Linux only)."""
    if not ON_LINUX:
        return None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def before_exec() -> None:
        prctl(PR_SET_PDEATHSIG, sign)
        if os.getppid() != parent:
            os._exit(1)

    return before_exec


def wait_for_end(process: subprocess.Popen[bytes], *, patience: float) -> None:
    """Wait for a child that was told to end; after `patience` seconds kill it with everything it started."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, *, patience: float
) -> None:
    """Return once `ready()` says so; raise ServerFailed when the child ends first or `patience` seconds are over."""
    deadline = time.monotonic() + patience
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            message = f"{log.stem} did not start:\n{tail}"
            raise ServerFailed(message)
        time.sleep(0.02)


def end_leftover(pid_file: Path, mark: Path, sign: signal.Signals) -> None:
    """End the server that an unclean kill left, known by its pid file and by `mark` on its command line.

    A pid that now belongs to something else is left alone. Needed where the kernel does not end children for us,
    and while a server told to end is still writing its files. Raises ServerFailed when it does not end, because two
    servers over one folder would destroy it.
    """
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split()[0])
    deadline = time.monotonic() + LEFTOVER_PATIENCE
    while str(mark) in _command_line(pid):
        if time.monotonic() > deadline:
            message = f"Process {pid} of an earlier start does not end; stop it and start again."
            raise ServerFailed(message)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        time.sleep(0.1)
    pid_file.unlink(missing_ok=True)


def _command_line(pid: int) -> str:
    """Return a process's command line, empty when there is no such process."""
    if ON_LINUX:
        try:
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    command = ["ps", "-o", "command=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
