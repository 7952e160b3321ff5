"""What templates of rosters draw with."""

from typing import Any

from django import template

from shifts import moments

register = template.Library()


@register.filter
def strip(slices: list[Any]) -> list[moments.Block]:
    """Return the blocks of a shift's slices."""
    return list(moments.strip(slices))


@register.filter
def plain(number: float) -> str:
    """Return a number as SVG reads it, whatever the reader's language writes."""
    return f"{number:g}"
