"""The frame's own pages, found by their names."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from callcenter.navigation import BESIDE, MAILBOX, MAIN, SETTINGS
from callcenter.search.found import Found


def find_pages(person: Any, words: str, now: datetime, limit: int) -> list[Found]:  # noqa: ARG001 (every search is asked alike)
    """Return the pages that the person may open and whose name holds the words."""
    entries = [*MAIN, *SETTINGS, *([MAILBOX] if settings.MAILBOX else []), *BESIDE]
    found = [
        Found(str(entry.label), _("Page"), reverse(entry.url_name), entry.icon)
        for entry in entries
        if words.casefold() in str(entry.label).casefold()
        and (not entry.permission or person.has_perm(entry.permission))
    ]
    return found[:limit]
