"""Rows of figures as a page shows them: cards, charts, and the sentence that says what stands out. No database."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from callcenter.templatetags.ui import percent, seconds
from kpi.metrics import REGISTRY

CARDS: Final = (
    "offered", "answered", "answer_rate", "service_level_20", "speed_of_answer_mean", "speed_of_answer_p90",
    "talk_time_mean", "talk_time_p90", "share_talk_le_300s", "resolved", "fcr_of_answered", "satisfaction_mean",
)  # fmt: skip
COLUMNS: Final = {
    "offered": _l("Offered"),
    "answered": _l("Answered"),
    "abandoned": _l("Abandoned"),
    "answer_rate": _l("Answer rate"),
    "service_level_20": _l("Within 20 s"),
    "speed_of_answer_mean": _l("Wait, mean"),
    "speed_of_answer_p90": _l("Wait, p90"),
    "talk_time_mean": _l("Talk, mean"),
    "talk_time_p90": _l("Talk, p90"),
    "fcr_of_answered": _l("First contact"),
    "satisfaction_mean": _l("Satisfaction"),
}
"""The columns of the tables, under names short enough for a head."""
SHOWN: Final = tuple(dict.fromkeys((*CARDS, *COLUMNS)))
MOST_BARS: Final = 25
FEW: Final = 30
"""A group with fewer calls is not named as the best or the worst."""


def shown(key: str, value: float | None) -> str:
    """Return a figure in the reader's words, by the unit of its metric."""
    unit = REGISTRY[key].unit
    if value is None:
        return "–"
    if unit == "share":
        return percent(value)
    if unit == "seconds":
        return seconds(value)
    return number_format(value, decimal_pos=0 if isinstance(value, int) else 2, force_grouping=True)


def cards(total: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the figures on top, each with its formula."""
    return [
        {"label": REGISTRY[key].name, "value": shown(key, total[key]), "note": REGISTRY[key].formula}
        for key in CARDS
    ]


def table(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with a head (the interval or the group) and a cell for each column."""
    return [
        {
            "head": head(row),
            "sub": row["group"] if row["group"] != row["label"] else "",
            "cells": [{"label": label, "text": shown(key, row[key])} for key, label in COLUMNS.items()],
        }
        for row in rows
    ]


def head(row: dict[str, Any]) -> str:
    """Return what a row is about: an hour as “09:00”, a weekday by its name, a person, “–” for nobody."""
    slot = row["interval"]
    if isinstance(slot, int):
        return f"{slot:02}:00"
    names = {
        "Mon": _("Mon"),
        "Tue": _("Tue"),
        "Wed": _("Wed"),
        "Thu": _("Thu"),
        "Fri": _("Fri"),
        "Sat": _("Sat"),
        "Sun": _("Sun"),
    }
    return names.get(slot) or slot or row["label"] or "–"


def rates(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the answer rate of each row as bars."""
    values = [None if row["answer_rate"] is None else row["answer_rate"] * 100 for row in rows]
    return _chart("bar", rows, "%", {"name": str(REGISTRY["answer_rate"].name), "values": values})


def volumes(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return answered and abandoned calls of each row as bars."""
    named = [(key, {"abandoned": "risk"}.get(key, "c1")) for key in ("answered", "abandoned")]
    series = [
        {"name": str(REGISTRY[k].name), "values": [row[k] for row in rows], "tone": t} for k, t in named
    ]
    return _chart("bar", rows, "", *series)


def waits(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return mean and p90 of the speed of answer of those who answered most."""
    most = sorted(rows, key=lambda row: -row["answered"])[:MOST_BARS]
    keys = ("speed_of_answer_mean", "speed_of_answer_p90")
    series = [{"name": str(REGISTRY[key].name), "values": [row[key] for row in most]} for key in keys]
    return _chart("bar", most, "s", *series)


def _chart(kind: str, rows: Sequence[dict[str, Any]], unit: str, *series: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "x": [head(row) for row in rows], "unit": unit, "series": list(series)}


def worst_rate(rows: Sequence[dict[str, Any]]) -> str:
    """Say which row has the lowest answer rate, if there is one with calls enough."""
    enough = [row for row in rows if row["offered"] >= FEW and row["answer_rate"] is not None]
    if len(enough) < 2:  # noqa: PLR2004 (one row is lowest of nothing)
        return ""
    low = min(enough, key=lambda row: row["answer_rate"])
    return _("Lowest: %(name)s, %(rate)s of %(offered)d calls.") % {
        "name": head(low),
        "rate": percent(low["answer_rate"]),
        "offered": low["offered"],
    }


def slowest(rows: Sequence[dict[str, Any]]) -> str:
    """Say for which row callers waited longest, if there is one with calls enough."""
    enough = [row for row in rows if row["answered"] >= FEW and row["speed_of_answer_p90"] is not None]
    if len(enough) < 2:  # noqa: PLR2004 (one row is slowest of nothing)
        return ""
    slow = max(enough, key=lambda row: row["speed_of_answer_p90"])
    return _("Longest: %(name)s, nine calls in ten were answered within %(wait)s.") % {
        "name": head(slow),
        "wait": seconds(slow["speed_of_answer_p90"]),
    }


def busiest(rows: Sequence[dict[str, Any]]) -> str:
    """Say which row has the most calls."""
    if not rows:
        return ""
    top = max(rows, key=lambda row: row["offered"])
    return _("Most: %(name)s, %(offered)d calls.") % {"name": head(top), "offered": top["offered"]}
