"""The page of queue logs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from callcenter.access import require
from calls.queue_log import selectors


@require_GET
def logs(request: HttpRequest) -> HttpResponse:
    """Show which logs are followed, how far behind, and what each of them told."""
    require(request.user, "calls.view_logs")
    now = timezone.now()
    found = [
        (log, selectors.state_of(log.follower, now) if log.follower else "")
        for log in selectors.logs(request.user)
    ]
    return render(request, "calls/logs.html", {"logs": found})
