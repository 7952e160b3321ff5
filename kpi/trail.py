"""The way down from the centre to single calls, and back up: addresses only. No database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kpi.indicators import NEXT

LEVELS: Final = ("site", "team", "queue", "topic", "agent")
"""What figures are limited to on the way down, the widest first."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way, with the query of its page; the last one is where one stands."""

    name: str
    query: str


def crumbs(asked: Mapping[str, str], names: Mapping[str, str]) -> list[Crumb]:
    """Return the way from the whole centre to what is shown; none at the top.

    `asked` is the address as it stands, `names` what each limit is called. A step back keeps what else was asked.
    """
    kept = {name: value for name, value in asked.items() if name not in {*LEVELS, "by"}}
    found = [Crumb(_("Whole centre"), urlencode(kept))]
    for level in LEVELS:
        if asked.get(level) and level in names:
            kept[level] = asked[level]
            found.append(Crumb(names[level], urlencode({**kept, "by": NEXT[level]})))
    return found if len(found) > 1 else []


def inside(by: str, asked: Mapping[str, str]) -> str:
    """Return what is compared inside one of `by` when it is opened: what the address is not limited to yet, "" if nothing is left."""
    below, level = [], NEXT[by]
    while level not in below:
        below.append(level)
        level = NEXT[level]
    return next((level for level in (*below, "agent") if level != by and not asked.get(level)), "")


def calls(limits: Mapping[str, str], first: date, last: date, **more: Any) -> str:
    """Return the address of the list of exactly the calls that figures of these limits and days count."""
    asked = {**limits, "since": first.isoformat(), "until": last.isoformat(), **more}
    return f"{reverse('calls:list')}?{urlencode(asked)}"
