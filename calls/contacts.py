"""What of a customer's contact may be shown on a screen."""

import re
from typing import Final

# Seven digits or more, however they are set apart; a date, whether or not there is such a day, is none.
YEAR_FIRST: Final = r"(?:19|20)\d\d(?P<mark>[-./])[01]?\d(?P=mark)[0-3]?\d(?!\d)"
# Where more digits follow that are no time, it is the beginning of a longer number.
YEAR_LAST: Final = r"[0-3]?\d(?P<sign>[-./])[0-3]?\d(?P=sign)(?:19|20)\d\d(?!\d|[-.\s]+(?!\d?\d:)\d)"
NUMBER: Final = re.compile(rf"(?<!\d)(?:{YEAR_FIRST}|{YEAR_LAST})|(?P<number>\d(?:[^\w:/,]{{0,3}}\d){{6,}})")
LONG: Final = 10


def masked(text: str) -> str:
    """Return `text` with the middle of every telephone number hidden: “138****5678”."""
    return NUMBER.sub(lambda found: _hide_middle(found["number"]) if found["number"] else found.group(), text)


def _hide_middle(number: str) -> str:
    """Show the network and the last four digits of a mobile number, less of a short one."""
    first, last = (3, 4) if len(number) >= LONG else (1, 2)
    return number[:first] + "*" * (len(number) - first - last) + number[-last:]
