"""Kinds of jobs for the tests."""

import io
import time
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from callcenter.jobs.models import Job
from callcenter.jobs.run import Result, Run


def export(run: Run) -> Result:
    run.advance(3, 3, "3")
    path = run.keep_file("报表.csv", io.BytesIO(b"a,b\r\n1,2\r\n"))
    return Result(_("Complaints"), file=path, counts={"rows": 3})


def refused(run: Run) -> Result:
    run.advance(1, 4)
    raise DomainError("Row 2 has no name.", mend="Write one.")


def broken(run: Run) -> Result:
    if run.checkpoint:
        return Result(f"went on from {run.checkpoint['at']}")
    run.keep({"at": 7})
    raise ZeroDivisionError


def steps(run: Run) -> Result:
    """Do 40 steps, each once though the worker be killed."""
    done = run.checkpoint.get("done", [])
    for step in range(len(done), 40):
        done.append(step)
        run.keep({"done": done})
        run.advance(step + 1, 40)
        time.sleep(0.05)
    return Result(" ".join(str(step) for step in done))


def one_transaction(run: Run) -> Result:
    with transaction.atomic():
        for step in range(1, 1000):
            run.advance(step, None, "Reading")
            time.sleep(0.01)
    return Result("never")


def overtaken(run: Run) -> Result:
    """Another worker gets the job meanwhile."""
    run.job.held().update(started_at=run.job.started_at + timedelta(seconds=1))
    return Result(str(Job.objects.get(pk=run.job.pk).attempts))
