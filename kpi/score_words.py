"""Scores, curves and trials in words and in shapes that a template draws. No database."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from callcenter.templatetags.ui import percent
from kpi import words
from kpi.metrics import REGISTRY
from kpi.models import Indicator, ScoreLine, TrialRow
from kpi.scoring.trial import Pair, bands, grades

NAMED: Final = 5
"""People named at each end of a trial."""
HIGH: Final = 120
"""Pixels of the highest bar."""
WIDE: Final = 48
"""Pixels of a band, with both its bars."""


def figure(indicator: Indicator, value: float | None) -> str:
    """Return a figure of an indicator in the reader's words."""
    if indicator.metric:
        return words.shown(indicator.metric, value)
    return "–" if value is None else percent(value)


def anchors(indicator: Indicator) -> list[tuple[str, int]]:
    """Return the three anchors of a curve, figure and points."""
    curve = indicator.curve
    figures = (curve.threshold, curve.target, curve.stretch)
    return [(figure(indicator, at), int(points)) for at, points in zip(figures, curve.points, strict=True)]


def line(row: ScoreLine, team_share: int) -> dict[str, Any]:
    """Return what a scorecard says of one indicator."""
    indicator = row.indicator
    return {
        "indicator": indicator,
        "name": indicator.name,
        "of_calls": bool(indicator.metric) and REGISTRY[indicator.metric].source == "calls",
        "own": figure(indicator, row.own),
        "group": figure(indicator, row.group) if team_share and indicator.metric else "",
        "points": row.points,
        "anchors": anchors(indicator),
        "note": _note(row),
    }


def _note(row: ScoreLine) -> str:
    facts = row.facts
    if "why" in facts:
        was = {"was": figure(row.indicator, facts["was"]), "why": facts["why"]}
        return _("Corrected after an appeal; it was %(was)s. %(why)s") % was
    if "raters" not in facts:
        return "" if row.points is not None else _("Too little is known; its weight goes to the others.")
    number = facts["raters"]
    said = ngettext("%(number)d rater", "%(number)d raters", number) % {"number": number}
    if row.own is None:
        return _("%(raters)s: two at least make a figure.") % {"raters": said}
    return _("%(raters)s, %(spread)s apart") % {"raters": said, "spread": percent(facts["spread"])}


def pairs(rows: Sequence[TrialRow]) -> list[Pair]:
    """Return the rows of a trial as pairs."""
    return [
        Pair(_float(row.now_score), _float(row.draft_score), row.now_grade, row.draft_grade) for row in rows
    ]


def distribution(rows: Sequence[TrialRow], names: Sequence[str]) -> dict[str, Any]:
    """Return {bands, bars, width, grades} of a trial: counts, and bars of at most HIGH pixels."""
    found = pairs(rows)
    counted = bands(found)
    most = max((max(band.now, band.draft) for band in counted), default=0) or 1
    bars = []
    for place, band in enumerate(counted):
        now, draft = (round(HIGH * number / most) for number in (band.now, band.draft))
        heights = {"now": now, "now_y": HIGH - now, "draft": draft, "draft_y": HIGH - draft}
        bars.append({"band": band, "x": place * WIDE, **heights})
    return {"bands": counted, "bars": bars, "width": len(bars) * WIDE, "grades": grades(found, names)}


def gained(rows: Sequence[TrialRow]) -> dict[str, Any]:
    """Return {gainers, losers, more, fewer, same, said}: who gains and loses most, and how many of each there are."""
    changes = sorted(((row.change, row) for row in rows if row.change), key=lambda pair: -pair[0])
    gainers = [row for change, row in changes if change > 0]
    losers = [row for change, row in changes[::-1] if change < 0]
    counted = {"more": len(gainers), "fewer": len(losers)}
    known = sum(row.change is not None for row in rows)
    same = known - len(gainers) - len(losers)
    said = _("%(more)d gain, %(fewer)d lose, %(same)d stay as they are.") % {**counted, "same": same}
    if not known:
        said = _("Nobody has a score under both: there is nothing to compare with.")
    return {"gainers": gainers[:NAMED], "losers": losers[:NAMED], "said": said}


def _float(value: Any) -> float | None:
    return None if value is None else float(value)
