"""The examples of the manual run against a real server."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from callcenter.rest.scopes import Scope
from callcenter.tokens import services
from kpi.services import rollups
from tests.factories.calls import CallFactory

MANUAL = Path(settings.BASE_DIR, "docs", "kpi-rest.md")


@pytest.fixture
def run(committed_house, live_server, tmp_path):
    """Return a function that runs the examples of a language as a program with a token does."""
    house = committed_house
    for hours in (30, 31, 55):
        CallFactory(site=house.site, entered_at=timezone.now() - timedelta(hours=hours))
    rollups.refresh_all()
    _token, secret = services.make_token(
        actor=house.administrator,
        client="Manual",
        purpose="Runs the examples",
        person=house.supervisor,
        scopes=[Scope.KPI_READ],
        days=1,
        now=timezone.now(),
    )

    def run_examples(language, *interpreter):
        text = MANUAL.read_text("utf-8")
        examples = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        return subprocess.run(
            [*interpreter, "-c", "\n".join(examples)],
            cwd=tmp_path,
            env={**os.environ, "DESK": live_server.url, "TOKEN": secret},
            capture_output=True,
            text=True,
            check=False,
        )

    return run_examples


def test_the_examples_in_curl_run(run):
    done = run("sh", "bash", "-euo", "pipefail")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "304"


def test_the_example_in_python_keeps_a_copy_that_counts_every_call_once(run):
    done = run("python", sys.executable)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "3 calls"
