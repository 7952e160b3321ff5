"""A follower that is killed loses no line and reads none twice; one that is told to end, ends."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from calls.queue_log import record
from calls.queue_log.models import Follower
from tests.calls.centre import build
from tests.calls.log.logs import calls, generated
from tests.calls.log.test_follow import read


def follower(path, site):
    """Start the command on the tests' own database."""
    known = urlsplit(os.environ["DATABASE_URL"])
    database = known._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    variables = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", "follow_queue_log", str(path), "--source", "pbx"]
    return subprocess.Popen(
        [*command, "--site", site.code, "--every", "0.02"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **variables, "COVERAGE_PROCESS_START": ""},
        stdout=subprocess.DEVNULL,
    )


def _wait_until(happened, seconds=30):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def _lines():
    return Follower.objects.filter(source="pbx").values_list("lines", flat=True).first() or 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_it_counts_every_call_once_and_told_to_end_it_ends(tmp_path):
    centre = build()
    lines = generated(400)
    path = tmp_path / "queue_log"
    path.touch()
    text, written = "".join(lines), 0
    for _time in range(2):
        child = follower(path, centre.here)
        read_before = _lines()
        # Bit by bit, the last line half: it is killed somewhere in the middle.
        for _piece in range(12):
            with path.open("a") as file:
                written += file.write(text[written : written + 1501])
            time.sleep(0.03)
        _wait_until(lambda before=read_before: _lines() > before)
        child.send_signal(signal.SIGKILL)
        child.wait()
    whole_line = text.index("\n", written) + 1
    with path.open("a") as file:
        file.write(text[written:whole_line])
    path.rename(path.with_name("queue_log.1"))
    path.write_text(text[whole_line:])
    child = follower(path, centre.here)
    _wait_until(lambda: Follower.objects.get().lines >= len(lines))
    child.send_signal(signal.SIGTERM)
    assert child.wait(30) == 0
    assert Follower.objects.get().stopped_at
    whole = tmp_path / "whole"
    whole.write_text(text)
    read(centre, whole, "whole")
    assert calls() == calls("whole")
    assert Follower.objects.get(source="pbx").gaps == 0
    assert record.counts_of("pbx") == record.counts_of("whole")
