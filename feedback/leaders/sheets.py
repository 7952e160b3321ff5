"""The rows behind the page of analysis, as a file."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from feedback.leaders.asked import Asked
from feedback.leaders.table import ALL, FIGURES, Row, row, rows

Sheet = tuple[list[Any], Iterator[list[Any]]]


def groups(asked: Asked) -> Sheet:
    """Return every group with every figure of the period."""
    found = [*rows(asked.figures, asked.by), row(asked.figures, asked.by, ALL)]
    head = [_("Key"), _("Name"), _("Weeks told of"), *(figure.label for figure in FIGURES)]
    return head, ([one.key, one.name, one.weeks, *_values(one)] for one in found)


def weeks(asked: Asked) -> Sheet:
    """Return every week with every group and every figure."""
    head = [_("From"), _("To"), _("Key"), _("Name"), *(figure.label for figure in FIGURES)]
    body = (
        [report.since, report.last, one.key, one.name, *_values(one)]
        for report in asked.period
        for one in [*rows([report.figures], asked.by), row([report.figures], asked.by, ALL)]
    )
    return head, body


def _values(one: Row) -> list[float | None]:
    return [one.figures[figure.key] for figure in FIGURES]


PARTS: Final[dict[str, Callable[[Asked], Sheet]]] = {"groups": groups, "weeks": weeks}
