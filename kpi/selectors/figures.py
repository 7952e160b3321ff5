"""Figures of people, teams or places over whole days, for what judges them: by group, then by metric."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kpi.selectors.series import Question, series

Figures = dict[str, dict[str, float | None]]


def figures(
    user: Any,
    metrics: Sequence[str],
    since: date,
    until: date,
    *,
    group_by: str = "none",
    filters: Sequence[tuple[str, str]] = (),
) -> Figures:
    """Return {group: {metric: value}} over the calls that the person may see, both days included.

    A group is a key as `series` shows it: a work number, a team's number, a code; "" is what belongs to none, and all
    together without grouping. DomainError names the parameter that cannot be answered.
    """
    question = Question(
        metrics=list(metrics), start=since, end=until, group_by=group_by, filters=tuple(filters)
    )
    return {row["group"]: {key: row[key] for key in metrics} for row in series(user, question)}
