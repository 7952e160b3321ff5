"""What logs may say of an address: nothing of those below PREFIX, and no secret that stands in one."""

import logging
import re
from typing import Any
from urllib.parse import unquote

from callcenter.unnamed import PREFIX
from callcenter.wiring import SECRET_ADDRESSES

SECRET = re.compile(rf"({'|'.join(map(re.escape, SECRET_ADDRESSES))})[^/?\s'\"]+", re.IGNORECASE)
HIDDEN = r"\1…"


def is_silent(path: str) -> bool:
    """Say whether no line may speak of a request for this path."""
    return path.startswith(PREFIX)


def without_secret(text: str) -> str:
    """Return the text, each secret in an address left out."""
    return SECRET.sub(HIDDEN, text)


class LogRules(logging.Filter):
    """Drop records about a request below PREFIX, such as “Bad Request: …” with its time; leave secrets out of all others."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return False for those that are dropped."""
        path = str(getattr(getattr(record, "request", None), "path", ""))
        told = unquote(record.getMessage())  # a path can be written in more than one way
        if is_silent(path) or PREFIX in told:
            return False
        if SECRET.search(told):
            record.msg, record.args = without_secret(told), ()
        return True


def bare(environ: dict[str, Any]) -> dict[str, Any]:
    """Return a request as a line of the access log may tell it; one with a secret loses all but the known part of its path."""
    path = environ.get("PATH_INFO", "")
    shown = without_secret(path)
    if shown == path:
        return environ
    return {**environ, "PATH_INFO": shown, "RAW_URI": shown, "QUERY_STRING": ""}
