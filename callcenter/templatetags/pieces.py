"""Components that are drawn in Python, since a page that is open all day has many of them."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from callcenter.drawn import draw
from callcenter.templatetags.ui import icon, time_left

register = template.Library()

NEED = (
    '<div class="need">{left}<div class="grow"><div class="need-t cut">{icon} {head}</div>'
    '<div class="sub cut">{sub}</div></div>{act}</div>'
)
UNTIMED = '<div class="left">{}<b>{}</b><span class="small">{}</span></div>'
HEAD = '<a{id} href="{page}">{title}</a>'
ACT = '<a class="btn btn-sm"{id} href="{url}"{panel}>{label}<span class="visually-hidden"> {name}</span></a>'
PANEL = ' hx-get="{}" hx-target="#panel"'


@register.simple_tag
def need(  # noqa: PLR0913 (the inputs of a component)
    left: Any,
    symbol: str,
    title: str,
    sub: str,
    *,
    since: str = "",
    page: str = "",
    url: str = "",
    label: str | Promise = "",
    panel: object = False,
    name: str = "",
) -> SafeString:
    """Draw one thing that needs somebody; components/need.html says what it takes."""
    head = draw(HEAD, id=_id("need", name), page=page, title=title) if page else title
    there = draw(PANEL, url) if panel else ""
    act = draw(ACT, id=_id("act", name), url=url, panel=there, label=label, name=name) if url else ""
    when = time_left(left) if left else draw(UNTIMED, icon("clock"), gettext("No deadline"), since)
    return draw(NEED, left=when, icon=icon(symbol), head=head, sub=sub, act=act)


def _id(kind: str, name: str) -> str:
    return draw(' id="{}-{}"', kind, name) if name else ""
