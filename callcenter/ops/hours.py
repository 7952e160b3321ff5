"""Hours as people write them, “08:30–12:00, 13:00–17:30”, and as calendars keep them. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from callcenter.words import listed
from callcenter.worktime import parsing

Hours = list[list[str]]
# What a Chinese keyboard writes in place of ":" and ",".
_AS_TYPED = str.maketrans({"：": ":", "，": ",", "、": ",", "；": ",", ";": ","})
_PIECE = re.compile(r"(\d{1,2}:\d\d(?::\d\d)?)\s*[-–—~至]\s*(\d{1,2}:\d\d(?::\d\d)?)", re.ASCII)


def read(text: str) -> Hours:
    """Return the pieces of one day in order, none for an empty text. Raises DomainError saying what is wrong."""
    pieces = [piece.strip() for piece in text.translate(_AS_TYPED).split(",") if piece.strip()]
    spans = parsing.hours([_piece(piece) for piece in pieces])
    return [[_wall(opens), _wall(closes)] for opens, closes in spans]


def written(hours: Hours) -> str:
    """Return the pieces of one day as people write them; "" for a closed one."""
    return listed(f"{opens}–{closes}" for opens, closes in hours)


def by_day(weekly: Mapping[str, Hours]) -> Iterator[tuple[str, str | Promise, str]]:
    """Return key, name and hours of the seven weekdays, Monday first."""
    for number, key in enumerate(parsing.WEEKDAYS):
        yield key, WEEKDAYS[number], written(weekly.get(key, []))


def in_words(weekly: Mapping[str, Hours]) -> str:
    """Return a week as short as it stays clear: “Mon–Fri 08:30–17:30 · Sat 09:00–12:00”; "" if it never opens."""
    days = [(WEEKDAYS_ABBR[number], hours) for number, (_key, _name, hours) in enumerate(by_day(weekly))]
    runs = [(hours, [name for name, _hours in run]) for hours, run in groupby(days, key=lambda day: day[1])]
    return " · ".join(f"{_from_to(names)} {hours}" for hours, names in runs if hours)


def _from_to(names: Sequence[str | Promise]) -> str:
    return str(names[0]) if len(names) == 1 else f"{names[0]}–{names[-1]}"


def _piece(text: str) -> list[str]:
    found = _PIECE.fullmatch(text)
    if found is None:
        raise parsing.Unreadable("hours", _("Write hours like 08:30–12:00, 13:00–17:30."))
    return [end.zfill(8 if end.count(":") > 1 else 5) for end in found.groups()]


def _wall(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{second:02}" if second else "")
