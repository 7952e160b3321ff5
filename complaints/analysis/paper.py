"""An analysis on paper, to be passed around: causes and figures, no customer and no member of staff."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from callcenter.templatetags.ui import dated
from complaints.analysis import drawing
from complaints.analysis.drawing import ROOM, Bar
from complaints.analysis.figures import Figures


def paper(found: Figures, limits: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """Return the data of documents/analysis.typ; `limits` are the names and words of what it is limited to."""
    days = [dated(date.fromisoformat(found[name])) for name in ("from", "until")]
    return {
        "title": _("Analysis of complaints"),
        "subtitle": f"{days[0]} – {days[1]}",
        "limits": [[str(name), str(value)] for name, value in limits],
        "figures": [
            [str(card["label"]), str(card["value"]), str(card["note"])] for card in drawing.cards(found)
        ],
        "parts": [
            _part(_("What do customers complain of?"), drawing.say_pareto(found), drawing.pareto(found)),
            _part(_("Is it getting better?"), drawing.say_trend(found), _trend(found)),
            _part(_("How long does it take?"), drawing.say_spread(found), drawing.spread(found)),
            _part(_("Where is time missed?"), "", drawing.stages(found)),
        ],
        "facts": [
            *[
                [_("Corrective action: %(state)s") % {"state": name}, n]
                for name, n, _tone in drawing.corrections(found)
            ],
            [_("Customers"), drawing.say_repeats(found["customers"])],
            [_("Staff"), drawing.say_repeats(found["staff"])],
        ],
    }


def _part(title: str, say: str, bars: list[Bar]) -> dict[str, Any]:
    drawn = [
        {"name": bar.name, "percent": bar.width / ROOM * 100, "end": bar.end, "loud": bar.loud}
        for bar in bars
    ]
    return {"title": title, "say": say, "bars": drawn}


def _trend(found: Figures) -> list[Bar]:
    chart = drawing.trend(found)
    received, valid, late = (series["values"] for series in chart["series"])
    top = max(received, default=0) or 1
    return [
        Bar(
            name,
            received[at] / top * ROOM,
            _("%(received)s · valid %(valid)s · late %(late)s")
            % {"received": received[at], "valid": valid[at], "late": late[at]},
        )
        for at, name in enumerate(chart["x"])
    ]
