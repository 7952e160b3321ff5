"""Rows of figures as the selectors answer them, for what only shows them."""

from datetime import date

from kpi.board import COLUMNS, Board
from kpi.indicators import INDICATORS
from kpi.selectors.targets import Targets
from kpi.steps import Steps

DAY = date(2026, 3, 2)


def row(label="", *, offered=100, interval="", **figures):
    """Return a row in which every metric that is not given is unknown."""
    given = {"offered": offered, "answered": offered, **figures}
    bands = [key for one in INDICATORS.values() for key in (one.figure, *one.band)]
    return dict.fromkeys((*COLUMNS, *bands)) | {
        "group": label, "label": label, "interval": interval, **given,
    }  # fmt: skip


def handled(label, p90, *, offered=100):
    """Return a group whose handle time has this p90."""
    return row(
        label, offered=offered, handle_time_p10=p90 // 8, handle_time_p50=p90 // 2, handle_time_p90=p90
    )


def board(
    groups,
    *,
    measure="handle_time",
    by="team",
    lasting=(),
    followed=True,
    week=(),
    total=None,
    before=None,
    wanted=(),
    limits=None,
    steps=None,
    band=(),
):
    """Return a board of these rows; `wanted` are targets."""
    indicator = INDICATORS[measure]
    return Board(
        indicator, by, total or row(offered=1000, **{indicator.figure: 280}), before, list(groups), "day", list(lasting),
        followed, list(week), Targets(wanted, DAY), limits or {}, (DAY, DAY), steps or Steps(), list(band),
    )  # fmt: skip
