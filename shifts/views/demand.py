"""What is expected and what it needs: weeks to type into, goals of queues, heads computed from both."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agents.models import Site, Skill
from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from callcenter.worktime import calendars
from shifts import asked
from shifts.enums import Origin
from shifts.forms.needs import CallsForm, ComputeForm, GoalForm, HandleForm, HeadsForm, days_of
from shifts.lists.needs import DemandList, RequirementList
from shifts.models import Demand, QueueGoal
from shifts.selectors import demand as read
from shifts.selectors.peaks import usual_hours
from shifts.services.demand import Load, Put, put_demand, set_goal
from shifts.services.requirements import compute_requirements, put_requirements
from shifts.week import Week, next_half_hour, week

USUAL_HANDLING = 240
"""Seconds that are offered where nothing is known of a queue."""


@require_http_methods(["GET", "POST"])
def demand_week(request: HttpRequest) -> HttpResponse:
    """Show and change what is expected of a queue in a week: calls, or with `?fact=handle` how long one is handled."""
    require(request.user, "shifts.view_rosters")
    site, sites = asked.site(request)
    queues = [queue for queue in read.queues_of(request.user) if queue.site_id == site.pk]
    queue = next(
        (one for one in queues if one.code == request.GET.get("queue")), queues[0] if queues else None
    )
    monday = asked.week(request, site)
    frame = _frame(request, site, sites, monday) | {"queues": queues, "queue": queue}
    if queue is None:
        return render(request, "shifts/demand.html", frame)
    fact = "handle" if request.GET.get("fact") == "handle" else "calls"
    known = {row.starts_at: row for row in read.demand_between(queue, *_span(site, monday))}
    table = _week(
        request, site, monday, {at: (_text(row, fact), Origin(row.origin)) for at, row in known.items()}
    )
    form = _demand_form(request, fact, table, known)
    given = {"actor": request.user, "queue": queue, "origin": Origin.ENTERED, "now": timezone.now()}
    done, status = attempt(form, lambda: put_demand(loads=_loads(form, fact, known), **given))
    if done:
        return _back(request, done)
    may = request.user.has_perm("shifts.plan", site)
    context = frame | {"week": table, "form": form, "fact": fact, "may_plan": may}
    return render(request, "shifts/demand.html", context, status=status)


def _demand_form(request: HttpRequest, fact: str, table: Week, known: dict[datetime, Demand]) -> Any:
    data = request.POST if request.method == "POST" else None
    if fact == "handle":
        return HandleForm(data, week=table)
    form = CallsForm(data, week=table)
    newest = next((row.handle_seconds for row in reversed(known.values())), USUAL_HANDLING)
    form.initial["handle_seconds"] = newest
    return form


def _loads(form: Any, fact: str, known: dict[datetime, Demand]) -> dict[datetime, Load | None]:
    """Return what was typed with what is known beside it."""
    if fact == "handle":
        return {at: Load(known[at].calls, seconds) for at, seconds in form.changed.items()}
    usual = form.cleaned_data["handle_seconds"]
    return {
        at: None if calls is None else Load(calls, known[at].handle_seconds if at in known else usual)
        for at, calls in form.changed.items()
    }


def _text(row: Demand, fact: str) -> str:
    return str(row.handle_seconds) if fact == "handle" else f"{row.calls.normalize():f}"


@require_GET
def demand_list(request: HttpRequest) -> Answer:
    """List what is expected."""
    return show(request, DemandList(), "shifts/demand_list.html")


@require_GET
def requirement_list(request: HttpRequest) -> Answer:
    """List what is required."""
    return show(request, RequirementList(), "shifts/requirement_list.html")


@require_http_methods(["GET", "POST"])
def requirement_week(request: HttpRequest) -> HttpResponse:
    """Show and change the heads required in a week: of a skill with `?skill=`, else of everybody."""
    require(request.user, "shifts.view_rosters")
    site, sites = asked.site(request)
    skills = list(Skill.objects.filter(is_active=True))
    skill = next((one for one in skills if one.code == request.GET.get("skill")), None)
    monday = asked.week(request, site)
    rows = read.requirements_between(site, skill.pk if skill else None, *_span(site, monday))
    table = _week(
        request, site, monday, {row.starts_at: (str(row.heads), Origin(row.origin)) for row in rows}
    )
    form = HeadsForm(request.POST if request.method == "POST" else None, week=table)
    key = skill.pk if skill else None
    given = {"actor": request.user, "site": site, "origin": Origin.ENTERED, "now": timezone.now()}
    done, status = attempt(
        form,
        lambda: put_requirements(heads={(at, key): heads for at, heads in form.changed.items()}, **given),
    )
    if done:
        return _back(request, done)
    context = _frame(request, site, sites, monday) | {
        "week": table,
        "form": form,
        "skills": skills,
        "skill": skill,
    }
    context["may_plan"] = request.user.has_perm("shifts.plan", site)
    return render(request, "shifts/requirements.html", context, status=status)


@require_http_methods(["GET", "POST"])
def compute(request: HttpRequest) -> HttpResponse:
    """Compute the heads of a site from what is expected and the goals of its queues."""
    site, _sites = asked.site(request)
    require(request.user, "shifts.plan", site)
    monday = asked.week(request, site)
    first = {"since": monday, "last": monday + timedelta(days=6)}
    form = ComputeForm(request.POST or None, initial=first)
    given = {"actor": request.user, "site": site, "now": timezone.now()}

    def save() -> Put:
        since, until = days_of(form)
        return compute_requirements(since=since, until=until, **given)

    done, status = attempt(form, save)
    if done:
        words = _(
            "Heads of %(new)d half hours are new, %(changed)d changed, %(removed)d taken out, %(left)d as before."
        )
        say_done(
            request,
            words % {"new": done.new, "changed": done.changed, "removed": done.removed, "left": done.left},
        )
        day = form.cleaned_data["since"]
        return redirect(f"{reverse('shifts:requirements')}?site={site.code}&day={day:%Y-%m-%d}")
    return render(request, "shifts/compute.html", {"form": form, "site": site}, status=status)


@require_GET
def goals(request: HttpRequest) -> HttpResponse:
    """Show how well each queue is to be answered."""
    require(request.user, "shifts.view_rosters")
    site, sites = asked.site(request)
    queues = [queue for queue in read.queues_of(request.user) if queue.site_id == site.pk]
    may = request.user.has_perm("shifts.plan", site)
    return render(
        request, "shifts/goals.html", {"site": site, "sites": sites, "queues": queues, "may_plan": may}
    )


@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, code: str) -> HttpResponse:
    """Say how well a queue is to be answered."""
    queue = read.queue_named(request.user, code)
    require(request.user, "shifts.plan", queue.site)
    known = QueueGoal.objects.filter(queue=queue).first() or QueueGoal(queue=queue)
    # Defaults of the model are text until a row is read from the database.
    known.clean_fields(exclude=["queue"])
    names = GoalForm.base_fields
    form = GoalForm(request.POST or None, initial={name: getattr(known, name) for name in names})
    saved, status = attempt(
        form, lambda: set_goal(actor=request.user, queue=queue, now=timezone.now(), **form.cleaned_data)
    )
    if saved:
        say_done(
            request,
            _("The goal of “%(queue)s” is saved; compute heads anew for it to count.") % {"queue": queue},
        )
        return redirect(f"{reverse('shifts:goals')}?site={queue.site.code}")
    return render(request, "shifts/goal.html", {"form": form, "queue": queue}, status=status)


def _frame(request: HttpRequest, site: Site, sites: list[Site], monday: date) -> dict[str, Any]:
    return {
        "site": site,
        "sites": sites,
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "all_hours": request.GET.get("hours") == "all",
    }


def _span(site: Site, monday: date) -> tuple[datetime, datetime]:
    return read.midnight(site, monday), read.midnight(site, monday + timedelta(days=7))


def _week(request: HttpRequest, site: Site, monday: date, known: dict[datetime, tuple[str, Origin]]) -> Week:
    opens, closes = usual_hours(calendars.load(site.calendar_id))
    shown = (time(), time.max) if request.GET.get("hours") == "all" else (opens, next_half_hour(closes))
    special = read.calendar_of(site, monday, monday + timedelta(days=7))
    return week(monday, read.zone_of(site), known, shown=shown, peaks=special.peaks)


def _back(request: HttpRequest, done: Put) -> HttpResponse:
    words = _("%(new)d half hours are new, %(changed)d changed, %(removed)d emptied.")
    say_done(request, words % {"new": done.new, "changed": done.changed, "removed": done.removed})
    return redirect(request.get_full_path())
