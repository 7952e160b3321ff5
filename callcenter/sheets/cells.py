"""What one cell of a file means: typed by a spreadsheet, or text. Pure; an unusable cell raises ValueError.

A blank cell is None: not known, never 0. The message of the error is what the reject shows.
"""

import re
import unicodedata
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

Cell = str | float | int | bool | date | datetime | time | timedelta | None

# Day 0 of a spreadsheet's serial numbers; correct from 1 March 1900 on.
SERIAL_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 (local wall time, like the cell)
# A duration above 24 hours can come typed as a date of the year 1900, counted from here.
DURATION_DAY: Final = datetime(1899, 12, 31)  # noqa: DTZ001
# 31 December 2200; a greater number is a timestamp or an id.
LAST_SERIAL: Final = 109_939
LONGEST: Final = 7 * 24 * 3600
NOON: Final = 12
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2099

YES: Final = frozenset({"y", "yes", "true", "1", "是", "已解决", "已接"})
NO: Final = frozenset({"n", "no", "false", "0", "否", "未解决", "未接"})
DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
COMPACT_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
CLOCK: Final = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([AaPp][Mm])?")
OFFSET: Final = re.compile(r"(Z|[+-]\d\d:?\d\d)$")
LENGTH: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d\d)(?:\.\d+)?")


def shown(cell: Cell) -> str:
    """Return the cell as a person reads it; the database takes no NUL."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str("" if cell is None else cell).replace("\0", "")


def text(cell: Cell, longest: int) -> str:
    """Return the cell as one line of text, at most `longest` characters; a whole number without its “.0”."""
    words = " ".join(shown(cell).split())
    if len(words) > longest:
        raise ValueError(_("longer than %(longest)d characters") % {"longest": longest})
    return words


def plain(cell: Cell) -> str:
    """Return the cell as one line, full-width letters and digits as the usual ones."""
    words = text(cell, 200)
    return words if words.isascii() else unicodedata.normalize("NFKC", words)


def day(cell: Cell) -> date | None:
    """Return a date: year first if it is text, since 01/02/2021 means two days."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return (SERIAL_DAY + timedelta(days=_serial(cell))).date()
    words = plain(cell)
    if not words:
        return None
    found = DATE.fullmatch(words) or COMPACT_DATE.fullmatch(words)
    with suppress(ValueError):
        if found:
            return date(*map(int, found.groups()))
    raise ValueError(_("“%(cell)s” is no date; write 2021-01-31") % {"cell": words})


def _serial(number: float) -> float:
    if not 0 <= number < LAST_SERIAL:
        raise ValueError(_("%(cell)s is no date of a spreadsheet") % {"cell": number})
    return number


def clock(cell: Cell) -> time | None:
    """Return a time of day, in whole seconds."""
    if isinstance(cell, datetime | time):
        return (cell.time() if isinstance(cell, datetime) else cell).replace(microsecond=0, tzinfo=None)
    if isinstance(cell, int | float | timedelta) and not isinstance(cell, bool):
        length = cell if isinstance(cell, timedelta) else timedelta(days=_serial(cell) % 1)
        return (SERIAL_DAY + timedelta(seconds=round(length.total_seconds()))).time()
    words = plain(cell)
    if not words:
        return None
    found = CLOCK.fullmatch(words)
    with suppress(ValueError):
        if found:
            return _time(*found.groups())
    raise ValueError(_("“%(cell)s” is no time of day; write 14:05:00") % {"cell": words})


def _time(hour: str, minute: str, second: str | None, half: str | None) -> time:
    hours = int(hour)
    if half:
        if not 1 <= hours <= NOON:
            raise ValueError(hour)
        hours = hours % NOON + (NOON if half.lower() == "pm" else 0)
    return time(hours, int(minute), int(second or 0))


def moment(cell: Cell) -> datetime | None:
    """Return date and time of one cell, in whole seconds: local and naive, or aware if the text names its offset."""
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return SERIAL_DAY + timedelta(seconds=round(_serial(cell) * 86400))
    words = plain(cell)
    if not words:
        return None
    on, _space, at = words.replace("T", " ").partition(" ")
    with suppress(ValueError):
        if OFFSET.search(words[10:]):
            return datetime.fromisoformat(words).replace(microsecond=0)
        return datetime.combine(day(on) or date.min, clock(at) or time())
    raise ValueError(_("“%(cell)s” is no date and time; write 2021-01-31 14:05:00") % {"cell": words})


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a wall time at `zone` (the first of two); one that never was raises ValueError."""
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise ValueError(_("the year %(year)d cannot be meant") % {"year": local.year})
    if local.tzinfo is not None:
        return local.astimezone(UTC)
    found = local.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != local:
        raise ValueError(_("%(local)s does not exist in %(zone)s") % {"local": local, "zone": zone.key})
    return found


def seconds(cell: Cell) -> int | None:
    """Return a length of time in whole seconds, the half up: a number of seconds, a spreadsheet's time, or 0:02:23.

    A typed number between 0 and 1 is a part of a day, as spreadsheets store times; “2:23” is minutes and seconds.
    """
    length = _length(cell)
    if length is None:
        return None
    if not 0 <= length <= LONGEST:
        raise ValueError(_("%(cell)s is no length of time") % {"cell": text(cell, 200)})
    return int(length + 0.5)


def _length(cell: Cell) -> float | None:
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, datetime):
        return (cell - DURATION_DAY).total_seconds()
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return round(cell * 86400) if 0 < cell < 1 else cell
    words = plain(cell)
    if not words:
        return None
    if found := LENGTH.fullmatch(words):
        hours, minutes, rest = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + rest
    if not re.fullmatch(r"-?\d+(\.\d+)?", words):
        raise ValueError(_("“%(cell)s” is no number of seconds") % {"cell": words})
    return float(words)


def yes_or_no(cell: Cell) -> bool | None:
    """Return Y as True, N as False."""
    words = plain(cell).casefold()
    if words and words not in YES | NO:
        raise ValueError(_("“%(cell)s” is neither Y nor N") % {"cell": words})
    return words in YES if words else None


def whole(cell: Cell, least: int, most: int) -> int | None:
    """Return a whole number from `least` to `most`."""
    words = plain(cell)
    if not words:
        return None
    if not re.fullmatch(r"\d{1,9}", words) or not least <= int(words) <= most:
        raise ValueError(
            _("“%(cell)s” is no whole number from %(least)d to %(most)d")
            % {"cell": words, "least": least, "most": most}
        )
    return int(words)
