"""The word of a choice, quickly: lists write it in every row."""

from collections.abc import Callable
from typing import Any

from django.db.models import Choices


def in_words(field: str, choices: type[Choices]) -> Callable[[Any], str]:
    """Return a model's `get_<field>_display` that looks one word up; Django's own translates all of them each time.

    A value that is no choice is returned as it stands, as Django does.
    """
    words = dict(choices.choices)

    def display(row: Any) -> str:
        value = getattr(row, field)
        return str(words.get(value, value))

    return display
