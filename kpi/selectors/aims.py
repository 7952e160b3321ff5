"""The figure of an aim: before it began, and in its own days."""

from datetime import date, timedelta

from kpi.metrics import REGISTRY
from kpi.models import Aim
from kpi.selectors.assessing import CENTRE
from kpi.selectors.figures import figures


def figure(work_number: str, metric: str, since: date, until: date) -> float | None:
    """Return somebody's figure over these days, both included; None where there is none."""
    found = figures(CENTRE, [metric], since, until, filters=[("agent", work_number)])
    return next((row[metric] for row in found.values()), None)


def before(work_number: str, metric: str, since: date, until: date) -> float | None:
    """Return the figure of as many days before an aim as it runs."""
    days = until - since
    return figure(work_number, metric, since - days - timedelta(days=1), since - timedelta(days=1))


def so_far(aim: Aim, today: date) -> float | None:
    """Return the figure of an aim's own days until yesterday, or until its end; None before it begins."""
    until = min(aim.until, today - timedelta(days=1))
    return figure(aim.person.work_number, aim.metric, aim.since, until) if until >= aim.since else None


def is_reached(metric: str, value: float, goal: float) -> bool:
    """Say whether a figure, as it is shown, meets the goal; the metric says which way is better."""
    shown, wanted = REGISTRY[metric].rounded(value), REGISTRY[metric].rounded(goal)
    return shown >= wanted if REGISTRY[metric].more_is_better else shown <= wanted
