"""The running product: `./run` starts everything and stops it again, `./run manage …` is one command beside it."""

import argparse
import contextlib
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import NoReturn

from devtools.embedded import Embedded
from devtools.processes import Processes, run_manage
from devtools.services import AlreadyRunning, ServerFailed
from devtools.services.process import Lock
from devtools.web_port import address_of, answers, listen

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WEB_PATIENCE = 60


class Stopped(BaseException):
    """Somebody asked us to end; not an error."""


def main(arguments: list[str]) -> int:
    """Do what the command line says; return its exit code: 2 where this checkout is running already."""
    for sign in STOP_SIGNALS:
        if sign != signal.SIGHUP or signal.getsignal(sign) != signal.SIG_IGN:
            signal.signal(sign, _stop)
    try:
        if arguments[:1] == ["manage"]:
            return manage(arguments[1:])
        return run(_parser().parse_args(arguments))
    except AlreadyRunning as error:
        print(
            f"already running at {error.note}" if error.note else "already starting or stopping",
            file=sys.stderr,
        )
        return 2
    except (ServerFailed, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    except Stopped:
        return 0


def run(options: argparse.Namespace) -> int:
    """Start everything, stay until told to stop or until a part ends by itself (1), then stop everything."""
    started = time.monotonic()
    embedded = Embedded()
    lock = Lock(embedded.place / "run.lock")
    with contextlib.ExitStack() as undo:
        undo.callback(lock.release)
        listener = undo.enter_context(listen(options.host, options.port))
        address = address_of(listener)
        lock.write(address)
        if embedded.is_first_start():
            print("Making the database and the demo (first start only)…", file=sys.stderr, flush=True)
        embedded.start(undo, address)
        run_manage("migrate", "--noinput", "--verbosity=0")
        if options.demo or embedded.own_database:
            run_manage("seed_demo")
        people = run_manage("seed_demo", "--print-people")
        processes = Processes(embedded.place / "log")
        undo.callback(processes.stop)
        processes.start_all(listener, embedded.place)
        _wait_for_web(processes, address)
        print(
            f"Harbour Desk runs at {address}  (ready in {time.monotonic() - started:.1f} s; Ctrl-C stops it)"
        )
        print(people, end="", flush=True)
        deadline = time.monotonic() + options.exit_after if options.exit_after else None
        code = processes.watch(deadline)
        _no_more_signals()
        return code


def manage(arguments: list[str]) -> int:
    """Run one management command on this checkout's servers, started for its time when ./run is not running."""
    embedded = Embedded()
    with contextlib.ExitStack() as undo:
        try:
            undo.callback(Lock(embedded.place / "run.lock").release)
        except AlreadyRunning:
            embedded.join()
        else:
            embedded.start(undo, None)
        return subprocess.run([sys.executable, "manage.py", *arguments], check=False).returncode


def _wait_for_web(processes: Processes, address: str) -> None:
    deadline = time.monotonic() + WEB_PATIENCE
    while not answers(address):
        ended = processes.ended()
        if ended or time.monotonic() > deadline:
            message = f"{ended or 'web'} did not start; its log is in {processes.logs}."
            raise ServerFailed(message)
        time.sleep(0.1)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    _no_more_signals()
    raise Stopped


def _no_more_signals() -> None:
    """Let nothing interrupt the stopping."""
    for sign in STOP_SIGNALS:
        signal.signal(sign, signal.SIG_IGN)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./run",
        description="Start PostgreSQL, Redis, the web server, the workers and the clock; Ctrl-C stops them.",
        epilog="./run manage COMMAND … runs one management command on the same servers.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="first port to try (default 8000)")
    parser.add_argument(
        "--demo", action="store_true", help="put the demo into the database of DATABASE_URL as well"
    )
    parser.add_argument("--exit-after", type=float, metavar="SECONDS", help="stop by itself after this time")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
