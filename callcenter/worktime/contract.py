"""The command's contract: one JSON line in, one out (docs/worktime.md). Pure but for the lookup of named calendars."""

import json
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import Error as DatabaseError
from django.utils.translation import gettext_lazy as _

from callcenter.errors import DomainError
from callcenter.worktime import parsing
from callcenter.worktime.clock import Pause, WorkHours
from callcenter.worktime.parsing import Unreadable

Answer = dict[str, Any]
Line = Mapping[str, Any]

LARGEST = 10**12


class Contract:
    """Answers lines. A named calendar is looked up once, an object calendar is built once while it is in use."""

    def __init__(self, named: Callable[[str], WorkHours]) -> None:
        self._named = lru_cache(maxsize=256)(named)
        self._built = lru_cache(maxsize=256)(_build)

    def answer(self, line: bytes) -> str:
        """Return the answer to one line, itself one line of JSON; never raises for what is in the line."""
        given: Any = None
        try:
            given = _read(line)
            answer = self._answer(parsing.mapping(given, "line"))
        except DomainError as error:
            answer = {"error": f"{error.field}: {error.message}" if error.field else str(error.message)}
        except DatabaseError as error:
            answer = {"error": f"calendar: {error}"}
        return json.dumps({"id": _identity(given), **answer})

    def _answer(self, line: Line) -> Answer:
        if line.get("id") != _identity(line):
            raise Unreadable("id", _("A string or a number is needed."))
        op = line.get("op")
        if not isinstance(op, str) or op not in OPS:
            raise Unreadable("op", _("One of %s is needed.") % ", ".join(OPS))
        hours = self._hours(line.get("calendar"))
        start = parsing.instant(line.get("start"), "start", hours.spec.zone)
        return OPS[op](line, hours, start)

    def _hours(self, calendar: Any) -> WorkHours:
        if isinstance(calendar, str):
            return self._named(calendar)
        if not isinstance(calendar, dict):
            raise Unreadable("calendar", _("A name or an object is needed."))
        return self._built(json.dumps(calendar, sort_keys=True))


def _read(line: bytes) -> Any:
    try:
        return json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable("line", _("This is not JSON: %s") % error) from error


def _identity(given: Any) -> str | float | None:
    """Return the line's id if it has one that can be given back."""
    identity = given.get("id") if isinstance(given, dict) else None
    if isinstance(identity, float):
        return identity if math.isfinite(identity) else None
    return identity if isinstance(identity, str | int) else None


def _build(canonical: str) -> WorkHours:
    return WorkHours(parsing.calendar(json.loads(canonical)))


def _due(line: Line, hours: WorkHours, start: datetime) -> Answer:
    seconds, days = line.get("working_seconds"), line.get("working_days")
    pauses = _pauses(line, hours)
    if (seconds is None) == (days is None):
        raise Unreadable("working_seconds", _("Either working_seconds or working_days is needed."))
    if seconds is not None:
        at = hours.due(start, _number(seconds, "working_seconds"), pauses)
    elif pauses:
        raise Unreadable("pauses", _("Only a deadline in working_seconds can be paused."))
    else:
        at = hours.due_in_days(start, _whole(days, "working_days"))
    return {"due": parsing.utc(at), **_provisional(hours, start, at)}


def _elapsed(line: Line, hours: WorkHours, start: datetime) -> Answer:
    end = parsing.instant(line.get("end"), "end", hours.spec.zone)
    seconds = hours.elapsed(start, end, _pauses(line, hours))
    whole = int(seconds) if seconds.is_integer() else seconds
    return {"seconds": whole, **_provisional(hours, start, end)}


def _is_working(line: Line, hours: WorkHours, start: datetime) -> Answer:  # noqa: ARG001 (one shape for all)
    return {"working": hours.is_working(start), **_provisional(hours, start)}


def _working_dates(line: Line, hours: WorkHours, start: datetime) -> Answer:
    dates = hours.working_dates(start, _whole(line.get("count"), "count"))
    ends = [datetime(day.year, day.month, day.day, tzinfo=hours.spec.zone) for day in dates[-1:]]
    return {"dates": [day.isoformat() for day in dates], **_provisional(hours, start, *ends)}


OPS: dict[str, Callable[[Line, WorkHours, datetime], Answer]] = {
    "due": _due,
    "elapsed": _elapsed,
    "is_working": _is_working,
    "working_dates": _working_dates,
}


def _pauses(line: Line, hours: WorkHours) -> list[Pause]:
    pauses: list[Pause] = []
    given = line.get("pauses")
    if given is None:
        return pauses
    if not isinstance(given, list):
        raise Unreadable("pauses", _("A list is needed."))
    for number, pair in enumerate(given):
        field = f"pauses[{number}]"
        if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004 (a pause has two ends)
            raise Unreadable(field, _("A pair of times is needed."))
        since, until = (parsing.instant(end, field, hours.spec.zone) for end in pair)
        if until < since:
            raise Unreadable(field, _("It ends before it begins."))
        pauses.append((since, until))
    return pauses


def _number(value: Any, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise Unreadable(field, _("A number is needed."))
    return value if isinstance(value, int) else round(value, 6)


def _whole(value: Any, field: str) -> int:
    number = _number(value, field)
    if not math.floor(number) == number:
        raise Unreadable(field, _("A whole number is needed."))
    return int(number)


def _provisional(hours: WorkHours, *instants: datetime) -> Answer:
    return {"provisional": True} if hours.provisional(*instants) else {}


def _no_number(constant: str) -> None:
    message = f"{constant} is no number"
    raise ValueError(message)
