"""Which figures can be watched, and how many calls each rests on."""

import re
from typing import Final

from kpi.measures import Metric
from kpi.metrics import METRICS, REGISTRY

UNITS: Final = {"share": 0.01, "seconds": 3.0, "rating": 0.05}
"""Units that do not grow with the number of calls, each with the difference below which nobody would call two unlike."""
LATER: Final = {"followed", "settled"}
"""What is known only days after a call."""
ODD: Final = ("_sum", "_min", "_max", "_p10")
"""One odd call makes the longest; a sum grows all day; nobody is helped where the shortest calls are unusual."""
OTHER_RULES: Final = re.compile("service_level_[A-E]_[0-9]+")
"""The house is watched by its own rule."""


def can_be_watched(metric: Metric) -> bool:
    """Say whether a figure means the same over half an hour as over a day, and one way is worth a warning.

    Of lengths of time it is the longer one, though short calls are not good in themselves.
    """
    return (
        metric.unit in UNITS
        and (metric.more_is_better is not None or metric.unit == "seconds")
        and metric.source == "calls"
        and not metric.key.endswith(ODD)
        and not OTHER_RULES.fullmatch(metric.key)
        and not any(part.what in LATER for part in metric.parts)
    )


def watchable() -> list[Metric]:
    """Return the figures that can be watched."""
    return [metric for metric in METRICS if can_be_watched(metric)]


def behind(key: str) -> tuple[str, str]:
    """Return the metric that counts the calls behind a figure, and the one to be taken off it (“” is none)."""
    metric = REGISTRY[key]
    if metric.counted_by:
        return metric.counted_by, ""
    if key.endswith("of_offered"):
        return "offered", ""
    if metric.of_lost:
        return "offered", "short_abandoned"
    for beginning, counted in (
        ("satisfaction", "satisfaction_n"),
        ("share_handled", "handle_time_n"),
        ("share_talk", "talk_time_n"),
    ):
        if key.startswith(beginning):
            return counted, ""
    if key.endswith("_mean"):
        return key.removesuffix("mean") + "n", ""
    return "answered", ""


def asked_for(keys: list[str]) -> list[str]:
    """Return the metrics to ask for, so that each of `keys` comes with its calls."""
    counts = [count for key in keys for count in behind(key) if count]
    return list(dict.fromkeys((*keys, *counts)))
