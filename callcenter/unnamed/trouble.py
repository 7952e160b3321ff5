"""Errors below PREFIX: counted, and logged later with the next batch, so that no line tells when somebody was there."""

import logging
from contextlib import suppress
from pathlib import Path
from traceback import extract_tb

from django.core.cache import cache
from redis import RedisError

logger = logging.getLogger(__name__)
KEY = "unnamed:trouble"
DAY = 24 * 3600
MOST = 50
"""How many kinds of error are told apart; more would only fill the store."""


def note(error: BaseException) -> None:
    """Count an error by its kind and the line that raised it. Its words may quote what was sent, and are dropped."""
    frames = extract_tb(error.__traceback__)
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    kind = f"{type(error).__name__} at {at}"
    # Without the store nothing can be told later, and nothing may be told now.
    with suppress(RedisError):
        kinds = cache.get(KEY, {})
        if kind in kinds or len(kinds) < MOST:
            cache.set(KEY, {**kinds, kind: kinds.get(kind, 0) + 1}, 2 * DAY)


def tell() -> None:
    """Log what was counted and begin anew."""
    for kind, times in sorted(cache.get(KEY, {}).items()):
        logger.error("Below the unnamed addresses, since the last batch: %s, %d times", kind, times)
    cache.delete(KEY)
