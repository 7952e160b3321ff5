"""What a warning says: how its figure went, and whether what was done helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from callcenter.pages import CAP
from kpi.metrics import REGISTRY
from kpi.models import EarlyWarning, WarningDeed, WarningReading


@dataclass(frozen=True, slots=True)
class Part:
    """Some intervals together: how many, with how many calls, how many were out, and the figure (None without any)."""

    intervals: int
    calls: int
    out: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Effect:
    """A warning before and after its first deed. `summed` says that figures are of all calls, not of the middle interval."""

    deed: WarningDeed | None
    before: Part
    after: Part
    summed: bool


def effect(row: EarlyWarning) -> Effect:
    """Return what the figure was before the first deed and after it; an interval in which it was done is before."""
    deed = next(iter(row.deeds.all()), None)
    readings = [one for one in row.readings.all() if one.at >= row.since]
    cut: datetime | None = deed.done_at if deed else None
    before = [one for one in readings if cut is None or one.at < cut]
    after = [one for one in readings if cut is not None and one.at >= cut]
    summed = can_be_summed(row.metric)
    return Effect(deed, _part(before, summed=summed), _part(after, summed=summed), summed)


def can_be_summed(key: str) -> bool:
    """Say whether the figure of several intervals is that of their calls together: not of percentiles."""
    return key in REGISTRY and REGISTRY[key].count is None


def _part(readings: Sequence[WarningReading], *, summed: bool) -> Part:
    calls = sum(one.calls for one in readings)
    value = None
    if readings and summed:
        value = sum(one.value * one.calls for one in readings) / calls
    elif readings:
        value = median(one.value for one in readings)
    return Part(len(readings), calls, sum(1 for one in readings if one.severity), value)


def count_open(person: Any, site: str = "", team: str = "") -> int:
    """Count the open warnings at a place, up to what a page shows."""
    return EarlyWarning.objects.visible_to(person).at(site, team).open().order_by()[:CAP].count()


def count_unanswered(person: Any, site: str = "", team: str = "") -> int:
    """Count those of them about which nobody has done anything yet."""
    waiting = EarlyWarning.objects.visible_to(person).at(site, team).unanswered()
    return waiting.order_by()[:CAP].count()


def worst(person: Any, site: str = "", team: str = "", *, most: int) -> list[EarlyWarning]:
    """Return the worst open warnings at a place, newest first among equals."""
    rows = EarlyWarning.objects.visible_to(person).at(site, team).open().for_list()
    return list(rows.order_by("-severity", "-raised_at", "-pk")[:most])
