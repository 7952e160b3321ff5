"""The question put to every app."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from callcenter.search.found import Found

LIMIT = 5
"""How many of each kind are shown."""
LONGEST = 100


def clean(words: str) -> str:
    """Return what was typed as the database takes it: no NUL, no blanks around, at most LONGEST characters."""
    return words.replace("\x00", "").strip()[:LONGEST]


def find(person: Any, words: str, *, now: datetime) -> list[Found]:
    """Return what the person may see of everything that `words` name, up to LIMIT of each kind; nothing for no words."""
    if not words:
        return []
    searches = map(import_string, settings.SEARCHES.values())
    return [found for search in searches for found in search(person, words, now, LIMIT)]
