"""ETags: whether an answer is still the one that the caller knows."""

import hashlib
import json
import re
from collections.abc import Collection
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework.utils.encoders import JSONEncoder

from callcenter.errors import DomainError

TAG: Final = re.compile(r'(?:W/)?"([^"]*)"')


class Changed(DomainError):
    """The object is no longer the one that the caller knew."""

    status = 412
    code = "changed"

    def __init__(self) -> None:
        super().__init__(
            _("It was changed since you read it."),
            field="If-Match",
            mend=_("Read it again, look at the change, and send the new ETag."),
        )


def tag_of(data: Any, *, moving: Collection[str] = ()) -> str:
    """Return the weak ETag of an answer. `moving` are the fields that change by themselves, such as time left."""
    return f'W/"{hashlib.sha256(_text(data, moving).encode()).hexdigest()[:32]}"'


def _text(data: Any, moving: Collection[str]) -> str:
    rows = data.get("results") if isinstance(data, dict) else None
    still = [_without(row, moving) for row in rows] if rows else _without(data, moving)
    following = data.get("next") if isinstance(data, dict) else None
    return json.dumps([following, still], cls=JSONEncoder, sort_keys=True)


def _without(row: Any, moving: Collection[str]) -> Any:
    return {key: value for key, value in row.items() if key not in moving} if isinstance(row, dict) else row


def matches(header: str | None, tag: str) -> bool:
    """Say whether a header If-Match or If-None-Match names the tag. Tags compare weakly; “*” names any."""
    if header is None:
        return False
    return header.strip() == "*" or tag[3:-1] in TAG.findall(header)


def require_match(header: str | None, tag: str) -> None:
    """Raise Changed if the caller named the tags that it knows, and this is none of them."""
    if header is not None and not matches(header, tag):
        raise Changed
