"""A real web server with its logs at their loudest says nothing about the unnamed addresses and keeps no secret of one; junk costs it little."""

import http.client
import os
import re
import subprocess
import sys
import time
from base64 import b64encode
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from devtools.web_port import listen
from feedback.anonymity import blind, keys
from shifts.services import feeds

START = "gunicorn callcenter.wsgi --workers 1 --threads 4 --no-control-socket --access-logfile - --log-level debug"
AGENT = "Browser-of-somebody/1.0"
JUNK = 300
MOST_CPU_MS = 4
"""For one junk post. 10,000 a minute are then two thirds of one processor at worst; it is about a fifth of that here."""


@pytest.fixture
def server(committed_house, tmp_path):
    """Run gunicorn on the test's database with its logs in one file; return its port, the file and its process."""
    listener = listen("127.0.0.1", 28000)
    name = connection.settings_dict["NAME"]
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": re.sub(r"@([^/]*)/[^?]*", rf"@\1/{name}", os.environ["DATABASE_URL"]),
        "LOG_LEVEL": "DEBUG",
        "TEST_CONN_MAX_AGE": "60",
        "PUBLIC_URL": "http://desk.example",
    }
    log = tmp_path / "web.log"
    command = [sys.executable, "-m", *START.split(), "--bind", f"fd://{listener.fileno()}"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environ, stdout=out, stderr=out, pass_fds=[listener.fileno()]
        )
        yield listener.getsockname()[1], log, process
        process.terminate()
        process.wait(20)
    listener.close()


@pytest.fixture
def desk(server):
    """Return a connection to it."""
    with closing(http.client.HTTPConnection("127.0.0.1", server[0], timeout=60)) as opened:
        yield opened


def ask(desk: http.client.HTTPConnection, method: str, path: str, body: str = "", **headers: str) -> int:
    desk.request(method, path, body, {"User-Agent": AGENT, "Cookie": "sessionid=abc", **headers})
    answer = desk.getresponse()
    answer.read()
    return answer.status


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process and its children so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == pid or int(fields[1]) == pid:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def test_no_line_of_the_web_servers_logs_speaks_of_the_unnamed_addresses(server, desk):
    port, log, _process = server
    home = {"Origin": f"http://127.0.0.1:{port}"}
    assert ask(desk, "GET", "/accounts/login/") == 200, log.read_text()
    assert ask(desk, "GET", "/unnamed/?language=en") == 200
    assert ask(desk, "GET", "/unnamed/nowhere/") == 404
    assert ask(desk, "POST", "/unnamed/post/", "subject=x", **home) == 401
    assert ask(desk, "POST", "/unnamed/post/", "subject=x", Origin="http://evil.example") == 403
    assert (
        ask(
            desk,
            "POST",
            "/unnamed/read/",
            "code=x",
            **home,
            **{"Content-Type": "application/x-www-form-urlencoded"},
        )
        == 400
    )
    assert ask(desk, "PUT", "/unnamed/keys/", **home) == 405
    told = log.read_text()
    assert re.search(r"GET /accounts/login/.* 200 .*Browser-of-somebody", told)
    assert "unnamed" not in re.sub(r"'?logger_class'?.*|.*callcenter[./]unnamed.*", "", told)


def test_the_secret_of_a_calendars_address_is_in_no_line(committed_house, server, desk):
    _port, log, _process = server
    _feed, secret = feeds.make_feed(actor=committed_house.agent, now=timezone.now())
    wrong = secret[::-1]
    hidden = f"/roster/c%61lendar/{secret}.ics"
    assert [ask(desk, "GET", path) for path in (f"/roster/calendar/{secret}.ics?from=phone", hidden)] == [
        200,
        200,
    ]
    assert [ask(desk, "GET", f"/roster/calendar/{wrong}{end}") for end in (".ics", "/x")] == [404, 404]
    told = log.read_text()
    assert len(re.findall(r"\"GET /roster/calendar/… HTTP/1.1\" 200 .*Browser-of-somebody", told)) == 2
    assert re.search(r"Not Found: /roster/calendar/…", told)
    assert secret not in told
    assert wrong not in told


def test_ten_thousand_junk_posts_a_minute_cost_little_and_slow_nobody(server, desk, now):
    port, _log, process = server
    keys.current_key(now=now)
    key = next(iter(keys.accepted(now=now)))
    forged = blind.TYPE + bytes(32) + blind.CHALLENGE_DIGEST + key + bytes(256)
    header = {
        "Authorization": f'PrivateToken token="{b64encode(forged).decode()}"',
        "Origin": f"http://127.0.0.1:{port}",
    }
    ask(desk, "POST", "/unnamed/post/", "", **header)
    spent = []
    for _round in range(3):
        before = cpu_seconds(process.pid)
        assert {ask(desk, "POST", "/unnamed/post/", "x" * 400, **header) for _post in range(JUNK)} == {401}
        spent.append((cpu_seconds(process.pid) - before) / JUNK * 1000)
    assert min(spent) < MOST_CPU_MS, spent
    began = time.monotonic()
    assert ask(desk, "GET", "/accounts/login/") == 200
    assert time.monotonic() - began < 10
