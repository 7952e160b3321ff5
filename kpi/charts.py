"""Rows of figures as the trend and the table of a page. No database."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from babel import Locale
from babel.dates import format_skeleton
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from callcenter.words import in_year
from kpi import trail, words
from kpi.board import COLUMNS, Board, Row, told
from kpi.metrics import REGISTRY

HEADS: Final = {
    "offered": gettext_lazy("Offered"),
    "answered": gettext_lazy("Answered"),
    "agents": gettext_lazy("Agents"),
    "calls_per_agent_day": gettext_lazy("Calls per agent, day"),
    "answer_rate": gettext_lazy("Answer rate"),
    "speed_of_answer_p90": gettext_lazy("Wait p90"),
    "handle_time_p50": gettext_lazy("Handle p50"),
    "handle_time_p90": gettext_lazy("Handle p90"),
    "share_handled_le_300s": gettext_lazy("Within 5 min"),
    "fcr_of_answered": gettext_lazy("First contact"),
    "satisfaction_mean": gettext_lazy("Satisfaction"),
}
"""Names short enough for the head of a column."""
MOST_SHOWN: Final = 100
SPARK: Final = 14
SCALES: Final = {"share": (100, "%"), "seconds": (1, "s")}


def columns(by: str) -> list[str]:
    """Return the metrics of the table; how many agents an agent is need not be said."""
    return [key for key in COLUMNS if key != by + "s"]


def judged(key: str, by: str) -> bool:
    """Say whether a metric's target is asked of such groups: nobody spends a whole day on one queue or topic."""
    return key != "calls_per_agent_day" or by in {"site", "team", "agent"}


def heads(board: Board) -> list[dict[str, Any]]:
    """Return the heads of the table, each with what it means and its target."""
    return [
        {
            "key": key,
            "label": HEADS[key],
            "metric": REGISTRY[key],
            "target": words.target(board.target(key)) if judged(key, board.by) else "",
        }
        for key in columns(board.by)
    ]


def table(board: Board) -> list[dict[str, Any]]:
    """Return the groups with their figures, the worst first, and how each of them went."""
    sparks = _by_group(board) if board.followed else {}
    return [
        {
            "name": words.name(row),
            "calls_url": _calls(board, row),
            "key": row["group"],
            "sub": row["group"] if board.by in {"agent", "queue"} and row["group"] != row["label"] else "",
            "cells": cells(board, row),
            "spark": list(sparks.get(row["group"], {}).values())[-SPARK:],
        }
        for row in board.groups[:MOST_SHOWN]
    ]


def _calls(board: Board, row: Row) -> str:
    """Return the address of the calls behind a row; "" for what belongs to no group."""
    return trail.calls({**board.limits, board.by: row["group"]}, *board.days) if row["group"] else ""


def cells(board: Board, row: Row) -> list[dict[str, Any]]:
    """Return the figures of a row in words; what meets or misses a target says so."""
    return [
        {
            "key": key,
            "label": HEADS[key],
            "text": words.shown(key, told(row, key)),
            "met": board.met(key, row) if judged(key, board.by) else None,
        }
        for key in columns(board.by)
    ]


def _by_group(board: Board) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in board.lasting:
        if row[board.indicator.figure] is not None:
            found[row["group"]][row["interval"]] = row[board.indicator.figure]
    return found


def trend(board: Board) -> dict[str, Any] | None:
    """Return the figure over time as a line for each of the worst groups; the worst stands out. None without a figure."""
    metric = board.indicator.metric
    scale, unit = SCALES.get(metric.unit, (1, ""))
    times = sorted({row["interval"] for row in board.lasting})
    lines = _by_group(board)
    named = words.drawn(board)
    groups = (
        [(words.name(row), row["group"], "c2") for row in named] if board.followed else [(_("All"), "", "c1")]
    )
    if len(named) > 1 and board.followed:
        groups[0] = (*groups[0][:2], "risk")
    if not any(lines.get(key) for _label, key, _tone in groups):
        return None
    return {
        "kind": "line",
        "x": [short(time, board.grain) for time in times],
        "unit": unit,
        "series": [
            {
                "name": label,
                "tone": tone,
                "values": [_scaled(lines.get(key, {}).get(time), scale) for time in times],
            }
            for label, key, tone in groups
        ],
        **aims(board, times),
    }


def band(board: Board) -> dict[str, Any] | None:
    """Return a length of time over time as a band from the shortest tenth over the median to the longest; None of fewer than two points."""
    names = (_("one in ten under"), _("half under"), _("nine in ten under"))
    tones = ("c2", "c1", "c2")
    if sum(row[board.indicator.figure] is not None for row in board.band) < 2:  # noqa: PLR2004 (a line has two ends)
        return None
    lines = zip(board.indicator.band, names, tones, strict=True)
    return {
        "kind": "line",
        "x": [short(row["interval"], board.grain) for row in board.band],
        "unit": "s",
        "series": [
            {"name": name, "tone": tone, "values": [row[key] for row in board.band]}
            for key, name, tone in lines
        ],
        "band": [0, 2],
        **aims(board, [row["interval"] for row in board.band]),
    }


def aims(board: Board, times: Sequence[str]) -> dict[str, Any]:
    """Return what was wanted at each interval of a line, and what is wanted now."""
    metric = board.indicator.metric
    scale, _unit = SCALES.get(metric.unit, (1, ""))
    wanted = [board.target(metric.key, day=_first_day(time)) for time in times]
    if not any(wanted):
        return {}
    values = [_scaled(target.value if target else None, scale) for target in wanted]
    return {"target": values, "target_label": words.target(wanted[-1])}


def _first_day(time: str) -> date:
    return date.fromisoformat(time if len(time) > len("2026-11") else f"{time}-01")


def _scaled(value: float | None, scale: int) -> float | None:
    return None if value is None else round(value * scale, 2)


def short(time: str, grain: str) -> str:
    """Return the name of an interval for an axis: “22 Nov”, “11月22日”; a month as “Nov 2026”."""
    if grain != "month":
        return in_year(date.fromisoformat(time))
    locale = Locale.parse(to_locale(get_language() or "en"))
    return format_skeleton("yMMM", date.fromisoformat(f"{time}-01"), locale=locale)
