"""Figures over the calls that somebody may see: one statement, in each site's own time zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    Func,
    Q,
    QuerySet,
    TimeField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from calls.enums import Outcome
from calls.models import Call
from calls.selectors import sees_whole_sites
from kpi.counters import HANDLE
from kpi.measures import Metric
from kpi.metrics import REGISTRY
from kpi.selectors import sources

MOST_ROWS: Final = 10_000
MOST_DAYS: Final = 1_098
FIRST_DAY: Final = date(1970, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# No wall clock is further than this from UTC.
ZONES: Final = timedelta(hours=15)

GROUPS: Final[dict[str, tuple[str, str]]] = {
    "none": ("", ""),
    "agent": ("agent_key", "agent_label"),
    "team": ("team_key", "team_label"),
    "queue": ("queue_key", "queue_label"),
    "site": ("site__code", "site__name"),
    "topic": ("topic", "topic"),
    "source": ("source", "source"),
}
"""What rows can be grouped by: the column of the key and that of the name."""

INTERVALS: Final[dict[str, str]] = {
    "none": "''",
    "30m": "to_char(date_bin('30 minutes', %(expressions)s, timestamp '2000-01-01'), 'YYYY-MM-DD\"T\"HH24:MI')",
    "hour": "to_char(date_trunc('hour', %(expressions)s), 'YYYY-MM-DD\"T\"HH24:MI')",
    "day": "to_char(%(expressions)s, 'YYYY-MM-DD')",
    "week": "to_char(date_trunc('week', %(expressions)s), 'YYYY-MM-DD')",
    "month": "to_char(%(expressions)s, 'YYYY-MM')",
    "time_of_day": "to_char(date_bin('30 minutes', %(expressions)s, timestamp '2000-01-01'), 'HH24:MI')",
    "hour_of_day": "to_char(%(expressions)s, 'HH24')",
    "weekday": "to_char(%(expressions)s, 'ID')",
    "half_hour_of_week": "to_char(date_bin('30 minutes', %(expressions)s, timestamp '2000-01-01'), 'ID HH24:MI')",
    "hour_of_week": "to_char(date_trunc('hour', %(expressions)s), 'ID HH24:MI')",
}
"""How the local time of a call becomes its interval. A week is named by its Monday."""

FILTERS: Final = {
    "source": "source",
    "site": "site__code",
    "team": "team_key",
    "agent": "agent_key",
    "queue": "queue_key",
    "topic": "topic",
}
"""What figures can be limited to, by the same keys that rows are grouped by."""
OF_PEOPLE: Final = {"team", "agent"}
LOST: Final = Q(outcome__in=[Outcome.ABANDONED, Outcome.FLOWED_OUT])


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


def series(user: Any, question: Question) -> list[dict[str, Any]]:
    """Return a row for each group and interval that has calls: {group, label, interval, KEY: value, …}.

    Ordered by interval, then group. Without grouping and interval there is one row, even if no call was found.
    Rates that need lost calls are None where only calls of teams or agents are asked about and no lost call has one.
    DomainError names the parameter that cannot be answered.
    """
    _check(question)
    metrics = [_metric(key) for key in question.metrics]
    sources.check(metrics, question)
    calls = _calls(user, question)
    counters = {name: how for metric in metrics for name, how in metric.counters.items()}
    key, label = GROUPS[question.group_by]
    columns = {"group": F(key), "label": F(label)} if key else {}
    if question.interval != "none":
        columns["interval"] = F("slot")
    narrow = any(metric.of_lost for metric in metrics) and is_narrow(user, question)
    if narrow:
        counters["lost"] = Count("pk", filter=LOST)
    if not counters:
        counted = []
    elif columns:
        order = [name for name in ("interval", "label", "group") if name in columns]
        counted = list(calls.values(**columns).annotate(**counters).order_by(*order)[: MOST_ROWS + 1])
    else:
        counted = [calls.aggregate(**counters)]
    if len(counted) > MOST_ROWS:
        raise DomainError(
            _("The answer has more than %(most)d rows.") % {"most": MOST_ROWS},
            field="interval",
            code="too_many_rows",
            mend=_("Ask for a longer interval, fewer dates or fewer groups."),
        )
    untold = narrow and not _has_lost(question, counted)
    counted = sources.with_others(user, question, metrics, counted)
    return [_row(row, metrics, question.interval, untold=untold) for row in counted]


def is_narrow(user: Any, question: Question) -> bool:
    """Say whether only calls of some teams or agents are asked about. A call that nobody answered often has neither."""
    asked = {question.group_by, *(name for name, _value in question.filters)}
    return not asked.isdisjoint(OF_PEOPLE) or not sees_whole_sites(user)


def _has_lost(question: Question, counted: Sequence[dict[str, Any]]) -> bool:
    by_people = question.group_by in OF_PEOPLE
    return any(row["lost"] for row in counted if not by_people or row["group"])


def name_of(user: Any, question: Question, kind: str) -> str:
    """Return the name of the group of a kind (such as queue) that the question is limited to; "" if it has no calls."""
    return _calls(user, question).values_list(GROUPS[kind][1], flat=True).first() or ""


def _calls(user: Any, question: Question) -> QuerySet[Any]:
    """Return the calls in question, with what groups, intervals and metrics refer to."""
    local = Func(
        F("site__calendar__time_zone"), F("entered_at"), function="timezone", output_field=DateTimeField()
    )
    slot = Func(local, template=INTERVALS[question.interval], output_field=CharField())
    nothing = Value("")
    calls = Call.objects.visible_to(user).annotate(
        local_day=Cast(local, DateField()),
        local_time=Cast(local, TimeField()),
        slot=slot,
        handle=HANDLE,
        agent_key=Coalesce("agent__work_number", "agent_name"),
        agent_label=Coalesce("agent__name", "agent_name"),
        queue_key=Coalesce("queue__code", "queue_name"),
        queue_label=Coalesce("queue__name", "queue_name"),
        team_key=Coalesce(Cast("team_id", CharField()), nothing),
        team_label=Coalesce("team__name", nothing),
    )
    # The index finds the instants that can lie in these dates; the local date then decides.
    first = datetime.combine(question.start, time(), UTC) - ZONES
    last = datetime.combine(question.end, time.max, UTC) + ZONES
    return calls.filter(
        entered_at__range=(first, last),
        local_day__range=(question.start, question.end),
        **({"local_time__lt": question.before} if question.before else {}),
        **{FILTERS[name]: value for name, value in question.filters},
    )


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


def _check(question: Question) -> None:
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
