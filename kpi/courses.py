"""The course of an early warning as line, rows and sentences. No database."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callcenter.words import in_year
from kpi import words
from kpi.charts import SCALES
from kpi.metrics import REGISTRY
from kpi.models import EarlyWarning, WarningReading
from kpi.selectors.warnings import Effect


def at(row: EarlyWarning, reading: WarningReading) -> str:
    """Return the name of an interval: “10:30”, with its day where the warning is older; a day as “22 Nov”."""
    local = localtime(reading.at)
    if row.by_day:
        return in_year(local.date())
    begun = localtime(row.since).date()
    return f"{local:%H:%M}" if local.date() == begun else f"{in_year(local.date())} {local:%H:%M}"


def chart(row: Any) -> dict[str, Any]:
    """Return the course as a chart: the figure, what is usual, from where on it is out, the target."""
    metric = REGISTRY.get(row.metric)
    scale, unit = SCALES.get(metric.unit, (1, "")) if metric else (1, "")

    def scaled(value: float | None) -> float | None:
        return None if value is None else round(value * scale, 2)

    readings = list(row.readings.all())
    return {
        "kind": "line",
        "x": [at(row, one) for one in readings],
        "unit": unit,
        "series": [
            {"name": str(row.name), "tone": "risk", "values": [scaled(one.value) for one in readings]},
            {"name": _("Out beyond"), "tone": "c3", "values": [scaled(one.limit) for one in readings]},
            {"name": _("Usual"), "tone": "c2", "values": [scaled(one.middle) for one in readings]},
        ],
        "target": scaled(row.target),
        "target_label": _("target %(target)s") % {"target": row.wanted} if row.wanted else "",
    }


def in_words(row: Any, reading: Any) -> dict[str, Any]:
    """Return one interval in words."""
    return {
        "at": at(row, reading),
        "value": words.shown(row.metric, reading.value),
        "calls": reading.calls,
        "usual": words.shown(row.metric, reading.middle),
        "edge": words.shown(row.metric, reading.limit),
        "severity": reading.severity,
        "running": not reading.finished,
        "is_before": reading.at < row.since,
    }


def say(row: Any) -> str:
    """Say what the figure is against what is usual and wanted."""
    told = {
        "now": row.now,
        "usual": row.usual,
        "limit": row.edge,
        "target": row.wanted,
        "sample": row.sample,
    }
    if row.usual and row.more_is_better:
        sentence = _(
            "%(now)s; usual is %(usual)s, and from %(limit)s up it counts as usual (%(sample)d past values)."
        )
    elif row.usual:
        sentence = _(
            "%(now)s; usual is %(usual)s, and up to %(limit)s it counts as usual (%(sample)d past values)."
        )
    else:
        sentence = _("%(now)s; there is too little history to say what is usual.")
    parts = [sentence % told]
    if row.wanted:
        parts.append(_("The target is %(target)s.") % told)
    return " ".join(parts)


def verdict(row: EarlyWarning, found: Effect) -> str:
    """Say whether the figure came back, before and after the first deed."""
    if found.deed is None:
        return _("Nobody has recorded yet what was done.")
    if not found.after.intervals:
        return _("There is no figure yet of the time after it.")
    told = {
        "before": words.shown(row.metric, found.before.value),
        "after": words.shown(row.metric, found.after.value),
        "intervals": _intervals(row, found.after.intervals),
        "calls": words.calls(found.after.calls),
        "inside": found.after.intervals - found.after.out,
    }
    if not found.before.intervals:
        return (
            _("After it: %(after)s in %(intervals)s with %(calls)s, usual again in %(inside)d of them.")
            % told
        )
    return (
        _(
            "Before it %(before)s, after it %(after)s in %(intervals)s with %(calls)s; usual again in %(inside)d of them."
        )
        % told
    )


def _intervals(row: EarlyWarning, number: int) -> str:
    if row.by_day:
        return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}
    return ngettext("%(number)d half hour", "%(number)d half hours", number) % {"number": number}


def calls_address(row: EarlyWarning) -> str:
    """Return the address of the calls behind the warning, of the days that it lasted."""
    last = localtime(row.closed_at) if row.closed_at else localtime(row.raised_at) + timedelta(days=1)
    asked = {
        "site": row.site.code,
        "team": str(row.team_id) if row.team_id and not row.agent_id else "",
        "agent": row.agent.work_number if row.agent else "",
        "since": localtime(row.since).date().isoformat(),
        "until": last.date().isoformat(),
    }
    return f"{reverse('calls:list')}?{urlencode({name: value for name, value in asked.items() if value})}"
