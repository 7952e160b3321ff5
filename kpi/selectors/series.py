"""Figures over the calls that somebody may see, in each site's own time zone: one statement over roll-ups."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final

from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from calls.selectors import sees_whole_sites
from kpi.counters import Counter
from kpi.measures import Metric
from kpi.metrics import REGISTRY
from kpi.selectors import sources
from kpi.selectors.counting import answer, pieces

MOST_ROWS: Final = 10_000
MOST_DAYS: Final = 1_098
FIRST_DAY: Final = date(1970, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

GROUPS: Final = tuple(pieces.GROUPS)
"""What rows can be grouped by."""
INTERVALS: Final = tuple(pieces.SLOTS)
"""The times that can make a row. A week is named by its Monday."""
FILTERS: Final = tuple(name for name in GROUPS if name != "none")
"""What figures can be limited to, by the same keys that rows are grouped by."""
OF_PEOPLE: Final = {"team", "agent"}
LOST: Final = (Counter("abandoned"), Counter("flowed_out"))
"""Calls that nobody answered."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: metrics by key, how to group, which local dates (both included), and limits by key.

    `before` leaves out what came later in the day, so that a day that still runs can be compared with a past one.
    """

    metrics: Sequence[str]
    start: date
    end: date
    group_by: str = "none"
    interval: str = "none"
    filters: tuple[tuple[str, str], ...] = ()
    before: time | None = None


def series(
    user: Any, question: Question, *, most: int = MOST_ROWS, told: bool | None = None
) -> list[dict[str, Any]]:
    """Return a row for each group and interval that has calls: {group, label, interval, KEY: value, …}.

    Ordered by interval, then group. Without grouping and interval there is one row, even if no call was found.
    Rates that need lost calls are None where only calls of teams or agents are asked about and no lost call has one;
    of a part of a question, `told` says what `tells_lost` said of the whole. More than `most` rows are refused.
    DomainError names the parameter that cannot be answered.
    """
    metrics = check(question)
    counters = {part for metric in metrics for part in metric.parts if part.source == "calls"}
    narrow = any(metric.of_lost for metric in metrics) and is_narrow(user, question)
    if narrow and told is None:
        counters.update(LOST)
    counted = answer.counted(user, question, counters, most=most) if counters else []
    if len(counted) > most:
        raise DomainError(
            _("The answer has more than %(most)d rows.") % {"most": most},
            field="interval",
            code="too_many_rows",
            mend=_("Ask for a longer interval, fewer dates or fewer groups."),
        )
    untold = narrow and not (_has_lost(question, counted) if told is None else told)
    counted = sources.with_others(user, question, metrics, counted)
    return [_row(row, metrics, question.interval, untold=untold) for row in counted]


def tells_lost(user: Any, question: Question) -> bool:
    """Say whether the rates of a question that need lost calls can be told; DomainError as of `series`."""
    check(question)
    if not is_narrow(user, question) or not any(_metric(key).of_lost for key in question.metrics):
        return True
    counted = answer.counted(user, replace(question, interval="none"), LOST, most=sys.maxsize)
    return _has_lost(question, counted)


def is_narrow(user: Any, question: Question) -> bool:
    """Say whether only calls of some teams or agents are asked about. A call that nobody answered often has neither."""
    asked = {question.group_by, *(name for name, _value in question.filters)}
    return not asked.isdisjoint(OF_PEOPLE) or not sees_whole_sites(user)


def _has_lost(question: Question, counted: Sequence[dict[str, Any]]) -> bool:
    by_people = question.group_by in OF_PEOPLE
    return any(row[lost.name] for row in counted for lost in LOST if not by_people or row["group"])


def name_of(user: Any, question: Question, kind: str) -> str:
    """Return the name of the group of a kind (such as queue) that the question is limited to; "" if it has no calls."""
    rows = answer.counted(user, replace(question, group_by=kind, interval="none"), (), most=1)
    return next((row["label"] for row in rows), "")


def _row(
    counted: dict[str, Any], metrics: Sequence[Metric], interval: str, *, untold: bool
) -> dict[str, Any]:
    slot: Any = counted.get("interval", "")
    if interval == "weekday":
        slot = WEEKDAYS[int(slot) - 1]
    elif interval == "hour_of_day":
        slot = int(slot)
    elif interval.endswith("_of_week"):
        slot = f"{WEEKDAYS[int(slot[0]) - 1]}{slot[1:]}"
    names = {"group": counted.get("group", ""), "label": counted.get("label", ""), "interval": slot}
    return names | {
        metric.key: None if untold and metric.of_lost else metric.value(counted) for metric in metrics
    }


def _metric(key: str) -> Metric:
    if key not in REGISTRY:
        raise _unknown("metrics", key, REGISTRY)
    return REGISTRY[key]


def _unknown(field: str, value: str, known: Any) -> DomainError:
    return DomainError(
        _("“%(value)s” is not known here.") % {"value": value},
        field=field,
        code="unknown",
        mend=_("Known are: %(known)s.") % {"known": ", ".join(known)},
    )


def check(question: Question) -> list[Metric]:
    """Return the metrics of a question; DomainError names the parameter that cannot be answered."""
    if question.group_by not in GROUPS:
        raise _unknown("group_by", question.group_by, GROUPS)
    if question.interval not in INTERVALS:
        raise _unknown("interval", question.interval, INTERVALS)
    for name, _value in question.filters:
        if name not in FILTERS:
            raise _unknown(name, name, FILTERS)
    if not question.metrics:
        raise DomainError(_("No metric is named."), field="metrics", code="required")
    for name, day in (("from", question.start), ("to", question.end)):
        if not FIRST_DAY <= day <= LAST_DAY:
            raise DomainError(_("There are no figures of that year."), field=name, code="out_of_range")
    if question.end < question.start:
        raise DomainError(_("The last day lies before the first."), field="to", code="order")
    if (question.end - question.start).days >= MOST_DAYS:
        raise DomainError(
            _("At most %(most)d days can be asked for at once.") % {"most": MOST_DAYS},
            field="from",
            code="too_long",
        )
    metrics = [_metric(key) for key in question.metrics]
    sources.check(metrics, question)
    return metrics
