"""A person's job, begun through its service."""

import pytest

from callcenter.jobs.services import start_job
from tests.jobs.worker_settings import JOB_KINDS


@pytest.fixture
def begin(settings, now):
    """Return a function that queues a job of a kind for a person."""
    settings.JOB_KINDS = JOB_KINDS

    def one(person, kind="export", **more):
        facts = {"title": "Export of complaints", "arguments": {}, "now": now, **more}
        return start_job(actor=person, kind=kind, **facts)

    return one
