"""The word of a choice, quickly: lists write it in every row."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.models import Choices
from django.utils.translation import get_language


def in_words(field: str, choices: type[Choices]) -> Callable[[Any], str]:
    """Return a model's `get_<field>_display` that looks one word up; Django's own translates all of them each time.

    A value that is no choice is returned as it stands, as Django does.
    """
    words = dict(choices.choices)

    @lru_cache(256)
    def word(value: Any, _language: str | None) -> str:
        return str(words.get(value, value))

    def display(row: Any) -> str:
        return word(getattr(row, field), get_language())

    return display
