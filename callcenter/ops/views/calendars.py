"""Calendars: the list, one with its exceptions, and the forms that change it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.ops import calendars as services
from callcenter.ops import selectors
from callcenter.ops.forms import DayForm, NewCalendarForm, WeeklyForm
from callcenter.ops.views.asking import ask
from callcenter.worktime import parsing
from callcenter.worktime.models import Calendar, Policy


@require_GET
def calendars(request: HttpRequest) -> HttpResponse:
    """List the calendars and the policies that count on them."""
    require(request.user, "worktime.manage")
    context = {
        "calendars": Calendar.objects.select_related("parent"),
        "policies": Policy.objects.select_related("calendar"),
    }
    return render(request, "ops/calendars.html", context)


@require_GET
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a calendar says, this year and later."""
    found, now, policies = _wanted(request, code), timezone.now(), Policy.objects.all()
    year = timezone.localtime(now).year
    context = {
        "calendar": found,
        "built_in": found.code == services.BUILT_IN,
        "rows": selectors.exceptions(found, year=year),
        "years": selectors.public_years(found, year=year),
        "policies": policies,
        "preview": selectors.preview(found, policies, request.GET.get("policy", ""), now=now),
    }
    return render(request, "ops/calendar.html", context)


@require_http_methods(["GET", "POST"])
def new_calendar(request: HttpRequest) -> HttpResponse:
    """Make a calendar; the form starts from the hours of the built-in one."""
    require(request.user, "worktime.manage")
    start = Calendar.objects.get(code=services.BUILT_IN).weekly
    form = NewCalendarForm(request.POST or None, initial=NewCalendarForm.shown(start))
    return ask(
        request,
        form,
        lambda: services.create_calendar(actor=request.user, now=timezone.now(), **form.given),
        title=_("New calendar"),
        state=_("Exceptions are entered on its page later."),
        done=_("The calendar is ready."),
        back=reverse("ops:calendars"),
    )


@require_http_methods(["GET", "POST"])
def weekly_hours(request: HttpRequest, code: str) -> HttpResponse:
    """Change a calendar's weekly hours."""
    found = _wanted(request, code)
    form = WeeklyForm(request.POST or None, initial=WeeklyForm.shown(found.weekly))
    given = {"actor": request.user, "calendar_id": found.pk, "now": timezone.now()}
    return ask(
        request,
        form,
        lambda: services.set_weekly_hours(**given, **form.given),
        title=found.name,
        state=_(
            "Change the weekly hours. Running deadlines of complaints are counted anew; one that has passed stays."
        ),
        done=_("The weekly hours are saved."),
        back=_address(found),
    )


@require_http_methods(["GET", "POST"])
def set_day(request: HttpRequest, code: str) -> HttpResponse:
    """Set the exception of one date."""
    found = _wanted(request, code)
    form = DayForm(request.POST or None)
    given = {"actor": request.user, "calendar_id": found.pk, "now": timezone.now()}
    return ask(
        request,
        form,
        lambda: services.set_calendar_day(**given, **form.cleaned_data),
        title=_("Set an exception"),
        state=_(
            "It takes the place of one that the date may have. Running deadlines of complaints are counted anew; one that has passed stays."
        ),
        done=_("The exception is saved."),
        back=_address(found),
    )


@require_POST
def remove_day(request: HttpRequest, code: str, day: str) -> HttpResponse:
    """Take the exception of one date away."""
    found = _wanted(request, code)
    services.remove_calendar_day(
        actor=request.user, calendar_id=found.pk, day=parsing.day(day, "day"), now=timezone.now()
    )
    messages.success(request, _("The exception is removed."))
    return redirect(_address(found))


def _wanted(request: HttpRequest, code: str) -> Calendar:
    require(request.user, "worktime.manage")
    return get_object_or_404(Calendar.objects.select_related("parent"), code=code)


def _address(calendar: Calendar) -> str:
    return reverse("ops:calendar", args=[calendar.code])
