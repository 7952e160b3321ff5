"""What the style guide draws its components with. Nothing of it is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from callcenter.jobs.enums import State
from callcenter.jobs.models import Job
from callcenter.saving import UNDO
from callcenter.styleguide.forms import SampleForm
from callcenter.templatetags.ui import terse

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Left:
    """Working time left, as components/left.html takes it."""

    state: str
    seconds: int
    due: datetime
    note: str = ""


def lefts(now: datetime) -> list[Left]:
    """Return the three states of a clock."""
    return [
        Left("ontime", 13 * HOUR + 2880, now + timedelta(days=2)),
        Left("risk", 720, now + timedelta(minutes=12), _("first response")),
        Left("late", -2 * HOUR - 720, now - timedelta(days=1)),
    ]


def needs(now: datetime) -> list[dict[str, Any]]:
    """Return rows of what needs somebody, worst first."""
    titles = [
        _("C-2026-000012 · Promised a call back three times"),
        _("C-2026-000031 · Both visits of the technician were charged"),
    ]
    worst = [lefts(now)[2], lefts(now)[1]]
    sub = _("Tier 1 · company · not escalated")
    return [{"left": left, "title": title, "sub": sub} for left, title in zip(worst, titles, strict=True)]


def rungs(now: datetime) -> list[dict[str, Any]]:
    """Return a ladder on its second rung."""
    return [
        {
            "number": 1,
            "name": _("Supervisor"),
            "note": "1001",
            "when": terse(now - timedelta(hours=9)),
            "past": True,
        },
        {"number": 2, "name": _("Regional service manager"), "note": "2001", "now": True},
        {
            "number": 3,
            "name": _("Service department manager"),
            "note": "3001",
            "when": terse(now + timedelta(hours=5)),
        },
    ]


def steps() -> list[dict[str, str]]:
    """Return a course half done."""
    return [
        {"label": _("Accepted"), "state": "done"},
        {"label": _("Solution"), "state": "now"},
        {"label": pgettext("complaint", "Closed"), "state": ""},
    ]


def figures() -> list[dict[str, Any]]:
    """Return a figure in each of its states."""
    return [
        {
            "label": _("Answer rate"),
            "value": "87.4",
            "unit": "%",
            "state": "risk",
            "verdict": _("2.6 points under 90 %"),
            "note": _("Last Tuesday 91.2 %"),
            "trend": [92, 91, 90, 91, 88, 86, 85, 87],
        },
        {
            "label": _("Solved at first contact"),
            "value": "84.1",
            "unit": "%",
            "state": "ontime",
            "verdict": _("Over target 82 %"),
        },
        {"label": _("Open complaints"), "value": "46", "url": reverse("styleguide:guide")},
        {"label": _("Handle time"), "value": "–", "note": _("No calls yet")},
    ]


def said() -> list[Message]:
    """Return a message of each kind; the first can be taken back."""
    undo = f"{UNDO}{reverse('styleguide:undo')}"
    return [
        Message(messages.SUCCESS, _("The view is removed."), extra_tags=undo),
        Message(messages.WARNING, _("Two of 214 rows were left out.")),
        Message(messages.ERROR, _("It was changed meanwhile. Load it again.")),
    ]


def jobs(person: Any, now: datetime) -> list[Job]:
    """Return a job in each of its states; none of them is stored."""
    facts = {"person": person, "title": _("Export of complaints"), "total": 4000, "created_at": now}
    return [
        Job(pk=0, state=State.WAITING, **facts),
        Job(pk=0, state=State.RUNNING, done=1640, note=_("writing"), started_at=now, **facts),
        Job(pk=0, state=State.DONE, done=4000, message=_("4,000 rows"), url="/", ended_at=now, **facts),
        Job(
            pk=0,
            state=State.FAILED,
            done=900,
            error=_("The disk is full. Ask your administrator."),
            ended_at=now,
            **facts,
        ),
        Job(pk=0, state=State.CANCELLED, done=900, ended_at=now, **facts),
    ]


def chart() -> dict[str, Any]:
    """Return a line with its target."""
    values = [92, 91, 93, 90, 88, 87, 89, 91]
    days = [str(day) for day in range(15, 23)]
    series = [{"name": _("Answer rate"), "values": values, "tone": "c1"}]
    return {
        "kind": "line",
        "x": days,
        "unit": "%",
        "target": 90,
        "target_label": _("target 90 %"),
        "series": series,
    }


def pieces(person: Any, now: datetime, theme: str) -> dict[str, Any]:
    """Return what one of the two columns shows; `theme` keeps the ids of its fields apart from the other's."""
    wrong = SampleForm({"subject": "x" * 41, "tier": "9", "day": "31.2."}, prefix_id=f"{theme}-wrong")
    wrong.add_error(None, _("Nothing was saved. Mend the fields below."))
    return {
        "theme": theme,
        "lefts": lefts(now),
        "needs": needs(now),
        "rungs": rungs(now),
        "steps": steps(),
        "figures": figures(),
        "said": said(),
        "jobs": jobs(person, now),
        "form": SampleForm(prefix_id=theme),
        "wrong": wrong,
    }
