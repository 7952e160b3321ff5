"""The figures behind each part of an analysis, as rows of a file."""

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints.analysis import drawing
from complaints.analysis.figures import Figures
from complaints.enums import ClockKind

Sheet = tuple[list[str], list[list[Any]]]


def causes(found: Figures) -> Sheet:
    """Return every cause with its share."""
    shares = {row["code"]: share for row, share in drawing.cumulative(found)}
    rows = [
        [row["code"], drawing.cause_name(row), row["received"], row["valid"], shares.get(row["code"])]
        for row in found["causes"]
    ]
    return [
        _("Code"),
        _("Cause"),
        pgettext("how many", "Received"),
        pgettext("how many", "Valid"),
        _("Share so far"),
    ], rows


def trend(found: Figures) -> Sheet:
    """Return every interval."""
    rows = [[row[key] for key in ("slot", "received", "valid", "late")] for row in found["trend"]]
    return [
        _("From"),
        pgettext("how many", "Received"),
        pgettext("how many", "Valid"),
        _("Past the deadline"),
    ], rows


def spread(found: Figures) -> Sheet:
    """Return the distribution of the working hours."""
    rows = [[row[key] for key in ("from", "until", "resolved")] for row in found["spread"]]
    return [_("From, working hours"), _("Until"), pgettext("how many", "Resolved")], rows


def stages(found: Figures) -> Sheet:
    """Return the clocks by kind, then the deadline by the level that it reached."""
    rows = [
        [str(ClockKind(row["kind"]).label), None, row["clocks"], row["breached"]] for row in found["stages"]
    ]
    rows += [[str(ClockKind.RESOLUTION.label), row["level"], None, row["clocks"]] for row in found["levels"]]
    return [_("Clock"), _("Escalation level"), _("Clocks"), _("Missed")], rows


def customers(found: Figures) -> Sheet:
    """Return who complained more than once, masked."""
    rows = [[row[key] for key in ("name", "contact", "received")] for row in found["customers"]["most"]]
    return [_("Customer"), _("Contact"), pgettext("how many", "Received")], rows


def staff(found: Figures) -> Sheet:
    """Return about whom there was more than one complaint."""
    rows = [
        [row[key] for key in ("work_number", "name", "received", "valid")] for row in found["staff"]["most"]
    ]
    return [
        _("Work number"),
        pgettext("of a person", "Name"),
        pgettext("how many", "Received"),
        pgettext("how many", "Valid"),
    ], rows


PARTS: Final[dict[str, Callable[[Figures], Sheet]]] = {
    "causes": causes,
    "trend": trend,
    "spread": spread,
    "stages": stages,
    "customers": customers,
    "staff": staff,
}
