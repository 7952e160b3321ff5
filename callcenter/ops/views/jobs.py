"""Pages of the jobs: mine, one, how far it is, its file; and stopping it or starting it again."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from callcenter.access import require
from callcenter.errors import NotFound
from callcenter.http import wants_partial
from callcenter.jobs import services
from callcenter.jobs.models import Job
from callcenter.lists.show import Answer, show
from callcenter.ops.job_list import JobList


def _job(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.user).select_related("person"), pk=pk)


@require_GET
def jobs(request: HttpRequest) -> Answer:
    """Show the person's own jobs, or everybody's to an administrator."""
    return show(request, JobList(), "jobs/list.html")


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one job."""
    return render(request, "jobs/job.html", {"job": _job(request, pk)})


@never_cache
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer how far a job is; once it has ended, what came of it, and the page hears the event `job-ended`."""
    found = _job(request, pk)
    if found.is_open:
        return render(request, "jobs/_run.html", {"job": found})
    return _body(request, found)


def _body(request: HttpRequest, found: Job) -> HttpResponse:
    """Put the job anew where it stands on the page, which hears the event `job-ended` if it has."""
    answer = render(request, "jobs/_body.html", {"job": found, "polled": not found.is_open})
    answer["HX-Retarget"], answer["HX-Reswap"] = f"#job-{found.pk}-body", "innerHTML"
    if not found.is_open:
        answer["HX-Trigger-After-Swap"] = "job-ended"
    return answer


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a job; whoever asks on the page of what it works on stays there."""
    found = services.cancel_job(actor=request.user, job=_job(request, pk), now=timezone.now())
    return _body(request, found) if wants_partial(request) else redirect(found)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a job again that failed or was stopped."""
    found = services.start_again(actor=request.user, job=_job(request, pk), now=timezone.now())
    messages.success(request, _("It has been queued again."))
    return redirect(found)


@never_cache
@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a job's file to the person who asked for it."""
    found = _job(request, pk)
    require(request.user, "jobs.take_file", found)
    if not found.file or not default_storage.exists(found.file):
        raise NotFound(_("This file is no longer kept."), mend=_("Start the work anew."))
    return FileResponse(default_storage.open(found.file), as_attachment=True, filename=found.file_name)
