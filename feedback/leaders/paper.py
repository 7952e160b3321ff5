"""The weekly report on paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from callcenter.templatetags.ui import dated
from feedback.leaders import charts
from feedback.leaders.known import BY_KEY, FIGURES
from feedback.leaders.table import all_of, rows
from feedback.models import Report
from feedback.selectors.analysis import shown_topics


def data(
    report: Report,
    before: Sequence[dict[str, Any]],
    *,
    keys: Sequence[str],
    printed_by: str,
    printed_at: datetime,
) -> dict[str, Any]:
    """Return what templates/documents/leaders.typ is filled with; in the active language. One query."""
    every = [figure.key for figure in FIGURES]
    now, then = all_of([report.figures], "department"), all_of(before, "department")
    return {
        "title": _("Employee feedback: report to the leaders"),
        "subtitle": f"{dated(report.since)} – {dated(report.last)}",
        "figures": {
            "heads": ["", _("This week"), _("The week before")],
            "rows": [
                [cell["label"], cell["text"], past["text"]]
                for cell, past in zip(charts.cells(now, every), charts.cells(then, every), strict=True)
            ],
        },
        "departments": {
            "title": _("By department"),
            "heads": [_("Department"), *(BY_KEY[key].head for key in keys)],
            "rows": [
                [one.name, *(cell["text"] for cell in charts.cells(one, keys))]
                for one in rows([report.figures], "department")
            ],
        },
        "topics": {
            "title": _("Hot topics on the board"),
            "rows": [
                [topic["subject"], topic["number"], topic["voices"]]
                for topic in shown_topics(report.figures["topics"])
            ],
        },
        "note": hidden(report),
        "printed_by": printed_by,
        "printed_at": printed_at,
    }


def hidden(report: Report) -> str:
    """Say what is not told, and why."""
    return _(
        "“–” stands where fewer than %(cell)d would be told of, or could be computed: feedback stays anonymous."
    ) % {"cell": report.figures["least"]["cell"]}
