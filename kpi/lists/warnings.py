"""The list of early warnings: what is open, what nobody has answered yet, and what came of the rest."""

from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.lists.spec import Column, DataList, View
from kpi import words
from kpi.filters.warnings import WarningFilter
from kpi.metrics import REGISTRY
from kpi.models import EarlyWarning
from kpi.selectors.warnings import count_open, worst

SHOWN: Final = 4
"""Warnings on Today."""
SPARK: Final = 24
"""Intervals of the line in a row."""
TONES: Final = {1: "info", 2: "risk", 3: "late"}
ICONS: Final = {1: "eye", 2: "risk", 3: "late"}


def _deed(row: Any) -> str:
    return row.last_deed.get_kind_display() if row.last_deed else ""


class WarningList(DataList):
    """Early warnings of the teams and sites that somebody answers for."""

    name = "warnings"
    title = _("Early warnings")
    url = "kpi:warnings"
    permission = "kpi.view_warnings"
    views = (
        View(
            "open", pgettext_lazy("warnings", "Open"), lambda rows, _person, _now: rows.open(), counted=True
        ),
        View(
            "unanswered",
            _("Nothing done yet"),
            lambda rows, _person, _now: rows.unanswered(),
            counted=True,
            empty_title=_("Something was done about every open warning"),
        ),
        View(
            "closed",
            pgettext_lazy("warnings", "Over"),
            lambda rows, _person, _now: rows.closed(),
            order="-raised",
        ),
        View("all", pgettext_lazy("warnings", "All"), lambda rows, _person, _now: rows, order="-raised"),
    )
    columns = (
        Column("number", _("Number"), value=str, sheet_only=True),
        Column("about", _("About"), value=lambda row: str(row.subject)),
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sheet_only=True),
        Column("site", _("Site"), value=lambda row: row.site.name, sheet_only=True),
        Column("team", _("Team"), value=lambda row: row.team.name if row.team else "", sheet_only=True),
        Column("figure", _("Figure"), value=lambda row: str(row.name)),
        Column("value", _("Latest"), value=lambda row: row.value, css="num"),
        Column("calls", _("Calls"), value=lambda row: row.calls, sheet_only=True),
        Column("usual", _("Usual"), value=lambda row: row.middle, css="num"),
        Column("low", _("Usual from"), value=lambda row: row.low, sheet_only=True),
        Column("high", _("Usual to"), value=lambda row: row.high, sheet_only=True),
        Column("limit", _("Out beyond"), value=lambda row: row.limit, sheet_only=True),
        Column("target", _("Target"), value=lambda row: row.target, css="num"),
        Column("course", _("Course")),
        Column("severity", _("Severity"), ("severity", "raised_at"), lambda row: row.get_severity_display()),
        Column("raised", pgettext_lazy("warning", "Since"), ("raised_at",), lambda row: row.since),
        Column("deed", _("Done"), value=_deed),
        Column("ending", _("Ending"), value=lambda row: row.get_ending_display(), sheet_only=True),
        Column("closed", _("Over since"), value=lambda row: row.closed_at, sheet_only=True),
    )
    order = "-severity"
    filters = WarningFilter
    words = _("Agent, team or site")
    row = "kpi/_warning_row.html"
    empty_title = _("No warning here")
    empty_text = _("A warning appears while the day goes on, once a figure leaves what is usual for it.")

    def rows(self, person: Any) -> QuerySet[EarlyWarning]:
        """Return the warnings that the person sees."""
        found: QuerySet[EarlyWarning] = EarlyWarning.objects.visible_to(person).for_list()
        return found

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Say each in words, with its course."""
        for row in rows:
            in_words(row)


def on_today(person: Any, site: str, team: str) -> dict[str, Any]:
    """Return the worst open warnings at a place (its codes) for Today: {warnings, warned, place}; nothing for who sees none."""
    if not person.has_perm("kpi.view_warnings"):
        return {}
    asked = urlencode({name: key for name, key in (("site", site), ("team", team)) if key})
    return {
        "warnings": [in_words(row) for row in worst(person, site, team, most=SHOWN)],
        "warned": count_open(person, site, team),
        "place": asked and f"?{asked}",
    }


def in_words(row: Any) -> Any:
    """Give a warning its figures in words, its course, its last deed, and the colour of its severity."""
    known = REGISTRY.get(row.metric)
    row.name = known.name if known else row.metric
    row.more_is_better = bool(known and known.more_is_better)
    row.now = words.shown(row.metric, row.value)
    row.usual = words.shown(row.metric, row.middle) if row.middle is not None else ""
    row.edge = words.shown(row.metric, row.limit) if row.limit is not None else ""
    row.wanted = words.shown(row.metric, row.target) if row.target is not None else ""
    row.course = [one.value for one in row.readings.all()][-SPARK:]
    row.last_deed = next(reversed(row.deeds.all()), None)
    row.tone, row.symbol = TONES[row.severity], ICONS[row.severity]
    return row
