"""Figures that do not come from calls: complaints, feedback, shifts. Each is counted by the day, in one statement."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from kpi.counters import Counter
from kpi.measures import Metric
from kpi.selectors.sources import complaints, feedback, shifts

if TYPE_CHECKING:
    from kpi.selectors.series import Question

Row = dict[str, Any]
COUNTED: Final[dict[str, Callable[[Any, "Question", Collection[str]], Iterable[Row]]]] = {
    "complaints": complaints.counted,
    "feedback": feedback.counted,
    "shifts": shifts.counted,
}
"""Who counts for a source: (user, question, names of counters) -> rows {group, label, interval, NAME: number}."""
GROUPS: Final = {
    "complaints": ("none", "site", "team", "agent"),
    "shifts": ("none", "site", "team", "agent"),
    "feedback": ("none",),
}
INTERVALS: Final = {
    "complaints": ("none", "day", "week", "month", "weekday"),
    "shifts": ("none", "day", "week", "month", "weekday"),
    "feedback": ("none", "week"),
}
EMPTY: Final = {"sum": None, "min": None, "max": None, "rank": None}
"""What a counter of calls says where there are none; any other says 0."""


def check(metrics: Sequence[Metric], question: "Question") -> None:
    """Raise DomainError if one of the metrics is not known by this group, interval or filter."""
    for metric in metrics:
        if metric.source == "calls":
            continue
        for field, value, known in (
            ("group_by", question.group_by, GROUPS[metric.source]),
            ("interval", question.interval, INTERVALS[metric.source]),
            *((name, name, GROUPS[metric.source]) for name, _value in question.filters),
        ):
            if value not in known:
                raise DomainError(
                    _("“%(metric)s” is not known by %(value)s.") % {"metric": metric.key, "value": value},
                    field=field,
                    code="grain",
                    mend=_("Known are: %(known)s.") % {"known": ", ".join(known)},
                )


def with_others(user: Any, question: "Question", metrics: Sequence[Metric], rows: list[Row]) -> list[Row]:
    """Return rows of counters of calls with those of the other sources that the metrics need.

    There is a row wherever one of them has counted something; the order is that of interval, label and group.
    """
    parts = {part for metric in metrics for part in metric.parts}
    wanted: dict[str, set[str]] = {}
    for part in parts:
        if part.source != "calls":
            wanted.setdefault(part.source, set()).add(part.name)
    if not wanted:
        return rows
    is_total = question.group_by == question.interval == "none"
    found: dict[tuple[str, str], Row] = {("", ""): {}} if is_total else {}
    found |= {_place(row): row for row in rows}
    for source, names in wanted.items():
        for row in COUNTED[source](user, question, names):
            found.setdefault(_place(row), {}).update(row)
    nothing = {part.name: _nothing(part) for part in parts}
    merged = [nothing | row for row in found.values()]
    return sorted(merged, key=lambda row: [str(row.get(name, "")) for name in ("interval", "label", "group")])


def _place(row: Row) -> tuple[str, str]:
    return str(row.get("group", "")), str(row.get("interval", ""))


def _nothing(part: Counter) -> int | None:
    return EMPTY.get(part.how, 0) if part.source == "calls" else 0
