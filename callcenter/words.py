"""Putting words together as a language does."""

from collections.abc import Iterable

from django.utils.translation import get_language


def listed(words: Iterable[object]) -> str:
    """Return words one after another: “A, B”, in Chinese “A、B”."""
    between = "、" if (get_language() or "").startswith("zh") else ", "
    return between.join(str(word) for word in words)
