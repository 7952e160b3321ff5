"""Cover: required and present heads of a day, and what is short over a range of days."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from agents.models import Skill
from callcenter.access import require
from callcenter.sheets.write import csv_lines
from shifts import asked
from shifts.cover import Cell, Gap, Sum, gaps, sums
from shifts.selectors import cover as read
from shifts.selectors.demand import midnight, zone_of

PLANS = {"live": gettext_lazy("As published"), "draft": gettext_lazy("As planned")}
"""Which cover is looked at: what agents were told, or the plan as it stands."""
LONGEST = 62
"""Days of a range of gaps."""


@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """Show the heads required and present on a day: a line chart and the table behind it."""
    require(request.user, "shifts.view_rosters")
    site, sites = asked.site(request)
    on, plan = asked.day(request, site), _plan(request)
    skills = {str(skill.pk): skill for skill in Skill.objects.filter(is_active=True)}
    skill = skills.get(request.GET.get("skill", ""))
    cells = _cells(plan, site, on, on + timedelta(days=1))
    rows = _of_skill(cells, skill.pk) if skill else sums(cells)
    zone = zone_of(site)
    context = {
        "site": site,
        "sites": sites,
        "day": on,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "plan": plan,
        "plans": PLANS,
        "skill": skill,
        "skills": skills.values(),
        "rows": [_row(row, cells, skills, zone) for row in rows],
        "short": sum(row.short for row in rows),
        "short_times": sum(row.short > 0 for row in rows),
        "chart": _chart(rows, zone),
    }
    return render(request, "shifts/cover.html", context)


@require_GET
def gap_list(request: HttpRequest) -> HttpResponseBase:
    """Show what is short on the days from `?since=` to `?until=`, both included; `?export=csv` is the same as a file."""
    require(request.user, "shifts.view_rosters")
    site, sites = asked.site(request)
    since = asked.day(request, site, "since")
    until = asked.read_day(request.GET.get("until", "")) or since + timedelta(days=6)
    until = min(max(since, until), since + timedelta(days=LONGEST - 1))
    plan = _plan(request)
    found = gaps(_cells(plan, site, since, until + timedelta(days=1)))
    skills = Skill.objects.in_bulk({gap.skill_id for gap in found if gap.skill_id})
    rows = [_gap(gap, skills, zone_of(site)) for gap in found]
    if request.GET.get("export") == "csv":
        return _file(rows, f"gaps-{site.code}-{since}.csv")
    context = {
        "site": site,
        "sites": sites,
        "since": since,
        "until": until,
        "plan": plan,
        "plans": PLANS,
        "rows": rows,
        "short": sum(gap.head_half_hours for gap in found),
    }
    return render(request, "shifts/gaps.html", context)


def _plan(request: HttpRequest) -> str:
    plan = request.GET.get("plan", "")
    return plan if plan in PLANS else "live"


def _cells(plan: str, site: Any, since: date, until: date) -> list[Cell]:
    function = read.draft if plan == "draft" else read.live
    return function(site, midnight(site, since), midnight(site, until))


def _of_skill(cells: Iterable[Cell], skill_id: int) -> list[Sum]:
    return [
        Sum(cell.starts_at, cell.required, cell.present, cell.short)
        for cell in cells
        if cell.skill_id == skill_id
    ]


def _row(row: Sum, cells: list[Cell], skills: dict[str, Skill], zone: ZoneInfo) -> dict[str, Any]:
    lacking = [
        (skills[str(cell.skill_id)], cell.short)
        for cell in cells
        if cell.starts_at == row.starts_at and cell.short and str(cell.skill_id) in skills
    ]
    return {"time": f"{row.starts_at.astimezone(zone):%H:%M}", "figures": row, "lacking": lacking}


def _chart(rows: list[Sum], zone: ZoneInfo) -> dict[str, Any]:
    return {
        "kind": "line",
        "x": [f"{row.starts_at.astimezone(zone):%H:%M}" for row in rows],
        "unit": "",
        "series": [
            {"name": _("Required"), "tone": "risk", "values": [row.required for row in rows]},
            {"name": _("Present"), "tone": "c1", "values": [row.present for row in rows]},
        ],
    }


def _gap(gap: Gap, skills: dict[int, Skill], zone: ZoneInfo) -> dict[str, Any]:
    begin, end = gap.starts_at.astimezone(zone), gap.ends_at.astimezone(zone)
    skill = skills.get(gap.skill_id or 0)
    return {"day": begin.date(), "since": begin.time(), "until": end.time(), "skill": skill, "gap": gap}


def _file(rows: list[dict[str, Any]], name: str) -> StreamingHttpResponse:
    head = [_("Day"), _("From"), _("To"), _("Skill"), _("Short at the worst"), _("Head half-hours short")]
    lines = csv_lines(
        head,
        (
            [
                row["day"],
                row["since"],
                row["until"],
                row["skill"].code if row["skill"] else "",
                row["gap"].worst,
                row["gap"].head_half_hours,
            ]
            for row in rows
        ),
    )
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
