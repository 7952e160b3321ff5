"""What a cell means that only call lists have. Pure; an unusable cell raises ValueError."""

import re
from typing import Final

from django.utils.translation import gettext as _

from callcenter.sheets.cells import NO, YES, Cell, plain
from calls.enums import Outcome

OUTCOMES: Final = {
    "answered": Outcome.ANSWERED,
    "connected": Outcome.ANSWERED,
    "接通": Outcome.ANSWERED,
    "已接通": Outcome.ANSWERED,
    "abandoned": Outcome.ABANDONED,
    "abandon": Outcome.ABANDONED,
    "放弃": Outcome.ABANDONED,
    "未接通": Outcome.ABANDONED,
    "flowedout": Outcome.FLOWED_OUT,
    "overflow": Outcome.FLOWED_OUT,
    "溢出": Outcome.FLOWED_OUT,
    "unknown": Outcome.UNKNOWN,
    "未知": Outcome.UNKNOWN,
}


def outcome(cell: Cell) -> str:
    """Return how the visit ended: a word for it, Y for answered, N for abandoned; blank is unknown."""
    words = plain(cell).casefold()
    word = OUTCOMES.get(re.sub(r"[\s_-]", "", words))
    if word:
        return word.value
    if words and words not in YES | NO:
        raise ValueError(_("“%(cell)s” is no outcome of a call") % {"cell": words})
    if not words:
        return Outcome.UNKNOWN.value
    return (Outcome.ANSWERED if words in YES else Outcome.ABANDONED).value


def in_words(value: str) -> str:
    """Return an outcome as a person reads it."""
    return str(Outcome(value).label)
