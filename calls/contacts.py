"""What of a customer's contact may be shown on a screen."""

import re

NUMBER = re.compile(r"\d[\d -]{5,}\d")


def masked(text: str) -> str:
    """Return `text` with the middle of every telephone number hidden: “138****5678”."""
    return NUMBER.sub(lambda found: _hide_middle(found.group()), text)


def _hide_middle(number: str) -> str:
    shown = 3 if len(number) >= 10 else 1
    return number[:shown] + "*" * (len(number) - shown - min(4, shown + 1)) + number[-min(4, shown + 1) :]
