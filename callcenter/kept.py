"""What stands around and above a page and changes little is read once in some seconds for each person, out of Redis.

Whoever does something sees all of it anew: `forget` makes what was kept for them worthless.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast
from uuid import uuid4

from django.core.cache import cache as redis

FRESH = 15
"""For how many seconds something holds."""
LONGEST = 60
"""Nothing is kept for more seconds than these."""
T = TypeVar("T")


def kept(person: Any, name: str, of: Hashable, make: Callable[[], T], *, seconds: int = FRESH) -> T:
    """Return what `make` made at most `seconds` ago for this person, name and `of`; of several `of` the last is kept."""
    acted, key = _acted(person), f"kept:{person.pk}:{name}"
    found = redis.get_many([acted, key])
    stamp = (found.get(acted), of)
    if key in found and found[key][0] == stamp:
        return cast("T", found[key][1])
    value = make()
    redis.set(key, (stamp, value), seconds)
    return value


def forget(person: Any) -> None:
    """Read everything anew for the next page of the person: they have just done something."""
    redis.set(_acted(person), uuid4().hex, LONGEST)


def _acted(person: Any) -> str:
    return f"acted:{person.pk}"
