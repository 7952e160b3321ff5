"""How it goes today: a few figures against the same time a week ago, and the hours in which callers are lost.

What it rests on is kept for some minutes, once for everybody who sees all calls, else once for each person.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from calls.querysets import WHOLE_CENTRE
from kpi import board, words
from kpi.charts import HEADS, short
from kpi.heat import heat
from kpi.indicators import INDICATORS
from kpi.metrics import REGISTRY
from kpi.models import Target
from kpi.selectors import targets
from kpi.selectors.series import Question, series

# The metric of each card, and the indicator that its page opens with.
CARDS: Final = {
    "answer_rate": "answer_rate",
    "service_level_20": "service_level",
    "speed_of_answer_p90": "speed_of_answer",
    "handle_time_p90": "handle_time",
    "fcr_of_answered": "first_contact",
    "satisfaction_mean": "satisfaction",
}
# Where lost calls belong to nobody, what needs them gives way to how calls are handled.
OF_PEOPLE: Final = {
    "share_handled_le_300s": "handle_time",
    **{key: page for key, page in CARDS.items() if not REGISTRY[key].of_lost},
}
KEPT: Final = 180
"""Seconds that the rows are kept."""
SPAN: Final = timedelta(days=14)
WEEK: Final = timedelta(days=7)
WEEKS: Final = timedelta(weeks=8)
"""The hours of the week are shown over these."""
LOST: Final = INDICATORS["answer_rate"]
HANDLED: Final = INDICATORS["handle_time"]


def figures(user: Any, *, site: str, team: str, now: datetime) -> dict[str, Any]:
    """Return {day, is_today, calls, cards, heat, question} of the latest day with calls, limited to a site (code) and a team (pk).

    `day` is None when there were no calls for two weeks.
    """
    here = localtime(now, ZoneInfo(user.time_zone))
    found = _kept(user, site, team, here)
    if not found["days"]:
        return {"day": None}
    cards, indicator = (OF_PEOPLE, HANDLED) if found["untold"] else (CARDS, LOST)
    return {
        "day": found["day"],
        "is_today": found["day"] == here.date(),
        "calls": words.calls(found["days"][-1]["offered"]),
        "cards": [_card(key, page, found, {"site": site, "team": team}) for key, page in cards.items()],
        "heat": heat(found["week"], indicator, found["all"], found["targets"].get(indicator.figure)),
        "question": indicator.when,
        "untold": found["untold"],
    }


def _kept(user: Any, site: str, team: str, here: datetime) -> dict[str, Any]:
    whose = "all" if user.holds(*WHOLE_CENTRE) else user.pk
    key = f"kpi:today:{whose}:{here.date()}:{site}:{team}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = _ask(user, site, team, here)
        cache.set(key, found, KEPT)
    return found


def _ask(user: Any, site: str, team: str, here: datetime) -> dict[str, Any]:
    today = here.date()
    limits = tuple((name, value) for name, value in (("site", site), ("team", team)) if value)
    asked = Question(["offered", "answered", *{**CARDS, **OF_PEOPLE}], today - SPAN, today, filters=limits)
    days = series(user, replace(asked, interval="day"))
    if not days:
        return {"days": []}
    last = date.fromisoformat(days[-1]["interval"])
    until = here.time() if last == today else None
    week_ago = replace(asked, start=last - WEEK, end=last - WEEK, before=until)
    untold = all(row[LOST.figure] is None for row in days) and any(row["answered"] for row in days)
    indicator = HANDLED if untold else LOST
    long = replace(asked, metrics=[indicator.figure], start=last - WEEKS, end=last)
    return {
        "days": days,
        "day": last,
        "before": series(user, week_ago)[0],
        "untold": untold,
        "week": board.week(user, long, indicator),
        "all": series(user, long)[0][indicator.figure],
        "targets": _targets(limits, last),
    }


def _targets(limits: tuple[tuple[str, str], ...], day: date) -> dict[str, Target]:
    found = targets.on(day)
    place: dict[str, Any] = targets.places(dict(limits))
    wanted = {key: found.of(key, **place) for key in {**CARDS, **OF_PEOPLE}}
    return {key: target for key, target in wanted.items() if target}


def _card(key: str, page: str, found: dict[str, Any], limits: dict[str, str]) -> dict[str, Any]:
    row, target = found["days"][-1], found["targets"].get(key)
    then = short(str(found["day"] - WEEK), "day")
    address = urlencode({"measure": page} | {name: value for name, value in limits.items() if value})
    return {
        "label": HEADS.get(key, INDICATORS[page].label),
        "value": words.shown(key, row[key]),
        "url": f"{reverse('kpi:overview')}?{address}",
        "state": {True: "ontime", False: "risk", None: ""}[targets.attained(key, row[key], target)],
        "verdict": _verdict(row[key], target),
        "note": _("%(day)s: %(figure)s") % {"day": then, "figure": words.shown(key, found["before"][key])},
        "trend": [each[key] for each in found["days"]],
    }


def _verdict(value: float | None, target: Target | None) -> str:
    if value is None or target is None:
        return ""
    metric = REGISTRY[target.metric]
    if metric.rounded(value) == target.value:
        return _("on target")
    aim = {
        "by": words.difference(metric, value - target.value),
        "target": words.shown(metric.key, target.value),
    }
    if value > target.value:
        return _("%(by)s over %(target)s") % aim
    return _("%(by)s under %(target)s") % aim
