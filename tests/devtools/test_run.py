"""The whole product as `./run` starts it: how it answers a second start, a signal, and an unclean end."""

import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from devtools.services.places import ROOT

pytestmark = pytest.mark.slow
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@pytest.fixture
def command(folder):
    """Return a function that makes the command line's process, with data of its own."""
    ours = {"DATABASE_URL", "REDIS_URL", "STATIC_ROOT", "FILES_ROOT", "EMAIL_URL", "SECRET_KEY"}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment |= {"CALLCENTER_STATE_DIR": str(folder), "COVERAGE_PROCESS_START": ""}

    def start(*arguments):
        line = [sys.executable, "-m", "devtools.run", *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(line, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)

    return start


def address_once_ready(process):
    for line in process.stdout:
        found = ADDRESS.search(line)
        if found:
            return found[0]
    raise AssertionError(process.stderr.read())


def test_run_answers_refuses_a_second_start_and_survives_a_kill(command):
    first = command("--port", "18100")
    address = address_once_ready(first)
    with urllib.request.urlopen(address) as page:
        assert page.status == 200

    second = command()
    assert (second.communicate()[1], second.returncode) == (f"already running at {address}\n", 2)
    beside = command("manage", "seed_demo", "--print-people")
    assert beside.communicate()[0].strip()

    first.kill()
    first.communicate()
    again = command("--port", "18100")
    address_once_ready(again)
    again.send_signal(signal.SIGTERM)
    again.communicate()
    assert again.returncode == 0


def test_manage_without_a_run_starts_the_servers_for_its_time(command, folder):
    done = command("manage", "check")

    assert done.communicate()[0].startswith("System check identified no issues")
    assert not (folder / "postgres" / "postmaster.pid").exists()
