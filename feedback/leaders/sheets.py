"""The rows behind the page of analysis, as a file."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from feedback.leaders.asked import Asked
from feedback.leaders.known import FIGURES
from feedback.leaders.table import Row, all_of, rows

Sheet = tuple[list[Any], Iterator[list[Any]]]


def groups(asked: Asked) -> Sheet:
    """Return every group with every figure of the period."""
    found = [*rows(asked.figures, asked.by), all_of(asked.figures, asked.by)]
    head = [_("Key"), _("Name"), _("Weeks told of"), *(figure.head for figure in FIGURES)]
    return head, ([one.key, one.name, one.weeks, *_values(one)] for one in found)


def weeks(asked: Asked) -> Sheet:
    """Return every week with every group and every figure."""
    head = [_("From"), _("To"), _("Key"), _("Name"), *(figure.head for figure in FIGURES)]
    body = (
        [report.since, report.last, one.key, one.name, *_values(one)]
        for report in asked.period
        for one in [*rows([report.figures], asked.by), all_of([report.figures], asked.by)]
    )
    return head, body


def _values(one: Row) -> list[float | None]:
    return [one.figures[figure.key] for figure in FIGURES]


PARTS: Final[dict[str, Callable[[Asked], Sheet]]] = {"groups": groups, "weeks": weeks}
