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
from callcenter.ops.views.asking import ask, save
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
    return _page(request, _wanted(request, code), DayForm())


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
        state=_("Change the weekly hours. Deadlines that were counted already stay."),
        done=_("The weekly hours are saved."),
        back=_address(found),
    )


@require_POST
def set_day(request: HttpRequest, code: str) -> HttpResponse:
    """Set the exception of one date; what was typed stays when something is wrong."""
    found, form = _wanted(request, code), DayForm(request.POST)
    given = {"actor": request.user, "calendar_id": found.pk, "now": timezone.now()}
    status = save(form, lambda: services.set_calendar_day(**given, **form.cleaned_data))
    if form.errors:
        return _page(request, found, form, status)
    messages.success(request, _("The exception is saved."))
    return redirect(_address(found))


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


def _page(request: HttpRequest, calendar: Calendar, form: DayForm, status: int = 200) -> HttpResponse:
    now, policies = timezone.now(), Policy.objects.all()
    year = timezone.localtime(now).year
    context = {
        "calendar": calendar,
        "built_in": calendar.code == services.BUILT_IN,
        "rows": selectors.exceptions(calendar, year=year),
        "years": selectors.public_years(calendar, year=year),
        "policies": policies,
        "preview": selectors.preview(calendar, policies, request.GET.get("policy", ""), now=now),
        "form": form,
    }
    return render(request, "ops/calendar.html", context, status=status)
