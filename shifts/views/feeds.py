"""The roster as a calendar that telephones and mail programs read: its page, and the calendar itself behind a secret."""

import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from callcenter.rest import limits
from callcenter.saving import say_done
from shifts.calendar import roster_calendar
from shifts.enums import LeaveState
from shifts.models import Leave
from shifts.selectors import mine
from shifts.services import feeds

BACK, AHEAD = timedelta(days=56), timedelta(days=366)
A_MINUTE = 30
"""Looks of one network address; a calendar program needs one an hour."""


@never_cache
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Say what the calendar address is for; by POST, make it anew and show it, this once."""
    if request.method == "POST":
        _feed, secret = feeds.make_feed(actor=request.user, now=timezone.now())
        address = settings.PUBLIC_URL + reverse("shifts:feed", args=[secret])
        webcal = address.replace("https://", "webcal://").replace("http://", "webcal://")
        return render(request, "shifts/calendar_made.html", {"address": address, "webcal": webcal})
    return render(request, "shifts/calendar.html", {"feed": feeds.live_feed(request.user)})


@require_POST
def revoke_calendar(request: HttpRequest) -> HttpResponse:
    """End the address."""
    feeds.revoke_feed(actor=request.user, now=timezone.now())
    say_done(request, _("The calendar address opens nothing any more."))
    return redirect("shifts:calendar")


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer with the calendar that the secret opens, and with nothing else: 404 for any other."""
    allowance = limits.spend(f"feed:{get_adapter().get_client_ip(request)}", A_MINUTE)
    if allowance.left < 0:
        return HttpResponse(status=429, headers={"Retry-After": str(allowance.seconds)})
    opened = feeds.open_feed(secret, now=timezone.now())
    if opened is None:
        return HttpResponse(status=404)
    body = _calendar(opened.person)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=300", "Referrer-Policy": "no-referrer"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="roster.ics"'
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _calendar(person: Any) -> bytes:
    since, until = person.today - BACK, person.today + AHEAD
    leave = Leave.objects.filter(person=person, state__in=[LeaveState.APPROVED, LeaveState.FILED])
    with translation.override(person.language or "en"):
        return roster_calendar(
            name=_("My roster"),
            person=person.pk,
            host=urlsplit(settings.PUBLIC_URL).hostname or "localhost",
            zone=ZoneInfo(person.time_zone),
            shifts=mine.shifts_of(person, since, until),
            leave=leave.filter(ends_at__date__gte=since, starts_at__date__lt=until).order_by("starts_at"),
        )
