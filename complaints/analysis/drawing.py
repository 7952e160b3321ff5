"""Figures as what a page draws: cards, bars, a line, and sentences about what stands out. No database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from babel import Locale
from babel.dates import format_date, format_skeleton
from django.utils.translation import get_language, ngettext, pgettext, to_locale
from django.utils.translation import gettext as _

from callcenter.templatetags.ui import duration, percent
from complaints.analysis.figures import Figures
from complaints.enums import ClockKind, CorrectionState

MOST_BARS: Final = 15
ROOM: Final = 62.0
"""Per cent of the width that the longest bar takes; the rest is for the words at its end."""
VITAL: Final = 0.8
"""The few causes that together make this share are the ones to work on."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, how wide it is in per cent, the words at its end, and whether it stands out."""

    name: str
    width: float
    end: str
    key: str = ""
    loud: bool = False


def cards(found: Figures) -> Iterator[dict[str, Any]]:
    """Yield the totals as components/figure.html draws them."""
    total, lasted = found["total"], found["lasted"]
    valid = ngettext("%(n)s of them valid", "%(n)s of them valid", total["valid"]) % {"n": total["valid"]}
    yield {"label": _("Complaints received"), "value": total["received"], "note": valid}
    counted = _share(total["in_time_with_pauses"], total["resolved"])
    yield {
        "label": _("Resolved in time"),
        "value": _share(total["in_time"], total["resolved"]),
        "note": _("with pauses %(share)s") % {"share": counted},
    }
    for name, label in (("p50", _("Half resolved within")), ("p90", _("Nine in ten within"))):
        with_pauses = lasted["with_pauses"][name]
        yield {
            "label": label,
            "value": _long(lasted["without_pauses"][name]),
            "note": _("working time; with pauses %(time)s") % {"time": _long(with_pauses)},
        }
    yield {
        "label": _("Waited for the customer"),
        "value": total["paused"],
        "note": _("%(time)s of working time in all") % {"time": _long(total["paused_seconds"])},
    }


def _share(part: int, whole: int) -> str:
    return percent(part / whole, 0) if whole else "–"


def _long(seconds: float | None) -> str:
    return "–" if seconds is None else str(duration(seconds))


def _bars(rows: Iterable[tuple[str, int, str, str, bool]]) -> list[Bar]:
    drawn = list(rows)
    top = max([number for _name, number, *_rest in drawn], default=0) or 1
    return [
        Bar(name, round(number / top * ROOM, 2), end, key, loud) for name, number, end, key, loud in drawn
    ]


def cause_name(row: Figures) -> str:
    """Return a cause with the one above it; what has none says so."""
    if not row["code"]:
        return _("Not known yet")
    return f"{row['above']} · {row['name']}" if row["above"] else str(row["name"])


def cumulative(found: Figures) -> Iterator[tuple[Figures, float]]:
    """Yield the known causes, most complaints first, each with the share of all known up to and with it."""
    known = [row for row in found["causes"] if row["code"]]
    whole, so_far = sum(row["received"] for row in known), 0
    for row in known:
        so_far += row["received"]
        yield row, so_far / whole


def pareto(found: Figures) -> list[Bar]:
    """Return the causes as bars; those that together make four fifths stand out."""
    rows, before = [], 0.0
    for row, share in cumulative(found):
        end = f"{row['received']} · {percent(share, 0)}"
        rows.append((cause_name(row), row["received"], end, row["code"], before < VITAL))
        before = share
    return _bars(rows[:MOST_BARS])


def say_pareto(found: Figures) -> str:
    """Say how few causes make four fifths of the complaints, and of how many the cause is not known."""
    shares = [share for _row, share in cumulative(found)]
    unknown = sum(row["received"] for row in found["causes"] if not row["code"])
    rest = _("Not known yet: %(n)s.") % {"n": unknown}
    if not shares:
        return rest
    few = next(number for number, share in enumerate(shares, 1) if share >= VITAL)
    words = ngettext(
        "%(n)s cause makes %(share)s of the complaints whose cause is known.",
        "%(n)s causes make %(share)s of the complaints whose cause is known.",
        few,
    )
    said = words % {"n": few, "share": percent(shares[few - 1], 0)}
    return f"{said} {rest}" if unknown else said


def trend(found: Figures) -> dict[str, Any]:
    """Return the complaints over time as charts.js draws them."""
    rows = found["trend"]
    return {
        "kind": "line",
        "x": [_short(row["slot"], found["grain"]) for row in rows],
        "unit": "",
        "series": [
            {"name": name, "tone": tone, "values": [row[key] for row in rows]}
            for name, tone, key in (
                (pgettext("how many", "Received"), "c1", "received"),
                (pgettext("how many", "Valid"), "c2", "valid"),
                (_("Past the deadline"), "risk", "late"),
            )
        ],
    }


def say_trend(found: Figures) -> str:
    """Say by which interval it is shown."""
    return {
        "day": _("By day of receipt."),
        "week": _("By week of receipt."),
        "month": _("By month of receipt."),
    }[found["grain"]]


def _short(slot: str, grain: str) -> str:
    locale = Locale.parse(to_locale(get_language() or "en"))
    if grain == "month":
        return str(format_skeleton("yMMM", date.fromisoformat(slot), locale=locale))
    pattern = "M月d日" if locale.language == "zh" else "d MMM"
    return str(format_date(date.fromisoformat(slot), pattern, locale=locale))


def spread(found: Figures) -> list[Bar]:
    """Return the working hours that resolving took as bars."""
    return _bars((hours(row), row["resolved"], str(row["resolved"]), "", True) for row in found["spread"])


def hours(row: Figures) -> str:
    """Name a bar of the distribution."""
    if row["until"] is None:
        return _("over %(hours)s h") % {"hours": row["from"]}
    return _("%(low)s–%(high)s h") % {"low": row["from"], "high": row["until"]}


def say_spread(found: Figures) -> str:
    """Say how long it took, with and without pauses."""
    lasted = found["lasted"]
    if lasted["without_pauses"]["p50"] is None:
        return _("Nothing was resolved yet.")
    return _(
        "Working time without pauses: half within %(p50)s, nine in ten within %(p90)s; with pauses %(p50_all)s and %(p90_all)s."
    ) % {
        "p50": _long(lasted["without_pauses"]["p50"]),
        "p90": _long(lasted["without_pauses"]["p90"]),
        "p50_all": _long(lasted["with_pauses"]["p50"]),
        "p90_all": _long(lasted["with_pauses"]["p90"]),
    }


def stages(found: Figures) -> list[Bar]:
    """Return the missed clocks of every kind, and how far the deadline escalated, as bars."""
    rows = [
        (str(ClockKind(row["kind"]).label), row["breached"], _missed(row), "", True)
        for row in found["stages"]
    ]
    rows += [
        (
            _("… escalated to level %(level)s") % {"level": row["level"]},
            row["clocks"],
            str(row["clocks"]),
            "",
            False,
        )
        for row in found["levels"]
    ]
    return _bars(rows)


def _missed(row: Figures) -> str:
    return _("%(missed)s of %(all)s · %(share)s") % {
        "missed": row["breached"],
        "all": row["clocks"],
        "share": _share(row["breached"], row["clocks"]),
    }


def corrections(found: Figures) -> list[tuple[str, int, str]]:
    """Return the states of corrective actions, how many are in each, and the tone of it."""
    counted = found["corrections"]
    return [
        (str(CorrectionState.PLANNED.label), counted["planned"], ""),
        (_("Overdue"), counted["overdue"], "late" if counted["overdue"] else ""),
        (str(CorrectionState.DONE.label), counted["done"], ""),
        (str(CorrectionState.HOLDS.label), counted["holds"], "ontime" if counted["holds"] else ""),
        (str(CorrectionState.FAILED.label), counted["failed"], "late" if counted["failed"] else ""),
    ]


def say_repeats(people: Figures) -> str:
    """Say how many complaints come from, or are about, people with more than one."""
    if not people["people"]:
        return _("Nobody with more than one complaint.")
    words = ngettext(
        "%(people)s person with more than one complaint, %(n)s complaints in all.",
        "%(people)s people with more than one complaint, %(n)s complaints in all.",
        people["people"],
    )
    return words % {"people": people["people"], "n": people["complaints"]}


def drawn(found: Figures) -> dict[str, Any]:
    """Return all of it, by the names that the template uses."""
    return {
        "found": found,
        "cards": list(cards(found)),
        "pareto": pareto(found),
        "say_pareto": say_pareto(found),
        "trend": trend(found),
        "say_trend": say_trend(found),
        "spread": spread(found),
        "say_spread": say_spread(found),
        "stages": stages(found),
        "corrections": corrections(found),
        "say_customers": say_repeats(found["customers"]),
        "say_staff": say_repeats(found["staff"]),
        "more_causes": max(0, sum(bool(row["code"]) for row in found["causes"]) - MOST_BARS),
    }
