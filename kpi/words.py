"""Figures in words: by their unit, by what they are about, and the sentence that says what stands out. No database."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Final

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from callcenter.templatetags.ui import duration, percent, seconds
from kpi.board import Board, Row
from kpi.indicators import COMPARED, Indicator
from kpi.measures import DECIMALS, Metric
from kpi.metrics import REGISTRY
from kpi.models import Target

FEW: Final = 30
"""A group with fewer calls is not named as the best or the worst."""
MOST_LINES: Final = 5
"""More lines in one chart cannot be told apart."""
FEW_IN_HOUR: Final = 5
"""An hour of the week with fewer calls is neither named nor coloured."""
LATELY: Final = {"day": 7, "week": 4, "month": 3}
DAYS: Final = {
    "Mon": gettext_lazy("Mon"), "Tue": gettext_lazy("Tue"), "Wed": gettext_lazy("Wed"), "Thu": gettext_lazy("Thu"),
    "Fri": gettext_lazy("Fri"), "Sat": gettext_lazy("Sat"), "Sun": gettext_lazy("Sun"),
}  # fmt: skip
NOTABLE: Final = 0.05
"""A smaller change of what is usual is not worth a sentence."""


def shown(key: str, value: float | None) -> str:
    """Return a figure in the reader's words, by the unit of its metric."""
    unit = REGISTRY[key].unit
    if value is None:
        return "–"
    if unit == "share":
        return percent(value)
    if unit == "seconds":
        return seconds(value)
    decimals = DECIMALS.get(unit, 0)
    return number_format(REGISTRY[key].rounded(value), decimal_pos=decimals, force_grouping=True)


def calls(number: int) -> str:
    """Return how many calls in words."""
    return ngettext("%(calls)s call", "%(calls)s calls", number) % {"calls": shown("offered", number)}


def weekday(key: str) -> str:
    """Return the name of a weekday as rows of figures call it."""
    return str(DAYS[key])


def name(row: Row) -> str:
    """Return whom or what a group is; nobody knows whose the others are."""
    return row["label"] or _("not known")


def target(wanted: Target | None) -> str:
    """Return “target 5:00”, nothing where there is none."""
    if wanted is None:
        return ""
    return _("target %(target)s") % {"target": shown(wanted.metric, wanted.value)}


def place(one: Target) -> str:
    """Return where a target holds."""
    if one.kind == "centre":
        return _("Whole centre")
    if one.kind == "role":
        return one.get_role_display()
    return f"{one.team.site} · {one.team}" if one.kind == "team" else str(one.place)


def difference(metric: Metric, change: float) -> str:
    """Return a change in the unit of its metric, without its sign."""
    if metric.unit == "share":
        return _("%(points)s points") % {"points": number_format(round(abs(change) * 100, 1), decimal_pos=1)}
    if metric.unit == "seconds":
        return duration(change)
    return shown(metric.key, abs(change))


def state(board: Board, days: int) -> str:
    """Say how it stands: who meets the target if there is one, and how all compares with as many days before."""
    return " ".join(filter(None, (_met(board), _change(board, days))))


def _met(board: Board) -> str:
    key = board.indicator.figure
    enough = [row for row in board.compared if row["offered"] >= FEW]
    wanted = {found.value for row in enough if (found := board.target(key, row["group"]))}
    if not wanted:
        return ""
    words = {
        "groups": COMPARED[board.by],
        "met": sum(board.met(key, row) is True for row in enough),
        "all": len(enough),
        "target": shown(key, max(wanted)),
    }
    if len(wanted) > 1:
        return _("%(groups)s: %(met)d of %(all)d meet their targets.") % words
    return _("%(groups)s: %(met)d of %(all)d meet the target of %(target)s.") % words


def _change(board: Board, days: int) -> str:
    metric = board.indicator.metric
    now, before = board.total[metric.key], (board.before or {}).get(metric.key)
    if now is None or before is None:
        return ""
    words = {"name": metric.name, "now": shown(metric.key, now), "days": days}
    if shown(metric.key, now) == shown(metric.key, before):
        return _("%(name)s: %(now)s, as in the %(days)d days before.") % words
    words["change"] = difference(metric, now - before)
    if now > before:
        return _("%(name)s: %(now)s, %(change)s more than in the %(days)d days before.") % words
    return _("%(name)s: %(now)s, %(change)s less than in the %(days)d days before.") % words


def where(board: Board) -> str:
    """Say which group is worst, if there are two with calls enough. What stands out is set in bold, here and below."""
    indicator, metric = board.indicator, board.indicator.metric
    enough = [row for row in board.compared if row["offered"] >= FEW]
    if len(enough) < 2:  # noqa: PLR2004 (one row is worst of nothing)
        return ""
    worst = enough[0]
    words = {"name": name(worst), "figure": shown(metric.key, worst[metric.key])}
    if not indicator.band:
        words["all"] = shown(metric.key, board.total[metric.key])
        return format_html(_("<b>{name}: {figure}</b>, all together {all}."), **words)
    words["median"] = shown(indicator.band[1], worst[indicator.band[1]])
    wanted = board.target(metric.key, worst["group"])
    if wanted is None:
        return format_html(
            _("<b>{name}: one in ten takes over {figure}</b>. Half stay under {median}."), **words
        )
    words["target"] = shown(metric.key, wanted.value)
    return format_html(
        _("<b>{name}: one in ten takes over {figure}</b>, target {target}. Half stay under {median}."),
        **words,
    )


def when(rows: Sequence[Row], indicator: Indicator, total: float | None, wanted: Target | None) -> str:
    """Say which hour of the week is worst, if one with calls enough is unlike all together."""
    metric = indicator.metric
    enough = [row for row in rows if row["offered"] >= FEW_IN_HOUR and row[metric.key] is not None]
    if not enough:
        return ""
    pick = min if indicator.low_is_bad else max
    worst = pick(enough, key=lambda row: row[metric.key])
    day, hour = worst["interval"].split()
    words = {"day": weekday(day), "hour": hour, "figure": shown(metric.key, worst[metric.key])}
    if words["figure"] == shown(metric.key, total):
        return ""
    if wanted:
        words["target"] = shown(metric.key, wanted.value)
        return format_html(_("<b>{day} {hour}: {figure}</b>, target {target}."), **words)
    words["all"] = shown(metric.key, total)
    return format_html(_("<b>{day} {hour}: {figure}</b>, all together {all}."), **words)


def drawn(board: Board) -> list[Row]:
    """Return the worst groups with calls enough, as many as a chart can show as lines."""
    return [row for row in board.compared if row["offered"] >= FEW][:MOST_LINES]


def lasting(board: Board) -> str:
    """Say which group of the chart changed most of late: its usual (median) value against the usual one before."""
    indicator, metric, late = board.indicator, board.indicator.metric, LATELY[board.grain]
    values: dict[str, list[float]] = defaultdict(list)
    groups = {row["group"] for row in drawn(board)}
    for row in board.lasting:
        if row[metric.key] is not None and (row["group"] in groups or not board.followed):
            values[name(row) if board.followed else _("All")].append(row[metric.key])
    changes = [
        (who, median(found[-late:]), median(found[:-late]))
        for who, found in values.items()
        if len(found) >= 2 * late
    ]
    if not changes:
        return ""
    who, now, before = max(changes, key=lambda change: abs(change[1] - change[2]) / (change[2] or 1))
    if abs(now - before) < NOTABLE * before:
        return _("Steady: lately it is as it was before.")
    words = {"name": who, "now": shown(metric.key, now), "before": shown(metric.key, before)}
    if (now < before) == indicator.low_is_bad:
        return format_html(_("<b>{name} gets worse: {now} of late</b>, usually {before} before."), **words)
    return format_html(_("<b>{name} gets better: {now} of late</b>, usually {before} before."), **words)
