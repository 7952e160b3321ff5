"""Reports as lines over the weeks, and figures beside those before. No database."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from callcenter.words import in_year
from feedback.leaders.known import BY_KEY
from feedback.leaders.table import Row, all_of
from feedback.models import Report

HOUR: Final = 3600
LOOKS: Final = {
    "on_time": 100,
    "satisfied": 100,
    "dispute_rate": 100,
    "answer_p50": 1 / HOUR,
    "answer_p90": 1 / HOUR,
}
"""What a value is multiplied by before it is drawn: per cent, hours."""
HEADLINES: Final = (
    "new", "answered", "on_time", "overdue", "disputed", "satisfied", "answer_p50", "gap"
)  # fmt: skip


def lines(reports: Sequence[Report], by: str, keys: Sequence[str], unit: str = "") -> dict[str, Any]:
    """Return figures of all over the weeks, a line for each; a hidden week is a gap."""
    points = [all_of([report.figures], by).figures for report in reports]
    return {
        "kind": "line",
        "x": [in_year(report.since) for report in reports],
        "unit": unit,
        "series": [
            {
                "name": str(BY_KEY[key].head),
                "tone": f"c{tone}",
                "values": [_scaled(point[key], LOOKS.get(key, 1)) for point in points],
            }
            for tone, key in enumerate(keys, 1)
        ],
        "target": None,
        "target_label": "",
    }


def headlines(now: Row, before: Row) -> list[dict[str, Any]]:
    """Return the figures on top of a page, each beside that of the period before."""
    return [
        {
            "label": BY_KEY[key].head,
            "value": now.said(key),
            "note": _("before: %(figure)s") % {"figure": before.said(key)},
        }
        for key in HEADLINES
    ]


def cells(one: Row, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Return the figures of a group in words."""
    return [{"key": key, "label": BY_KEY[key].head, "text": one.said(key)} for key in keys]


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else round(value * scale, 2)
