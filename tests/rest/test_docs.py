"""The documentation is there, needs nothing from elsewhere, and its examples run."""

import os
import re
import subprocess
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from callcenter.rest.scopes import Scope
from callcenter.tokens import services
from complaints.enums import Status
from complaints.models import Complaint

EXAMPLES = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_page_shows_every_operation_in_the_readers_language(house, sign_in):
    page = sign_in(house.agent).get(reverse("rest:docs")).content.decode()
    for path in ("/api/v1/complaints/{reference}/resolve/", "/api/v1/calls/", "/api/v1/worktime/due/"):
        assert path in page
    assert "complaints:write" in page
    assert "Idempotency-Key" in page


def test_the_page_and_the_schema_are_for_people_of_the_house(client, db):
    assert client.get(reverse("rest:docs")).status_code == 302
    assert client.get(reverse("rest:schema")).status_code == 401


def test_the_examples_of_the_manual_run(committed_house, live_server, tmp_path):
    house = committed_house
    _token, secret = services.make_token(
        actor=house.administrator,
        client="Manual",
        purpose="Runs the examples",
        person=house.supervisor,
        scopes=Scope.values,
        days=1,
        now=timezone.now(),
    )
    script = "\n".join(EXAMPLES.findall(Path(settings.BASE_DIR, "docs", "rest.md").read_text("utf-8")))
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "DESK": live_server.url, "TOKEN": secret, "SITE": house.site.code},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "304" in run.stdout
    assert Complaint.objects.get().status == Status.VERIFIED


def test_the_page_leads_nowhere_else(house, sign_in):
    page = sign_in(house.agent).get(reverse("rest:docs")).content.decode()
    assert not re.findall(r'(?:src|href)="(?:https?:)?//[^"]+"', page)
