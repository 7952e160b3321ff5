"""A row of a call list becomes a visit of a call to a queue, or the reason why it cannot. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from callcenter.imports.kinds import BadCell
from callcenter.sheets.cells import instant
from calls.enums import Outcome

HANDLED: Final = ("talk_seconds", "hold_seconds", "wrap_seconds")


@dataclass(frozen=True, slots=True)
class CallRow:
    """One visit of a call to a queue, ready to store. `entered_at` is aware; what is not known is None or ""."""

    call_id: str
    entered_at: datetime
    outcome: str
    agent: str = ""
    queue: str = ""
    customer: str = ""
    topic: str = ""
    wait_seconds: int | None = None
    talk_seconds: int | None = None
    hold_seconds: int | None = None
    wrap_seconds: int | None = None
    resolved: bool | None = None
    satisfaction: int | None = None
    transferred: bool | None = None
    channel: str = ""
    project: str = ""
    visit: int = 0
    revision: int = 0
    row: int = 0


def reader(zone: ZoneInfo) -> Callable[[int, dict[str, Any]], CallRow]:
    """Return the function from a row's number and values to a call; times without an offset are local to `zone`.

    It raises BadCell for values that do not agree with each other.
    """

    def call(row: int, found: dict[str, Any]) -> CallRow:
        if not found["call_id"]:
            raise BadCell("call_id", _("the call has no id"))
        found["entered_at"] = _entered_at(found, zone)
        if found["outcome"] != Outcome.ANSWERED:
            _refuse_handled(found)
        return CallRow(**found, row=row)

    return call


def _entered_at(found: dict[str, Any], zone: ZoneInfo) -> datetime:
    on, at, local = found.pop("date", None), found.pop("time", None), found.get("entered_at")
    if local is None and on is not None and at is not None:
        local = datetime.combine(on, at)
    if local is None:
        field = "date" if on is None else "time"
        raise BadCell("entered_at" if "entered_at" in found else field, _("the time of the call is missing"))
    try:
        return instant(local, zone)
    except (ValueError, OverflowError) as error:
        raise BadCell("entered_at" if "entered_at" in found else "time", error) from error


def _refuse_handled(found: dict[str, Any]) -> None:
    """Of a call that nobody handled, a length of 0 is not known; one above 0 contradicts the outcome."""
    for field in HANDLED:
        if found.get(field):
            raise BadCell(field, _("the call was not answered, yet this is not blank"))
        found[field] = None
