import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from callcenter.jobs import services
from callcenter.jobs.enums import State
from callcenter.jobs.models import Job
from callcenter.jobs.run import Run
from tests.jobs import kinds


def url(name, job) -> str:
    return reverse(f"jobs:{name}", args=[job.pk])


@pytest.fixture
def finished(house, begin, now):
    """Return a supervisor's export that has ended, with its file."""
    job = services.claim(begin(house.supervisor).pk, now=now)
    services.finish(job, kinds.export(Run(job)), now=now)
    return Job.objects.get(pk=job.pk)


def test_everybody_sees_their_own_jobs_and_administrators_all(house, begin, sign_in):
    job = begin(house.supervisor)
    begin(house.agent, title="Import of staff")
    page = sign_in(house.supervisor).get(reverse("jobs:list")).content.decode()
    assert "Export of complaints" in page
    assert "Import of staff" not in page
    page = sign_in(house.administrator).get(reverse("jobs:list")).content.decode()
    assert "Import of staff" in page
    assert "Export of complaints" in page
    assert sign_in(house.administrator).get(url("job", job)).status_code == 200
    for name in ("job", "progress", "file"):
        assert sign_in(house.agent).get(url(name, job)).status_code == 404


def test_a_list_of_many_jobs_costs_as_many_queries_as_one_of_one(house, begin, sign_in):
    client = sign_in(house.administrator)
    client.get(reverse("jobs:list"))
    counts = []
    for more in (1, 15):
        for _ in range(more):
            begin(house.agent)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("jobs:list"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_an_open_job_asks_how_far_it_is_until_it_has_ended(house, begin, sign_in, now):
    job = services.claim(begin(house.supervisor).pk, now=now)
    Job.objects.filter(pk=job.pk).update(done=300, total=1200, note="Writing rows")
    client = sign_in(house.supervisor)
    page = client.get(url("job", job)).content.decode()
    assert url("progress", job) in page
    part = client.get(url("progress", job))
    assert "Writing rows" in part.content.decode()
    assert "300 of 1,200" in part.content.decode()
    assert 'aria-valuenow="25"' in part.content.decode()
    assert "job-ended" not in part.headers.values()

    services.finish(job, kinds.export(Run(job)), now=now)
    part = client.get(url("progress", job))
    assert url("progress", job) not in part.content.decode()
    assert (part["HX-Retarget"], part["HX-Trigger-After-Swap"]) == (f"#job-{job.pk}-body", "job-ended")
    assert url("file", job) in part.content.decode()


def test_a_failed_job_says_why_and_is_tried_again(house, begin, sign_in, now):
    job = services.claim(begin(house.supervisor).pk, now=now)
    services.fail(job, "Row 2 has no name.", now=now)
    client = sign_in(house.supervisor)
    assert "Row 2 has no name." in client.get(url("job", job)).content.decode()
    client.post(url("again", job))
    assert Job.objects.get(pk=job.pk).state == State.WAITING
    client.post(url("cancel", job))
    assert Job.objects.get(pk=job.pk).state == State.CANCELLED
    assert client.post(url("cancel", job)).status_code == 409
    assert client.get(url("cancel", job)).status_code == 405


def test_who_stops_a_job_on_another_page_stays_there_and_that_page_hears_of_the_end(
    house, begin, sign_in, now
):
    client, htmx = sign_in(house.supervisor), {"HX-Request": "true"}
    running = services.claim(begin(house.supervisor).pk, now=now)
    part = client.post(url("cancel", running), headers=htmx)
    assert (part.status_code, part["HX-Retarget"]) == (200, f"#job-{running.pk}-body")
    assert "Stops at its next step" in part.content.decode()
    assert "job-ended" not in part.headers.values()

    waiting = begin(house.supervisor)
    part = client.post(url("cancel", waiting), headers=htmx)
    assert part["HX-Trigger-After-Swap"] == "job-ended"
    assert client.post(url("cancel", waiting)).status_code == 409


def test_a_file_goes_to_its_person_only_and_says_how_long_it_is_kept(house, finished, sign_in):
    client = sign_in(house.supervisor)
    assert "Kept until 25 Nov 2026" in client.get(url("job", finished)).content.decode()
    file = client.get(url("file", finished))
    assert b"".join(file.streaming_content) == b"a,b\r\n1,2\r\n"
    assert file["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%8A%A5")
    assert sign_in(house.administrator).get(url("file", finished)).status_code == 403
    Job.objects.filter(pk=finished.pk).update(file="")
    assert sign_in(house.supervisor).get(url("file", finished)).status_code == 404
