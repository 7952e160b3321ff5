"""An agent's own roster: today with the clock, the week or the month, what comes."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from callcenter.errors import DomainError
from callcenter.saving import say_done
from shifts import moments
from shifts.enums import PunchKind
from shifts.selectors import mine
from shifts.selectors.clocking import expected_at, last_punch
from shifts.services import attendance
from shifts.services.feeds import live_feed
from shifts.views.days import asked_day

DAY, WEEK, AHEAD = timedelta(days=1), timedelta(days=7), timedelta(days=14)


@require_GET
def my_roster(request: HttpRequest) -> HttpResponse:
    """Show the week of `?week=` (any day of it), or the month of `?month=` (2026-11); without either, this week."""
    now = timezone.now()
    today = request.user.today
    if month := request.GET.get("month"):
        return _month(request, asked_day("month", month, default=today).replace(day=1), now)
    monday = _monday(asked_day("week", request.GET.get("week", ""), default=today))
    # A night that began the day before goes on.
    eve, *found = mine.days(request.user, monday - DAY, monday + AHEAD, now)
    week = found[:7]
    is_now = monday <= today < monday + WEEK
    context = {
        "now": now,
        "today": today,
        "week": week,
        "past": [day for day in week if day.date < today] if is_now else [],
        "coming": [day for day in found if day.date > today] if is_now else week,
        "is_now": is_now,
        "before": monday - WEEK,
        "after": monday + WEEK,
        "shifts": sum(len(day.shifts) for day in week),
        "seconds": 60 * sum(day.minutes for day in week),
        "waiting": len({one.pk for day in week for one in day.changes}),
        "feed": live_feed(request.user),
        **(_at_work(request.user, [eve, *found], now) if is_now else {}),
    }
    return render(request, "shifts/mine.html", context)


def _at_work(person: Any, found: list[mine.Day], now: datetime) -> dict[str, Any]:
    """Return what the card of today shows: the shift, what comes next in it, how the clock stands."""
    last_night, today = next((eve, day) for eve, day in pairwise(found) if day.is_today)
    night = [shift for shift in last_night.shifts if shift.ends_at > now]
    to_come = [shift for day in found if day.date >= today.date for shift in day.shifts]
    shift = moments.running_or_next([*night, *to_come], now)
    coming = [one for one in moments.moments(shift) if one.at > now] if shift else []
    return {
        "current": today,
        "clocked": [*night, *today.shifts],
        "corrections": [
            one
            for day in (last_night, today)
            for one in day.corrections
            if day is today or one.shift_id in {shift.pk for shift in night}
        ],
        "is_later": shift is not None and shift.day > today.date,
        "shift": shift,
        "bar": moments.bar(shift, now) if shift else [],
        "coming_moments": coming,
        "met": next((day.meetings for day in found if shift and day.date == shift.day), ()),
        "punch": last_punch(person.pk, now=now),
        "may_clock": expected_at(person.pk, now) is not None,
    }


def _month(request: HttpRequest, first: date, now: datetime) -> HttpResponse:
    start = _monday(first)
    after = (first + timedelta(days=32)).replace(day=1)
    until = _monday(after - timedelta(days=1)) + WEEK
    found = mine.days(request.user, start, until, now)
    inside = [day for day in found if day.date.month == first.month]
    context = {
        "weeks": [found[at : at + 7] for at in range(0, len(found), 7)],
        "first": first,
        "before": first - timedelta(days=1),
        "after": after,
        "today": request.user.today,
        "shifts": sum(len(day.shifts) for day in inside),
        "seconds": 60 * sum(day.minutes for day in inside),
    }
    return render(request, "shifts/my_month.html", context)


@require_POST
def clock(request: HttpRequest) -> HttpResponse:
    """Clock in or out, and lead back to the own roster."""
    kind = request.POST.get("kind", "")
    if kind not in PunchKind.values:
        raise DomainError(
            _("It is not said which mark to make."), field="kind", mend=_("Send “in” or “out”.")
        )
    done = attendance.clock(actor=request.user, kind=PunchKind(kind), now=timezone.now())
    at = timezone.localtime(done.punch.at, ZoneInfo(request.user.time_zone)).strftime("%H:%M")
    words = {
        (PunchKind.IN, True): _("Clocked in at %(time)s."),
        (PunchKind.IN, False): _("You were clocked in already, since %(time)s."),
        (PunchKind.OUT, True): _("Clocked out at %(time)s."),
        (PunchKind.OUT, False): _("You were clocked out already, since %(time)s."),
    }
    say_done(request, words[PunchKind(kind), done.is_new] % {"time": at})
    return redirect("shifts:mine")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
