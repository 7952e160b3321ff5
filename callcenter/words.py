"""Putting words together as a language does."""

from collections.abc import Iterable
from datetime import date

from babel import Locale
from babel.dates import format_date
from django.utils.translation import get_language, to_locale


def listed(words: Iterable[object]) -> str:
    """Return words one after another: “A, B”, in Chinese “A、B”."""
    between = "、" if (get_language() or "").startswith("zh") else ", "
    return between.join(str(word) for word in words)


def in_year(day: date) -> str:
    """Return a date whose year is said elsewhere: “22 Nov”, “11月22日”."""
    locale = Locale.parse(to_locale(get_language() or "en"))
    return format_date(day, "M月d日" if locale.language == "zh" else "d MMM", locale=locale)
