"""What templates of the own roster and of adherence draw with."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.utils.timezone import localtime

from callcenter.templatetags.ui import duration
from shifts import moments

register = template.Library()


@register.filter
def strip(slices: list[Any]) -> list[moments.Block]:
    """Return the blocks of a shift's slices."""
    return list(moments.strip(slices))


@register.filter
def plain(number: float) -> str:
    """Return a number as SVG reads it, whatever the reader's language writes."""
    return f"{number:g}"


@register.filter
def told(moment: moments.Moment, now: datetime) -> str:
    """Return a moment in words, with the time until then."""
    return moment.text % {"time": duration(moment.until(now))}


@register.filter
def facts(shift: Any, meetings: Iterable[Any]) -> list[str]:
    """Return what else there is to know of an own shift: skill, site, breaks, meetings, note."""
    breaks = [f"{part.label} {_span(part.starts_at, part.ends_at)}" for part in shift.breaks]
    held = [f"{meeting.at:%H:%M} {meeting.label}" for meeting in meetings]
    return [text for text in (shift.skill, shift.site, *breaks, *held, shift.note) if text]


def _span(begin: datetime, end: datetime) -> str:
    return f"{localtime(begin):%H:%M}–{localtime(end):%H:%M}"
