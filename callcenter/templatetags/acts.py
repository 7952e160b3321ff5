"""What somebody may not do now, drawn in Python where a page has many of it."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from callcenter.drawn import draw
from callcenter.templatetags.ui import icon

register = template.Library()
BARRED = (
    '<div class="act"><button class="btn" type="button" disabled>{}{}</button><p class="why">{}</p></div>'
)


@register.simple_tag
def barred(choices: Iterable[Any]) -> SafeString:
    """Draw the `label` of each choice as components/action.html does, `why` beneath."""
    lock = icon("lock")
    return SafeString("".join(draw(BARRED, lock, choice.label, choice.why) for choice in choices))
