"""How many requests a minute: counted in Redis for each token, person or address."""

import math
import time
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.utils.translation import gettext as _

from callcenter.errors import DomainError

WINDOW: Final = 60
"""Seconds in which a limit counts; a new window begins with every full minute."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a limit, and for how many seconds it has to do."""

    limit: int
    left: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """Return what every answer says about it."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.left, 0)),
            "RateLimit-Reset": str(self.seconds),
        }


class TooMany(DomainError):
    """The limit of this minute is used up."""

    status = 429
    code = "too_many_requests"

    def __init__(self, allowance: Allowance) -> None:
        super().__init__(
            _("More than %(limit)d requests in a minute.") % {"limit": allowance.limit},
            mend=_("Wait %(seconds)d seconds.") % {"seconds": allowance.seconds},
        )
        self.headers = {"Retry-After": str(allowance.seconds)}


def spend(who: str, limit: int) -> Allowance:
    """Count one request of `who` in this minute and return what is left; below zero, it is one too many."""
    clock = time.time()
    window = int(clock // WINDOW)
    key = f"limit:{who}:{window}"
    return Allowance(limit, limit - _counted(key), math.ceil((window + 1) * WINDOW - clock))


def _counted(key: str) -> int:
    """Count one more and return how many; the first of a minute, which several may be at once, begins with none."""
    try:
        return int(cache.incr(key))
    except ValueError:
        cache.add(key, 0, timeout=2 * WINDOW)
        return int(cache.incr(key))
