"""How much each token asks for: counted in Redis at every request, to be written down now and then by whoever owns tokens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

import redis
from django.conf import settings
from django.utils import timezone

COUNTED: Final = "rest:usage"
TAKEN: Final = "rest:usage:taken"


@dataclass(frozen=True, slots=True)
class Use:
    """How often a token asked for an address (as a route) on a day of the centre, and how often it was refused."""

    token: int
    day: date
    route: str
    requests: int
    refused: int


@cache
def _redis() -> Any:
    return redis.Redis.from_url(settings.CACHES["default"]["LOCATION"], decode_responses=True)


def note(token: int, route: str, *, refused: bool) -> None:
    """Count one request of a token."""
    day = timezone.localdate(timezone=timezone.get_default_timezone())
    _redis().hincrby(COUNTED, f"{token}|{day}|{int(refused)}|{route}", 1)


def take() -> Iterator[Use]:
    """Yield what was counted since the last time; it stays taken until `forget`. One at a time takes."""
    store = _redis()
    if not store.exists(TAKEN) and store.exists(COUNTED):
        store.rename(COUNTED, TAKEN)
    for name, count in store.hgetall(TAKEN).items():
        token, day, refused, route = name.split("|", 3)
        number = int(count)
        yield Use(int(token), date.fromisoformat(day), route, number, number if refused == "1" else 0)


def forget() -> None:
    """Let go of what was taken and is written down."""
    _redis().delete(TAKEN)
