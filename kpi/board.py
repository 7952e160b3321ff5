"""The rows behind the page of key figures: a handful of statements, whatever the page shows."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from kpi.indicators import Indicator
from kpi.models import Target
from kpi.selectors import targets
from kpi.selectors.series import FIRST_DAY, MOST_ROWS, Question, series
from kpi.steps import Steps, steps

COLUMNS: Final = (
    "offered", "answered", "agents", "calls_per_agent_day", "answer_rate", "speed_of_answer_p90", "handle_time_p50",
    "handle_time_p90", "share_handled_le_300s", "fcr_of_answered", "satisfaction_mean",
)  # fmt: skip
"""What the table shows of each group."""
GRAINS: Final = (("day", 1), ("week", 7), ("month", 30))
MOST_POINTS: Final = 62
MOST_SLOTS: Final = 26
"""Columns of half hours that still can be read; a longer day is shown by the hour."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Board:
    """Figures in all, before, by group, by day (or week, or month) and group, and by the hour of the week.

    `steps` are how many calls last how long, `band` the percentiles of a length of time over time.

    Where there are too many groups to follow each of them, `lasting` is of all together and `followed` is False.
    """

    indicator: Indicator
    by: str
    total: Row
    before: Row | None
    groups: list[Row]
    grain: str
    lasting: list[Row]
    followed: bool
    week: list[Row]
    targets: targets.Targets
    limits: dict[str, str]
    days: tuple[date, date]
    steps: Steps
    band: list[Row]

    @property
    def compared(self) -> list[Row]:
        """The groups that can be compared: known by name, with a figure."""
        return [row for row in self.groups if row["group"] and row[self.indicator.figure] is not None]

    def target(self, key: str, group: str = "", day: date | None = None) -> Target | None:
        """Return what is wanted of a metric: of one group, or of all that the page is limited to."""
        return self.targets.of(key, **targets.places(self.limits, self.by, group), day=day)

    def met(self, key: str, row: Row) -> bool | None:
        """Say whether a row meets its target; None where there is no target or no figure."""
        return targets.attained(key, row[key], self.target(key, row["group"]))

    @property
    def untold(self) -> bool:
        """Whether rates that need lost calls are left out, since no lost call belongs to a team or an agent."""
        return any(is_untold(row) for row in (self.total, *self.groups))

    @property
    def unclaimed(self) -> int:
        """How many calls belong to none of the groups."""
        return sum(row["offered"] for row in self.groups if not row["group"])


def board(user: Any, question: Question, indicator: Indicator, by: str) -> Board:
    """Return the figures about `indicator`, compared by `by`, over the calls that the person may see."""
    question = replace(question, metrics=shown(indicator))
    groups = ordered(series(user, replace(question, group_by=by)), indicator)
    days = (question.end - question.start).days + 1
    grain = grain_of(days)
    total = series(user, question)[0]
    followed = len(groups) * (days // dict(GRAINS)[grain] + 2) <= MOST_ROWS
    return Board(
        indicator,
        by,
        total=total,
        before=_before(user, question, indicator),
        groups=groups,
        grain=grain,
        lasting=lasting(user, question, indicator, by if followed else "none"),
        followed=followed,
        week=week(user, question, indicator),
        targets=targets.over(question.start, question.end, question.metrics),
        limits=dict(question.filters),
        days=(question.start, question.end),
        steps=steps_of(user, question, indicator, total),
        band=band(user, question, indicator),
    )


def shown(indicator: Indicator) -> list[str]:
    """Return the metrics of the page."""
    return list(dict.fromkeys((*COLUMNS, *indicator.band, indicator.figure)))


def is_untold(row: Row) -> bool:
    """Say whether a row has answered calls but no answer rate, since the lost ones belong to nobody."""
    return bool(row["answered"]) and row["answer_rate"] is None


def told(row: Row, key: str) -> Any:
    """Return a figure of a row; what was offered is not known without the lost calls."""
    return None if key == "offered" and is_untold(row) else row[key]


def ordered(rows: list[Row], indicator: Indicator) -> list[Row]:
    """Return groups with the worst first; those without a figure, and the calls that belong to none, last."""
    sign = 1 if indicator.low_is_bad else -1
    known = [row for row in rows if row["group"] and row[indicator.figure] is not None]
    rest = [row for row in rows if not row["group"] or row[indicator.figure] is None]
    return [*sorted(known, key=lambda row: sign * row[indicator.figure]), *rest]


def grain_of(days: int) -> str:
    """Return the interval by which a period of so many days can be read as a line."""
    return next((name for name, length in GRAINS if days <= length * MOST_POINTS), GRAINS[-1][0])


def lasting(user: Any, question: Question, indicator: Indicator, by: str) -> list[Row]:
    """Return the figure over time, by day, week or month, whichever can be read as a line."""
    grain = grain_of((question.end - question.start).days + 1)
    return series(user, replace(question, metrics=[indicator.figure], group_by=by, interval=grain))


def steps_of(user: Any, question: Question, indicator: Indicator, total: Row) -> Steps:
    """Return how many calls last how long, in steps that fit the figures in all."""
    return steps(user, question, indicator.lengths, total.get(f"{indicator.lengths}_p90"))


def band(user: Any, question: Question, indicator: Indicator) -> list[Row]:
    """Return the percentiles of a length of time over time, of all together; nothing for any other figure."""
    if not indicator.band:
        return []
    grain = grain_of((question.end - question.start).days + 1)
    return series(user, replace(question, metrics=indicator.band, interval=grain))


def week(user: Any, question: Question, indicator: Indicator) -> list[Row]:
    """Return the figure by half hour of the week, by hour where a day has too many."""
    metrics = list(dict.fromkeys(("offered", indicator.figure)))
    rows = series(user, replace(question, metrics=metrics, interval="half_hour_of_week"))
    if len({row["interval"].split()[1] for row in rows}) <= MOST_SLOTS:
        return rows
    return series(user, replace(question, metrics=metrics, interval="hour_of_week"))


def _before(user: Any, question: Question, indicator: Indicator) -> Row | None:
    """Return the figure of as many days just before; None before the first year that there is."""
    end = question.start - timedelta(days=1)
    start = end - (question.end - question.start)
    if start < FIRST_DAY:
        return None
    return series(user, replace(question, metrics=[indicator.figure], start=start, end=end))[0]
