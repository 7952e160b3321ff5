"""What somebody has to do, as components/need.html draws it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import Role
from callcenter.templatetags.ui import brief
from callcenter.worktime import calendars
from callcenter.worktime.remaining import Left
from complaints import selectors
from complaints.enums import Act, ClockKind
from complaints.models import Clock, Complaint
from complaints.views.deeds import DEEDS

NEAREST = 30
"""Of so many nearest deadlines the least working time left is looked for; it differs by calendar."""
OWN_CLOCK = (Act.RESPOND, Act.CARRY_OUT)
"""What has a deadline other than the solution's."""
SHOWN = 10
"""How many needs stand on the page, and how many people; the rest is one click away."""


def needs_of(
    tasks: Sequence[selectors.Task], person: User, *, now: datetime, shown: int | None
) -> list[dict[str, Any]]:
    """Return the first `shown` of the tasks (None: all), those with the least working time left first."""
    looked_at = tasks[: None if shown is None else max(NEAREST, shown)]
    rows: dict[int, Any] = {
        row.pk: row
        for row in Complaint.objects.filter(pk__in={task.complaint_id for task in looked_at}).for_needs()
    }
    selectors.with_time_left(list(rows.values()), now=now)
    clocks = _left_of_clocks(looked_at, now)
    told = [
        (task, row, clocks[task.subject] if task.act in OWN_CLOCK else row.left)
        for task in looked_at
        for row in [rows[task.complaint_id]]
    ]
    told.sort(key=lambda one: one[2].seconds if one[0].has_deadline else float("inf"))
    return [_need(task, row, left_, person) for task, row, left_ in told[:shown]]


def _left_of_clocks(tasks: Iterable[selectors.Task], now: datetime) -> dict[int, Left]:
    """Return what is left of the clocks of first responses and corrective actions, by their keys."""
    wanted = [task.subject for task in tasks if task.act in OWN_CLOCK]
    clocks = list(Clock.objects.filter(pk__in=wanted)) if wanted else []
    hours = calendars.load_many({clock.calendar_id for clock in clocks}) if clocks else {}
    left_of = {clock.pk: selectors.left_of(clock, hours[clock.calendar_id], now) for clock in clocks}
    silent = {clock.pk for clock in clocks if clock.kind == ClockKind.RESPONSE}
    return {
        key: replace(left_, note=_("first response")) if key in silent else left_
        for key, left_ in left_of.items()
    }


def about(complaint: Any) -> dict[str, Any]:
    """Return a complaint with its time left."""
    told = {"person": complaint.responsible.name, "level": complaint.level}
    answers = _("with %(person)s on level %(level)s") if complaint.level else _("with %(person)s")
    return {
        "complaint": complaint,
        "name": complaint.reference,
        "page": complaint.get_absolute_url(),
        "icon": "complaint",
        "left": complaint.left,
        "title": f"{complaint.reference} · {complaint.subject}",
        "sub": f"{complaint.get_tier_display()} · {complaint.customer_name} · {answers % told}",
    }


def _need(task: selectors.Task, complaint: Any, left_: Left, person: User) -> dict[str, Any]:
    if task.act == Act.ANSWER:
        return _question(task, complaint)
    need = about(complaint) | {"act": task.act, "name": f"{complaint.reference}-{task.act}-{task.subject}"}
    need |= {"icon": DEEDS[task.act].icon} | _clock(task, left_)
    if task.act == Act.RULE and not person.holds(Role.SERVICE_MANAGER):
        waiting = _("waits for the ruling")
        return need | {"sub": f"{waiting} · {need['sub']}"}
    address = reverse("complaints:act", args=[complaint.reference, task.act])
    return need | {"url": address, "label": task.act.label, "panel": True}


def _clock(task: selectors.Task, left_: Left) -> dict[str, Any]:
    """Return the time left, or where there is no deadline, since when it waits."""
    if task.has_deadline:
        return {"left": left_}
    return {"left": None, "since": _("since %(when)s") % {"when": brief(task.at)}}


def _question(task: selectors.Task, complaint: Any) -> dict[str, Any]:
    """Return a question to the person: of the complaint itself nothing is told but its number and its deadline."""
    return {
        "complaint": complaint,
        "act": task.act,
        "name": f"{complaint.reference}-{task.act}-{task.subject}",
        "icon": "help",
        "left": complaint.left,
        "title": _("A question to you about %(reference)s") % {"reference": complaint.reference},
        "sub": _("The investigator waits for your side of the story."),
        "page": reverse("complaints:questions"),
        "url": reverse("complaints:answer", args=[task.subject]),
        "label": task.act.label,
        "panel": True,
    }
