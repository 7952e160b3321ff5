"""Reading calendars, hours and instants from plain JSON values; what is wrong is named by its path."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from callcenter.errors import DomainError
from callcenter.worktime.spec import DAY, Spans, Spec, union

T = TypeVar("T")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CALENDAR_KEYS = frozenset({"timezone", "weekly", "breaks", "holidays", "overrides"})
_WALL = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?|24:00(?::00)?", re.ASCII)


class Unreadable(DomainError):
    """A value does not have the shape it should have."""

    code = "unreadable"

    def __init__(self, field: str, message: Any, mend: Any = "") -> None:
        super().__init__(message, field=field, mend=mend)


def calendar(value: Any, field: str = "calendar") -> Spec:
    """Return the calendar of a `{"timezone", "weekly", "breaks", "holidays", "overrides"}` object."""
    given = mapping(value, field)
    refuse_unknown(given, CALENDAR_KEYS, field)
    return Spec(
        zone=zone(given.get("timezone"), f"{field}.timezone"),
        weekly=weekly(given.get("weekly"), f"{field}.weekly"),
        breaks=_dated(given.get("breaks"), f"{field}.breaks"),
        holidays=frozenset(_each(given.get("holidays"), f"{field}.holidays", day)),
        overrides=_dated(given.get("overrides"), f"{field}.overrides"),
    )


def weekly(value: Any, field: str = "weekly") -> tuple[Spans, ...]:
    """Return the hours of the seven weekdays, Monday first, of `{"mon": [["09:00", "17:00"]], …}`."""
    given = mapping(value, field)
    refuse_unknown(given, frozenset(WEEKDAYS), field)
    return tuple(hours(given.get(name), f"{field}.{name}") for name in WEEKDAYS)


def hours(value: Any, field: str = "hours") -> Spans:
    """Return the pieces of one day, of `[["09:00", "12:00"], …]`; pieces that overlap or adjoin are made one."""
    return union(tuple(_each(value, field, _piece)))


def zone(value: Any, field: str = "time_zone") -> tzinfo:
    """Return the time zone of an IANA name."""
    if not isinstance(value, str):
        raise Unreadable(field, _("The name of a time zone is needed, like Asia/Shanghai."))
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise Unreadable(field, _("There is no time zone “%s”.") % value[:60]) from error


def day(value: Any, field: str = "date") -> date:
    """Return the date of `2006-01-04`."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Unreadable(field, _("A date is needed, such as “2006-01-04”.")) from error


def instant(value: Any, field: str, local: tzinfo) -> datetime:
    """Return the instant of an ISO time; without an offset it is a wall time of `local`."""
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Unreadable(field, _("A time is needed, such as “2006-01-04T15:58:30Z”.")) from error
    return at if at.tzinfo is not None else at.replace(tzinfo=local)


def utc(at: datetime) -> str:
    """Return an instant as it is answered: in UTC with a Z, its fraction of a second only if it has one."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def mapping(value: Any, field: str) -> Mapping[str, Any]:
    """Return `value` if it is an object."""
    if not isinstance(value, dict):
        raise Unreadable(field, _("An object is needed."))
    return value


def refuse_unknown(given: Mapping[str, Any], known: frozenset[str], field: str = "") -> None:
    """Raise for a key that nobody would read: a slip of the pen must not change an answer silently."""
    for key in given:
        if key not in known:
            path = f"{field}.{key}" if field else key
            raise Unreadable(path, _("Not known here; known are: %s.") % ", ".join(sorted(known)))


def _each(value: Any, field: str, read: Callable[[Any, str], T]) -> list[T]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unreadable(field, _("A list is needed."))
    return [read(item, f"{field}[{number}]") for number, item in enumerate(value)]


def _dated(value: Any, field: str) -> dict[date, Spans]:
    given = {} if value is None else mapping(value, field)
    return {day(key, f"{field}.{key}"): hours(pieces, f"{field}.{key}") for key, pieces in given.items()}


def _piece(value: Any, field: str) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 (a piece has two ends)
        raise Unreadable(field, _("A pair of times is needed, such as [“09:00”, “17:00”]."))
    opens, closes = _wall(value[0], field), _wall(value[1], field)
    if opens >= closes:
        raise Unreadable(
            field,
            _("It ends before it begins."),
            mend=_("Hours past midnight belong to the next day: end at 24:00, go on from 00:00."),
        )
    return opens, closes


def _wall(value: Any, field: str) -> int:
    found = _WALL.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise Unreadable(field, _("A time of day is needed, such as “09:00”; “24:00” is the end of the day."))
    if found[1] is None:
        return DAY
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
