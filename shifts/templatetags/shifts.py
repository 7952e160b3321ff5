"""What the templates of rosters draw with."""

from django import template
from django.utils.formats import number_format

from shifts import wishing

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """Return minutes in hours as the reader writes numbers: 450 is “7.5”."""
    return number_format(f"{minutes / 60:.2f}".rstrip("0").rstrip("."))


@register.simple_tag
def wish_words(kind: str, weekday: int, time: str, pattern: str) -> str:
    """Say a personal rule in the reader's language."""
    return wishing.words(kind, weekday, time, pattern)
