"""What a search answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: what it is, a line about it, its page, and the icon of its kind."""

    title: str
    sub: str
    url: str
    icon: str
