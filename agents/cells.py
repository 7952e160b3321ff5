"""How cells of lists about people are read."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from agents.enums import LEVELS
from agents.services.terms import LEAST, MOST
from callcenter.sheets import cells
from callcenter.sheets.cells import Cell

SKILL = re.compile(r"(.+?)(?:[\s:：]+([1-5]))?")
WRITTEN = {str(level): level for level in LEVELS}


def after(cell: Cell) -> date | None:
    """Return the day after a last day: the first on which something no longer holds."""
    last = cells.day(cell)
    return last + timedelta(days=1) if last else None


def level(cell: Cell) -> int | None:
    """Return a level from 1 to 5."""
    words = cells.plain(cell)
    if words and words not in WRITTEN:
        raise ValueError(_("“%(cell)s” is no level from 1 to 5") % {"cell": words})
    return WRITTEN.get(words)


def skills(cell: Cell) -> tuple[tuple[str, int | None], ...]:
    """Return skills such as “billing 3; repair” with their levels; None where the cell says none."""
    words = filter(None, map(str.strip, re.split(r"[;；,，、|]", cells.text(cell, 400))))
    found = [SKILL.fullmatch(one) for one in words]
    return tuple((one[1].strip(), WRITTEN.get(one[2] or "")) for one in found if one)


def weekly_minutes(cell: Cell) -> int | None:
    """Return hours a week, such as 40 or 37.5, in whole minutes."""
    words = cells.plain(cell).replace(",", ".")
    if not words:
        return None
    try:
        minutes = round(Decimal(words) * 60)
    except (InvalidOperation, OverflowError, ValueError):
        minutes = 0
    if not LEAST <= minutes <= MOST:
        raise ValueError(_("“%(cell)s” is no number of hours from 1 to 60") % {"cell": words})
    return minutes
