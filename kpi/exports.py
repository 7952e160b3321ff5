"""The rows behind each part of the page, as a file."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from kpi import board, words
from kpi.forms.board import BoardForm
from kpi.metrics import REGISTRY
from kpi.selectors.series import series

Sheet = tuple[list[Any], Iterator[list[Any]]]


def groups(user: Any, form: BoardForm) -> Sheet:
    """Return every group with every figure of the page."""
    metrics = board.shown(form.indicator)
    rows = series(user, replace(form.question(metrics), group_by=form.compared))
    head = [_("Key"), _("Name"), *(REGISTRY[key].name for key in metrics)]
    body = (
        [row["group"], words.name(row), *(board.told(row, key) for key in metrics)]
        for row in board.ordered(rows, form.indicator)
    )
    return head, body


def trend(user: Any, form: BoardForm) -> Sheet:
    """Return the figure of every group over time."""
    figure = form.indicator.figure
    rows = board.lasting(user, form.question([figure]), form.indicator, form.compared)
    body = ([row["interval"], row["group"], words.name(row), row[figure]] for row in rows)
    return [_("From"), _("Key"), _("Name"), REGISTRY[figure].name], body


def week(user: Any, form: BoardForm) -> Sheet:
    """Return the figure of every hour of the week."""
    figure = form.indicator.figure
    rows = board.week(user, form.question([figure]), form.indicator)
    body = (
        [words.weekday(day), hour, row["offered"], row[figure]]
        for row in rows
        for day, hour in [row["interval"].split()]
    )
    return [_("Weekday"), _("Time"), REGISTRY["offered"].name, REGISTRY[figure].name], body


def spread(user: Any, form: BoardForm) -> Sheet:
    """Return how many calls last how long, or are rated how."""
    question = form.question(board.shown(form.indicator))
    found = board.steps_of(user, question, form.indicator, series(user, question)[0])
    body = ([step.name, step.first, step.last, step.calls] for step in found.steps)
    return [_("Step"), _("From"), _("To"), _("Calls")], body


def band(user: Any, form: BoardForm) -> Sheet:
    """Return the percentiles of a length of time over time."""
    keys = form.indicator.band
    rows = board.band(user, form.question(keys), form.indicator)
    return [_("From"), *(REGISTRY[key].name for key in keys)], (
        [row["interval"], *(row[key] for key in keys)] for row in rows
    )


PARTS: Final = {"groups": groups, "trend": trend, "week": week, "spread": spread, "band": band}
