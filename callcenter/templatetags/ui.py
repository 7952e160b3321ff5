"""What templates draw with: icons, links that keep the address, times and figures in the reader's words.

Filters answer an en dash for None, so that "not known" is never shown as zero.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from django import template
from django.contrib.messages.storage.base import Message
from django.http import QueryDict
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import RequestContext
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name, localdate, localtime
from django.utils.translation import get_language, gettext, to_locale
from django.utils.translation import gettext_lazy as _

from callcenter import words
from callcenter.drawn import draw
from callcenter.saving import UNDO

register = template.Library()
register.filter("listed", words.listed)

UNKNOWN = "–"
MINUTE = 60
WEEK = 7
MANY = 1000
CURRENT = SafeString(' aria-current="page"')
# Patterns of CLDR. Chinese leaves this year out and says the weekday, English the other way round.
DAY = {"en": "d MMM y", "zh": "M月d日 EEE", "zh-past": "y年M月d日 EEE"}
# Of another month, of this month.
TERSE = {"en": ("d MMM HH:mm", "d EEE HH:mm"), "zh": ("M月d日 HH:mm", "d日 EEE HH:mm")}
TIME = {"en": ", HH:mm", "zh": " HH:mm"}
# The icon and the word of how much time is left.
LEFT = {"ontime": ("ok", _("On time")), "risk": ("risk", _("At risk")), "late": ("late", _("Breached"))}


def _locale() -> Locale:
    return _locale_of(get_language() or "en")


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(to_locale(language))


def _written(local: datetime, pattern: str, locale: Locale) -> str:
    """Return a local instant, which the pattern shows to the minute at most."""
    return _written_minute(local.replace(second=0, microsecond=0, tzinfo=None), pattern, locale)


@lru_cache(4096)
def _written_minute(wall: datetime, pattern: str, locale: Locale) -> str:
    return format_datetime(wall, pattern, locale=locale)


def _day_pattern(day: date, locale: Locale) -> str:
    if locale.language != "zh":
        return DAY["en"]
    return DAY["zh"] if day.year == localdate().year else DAY["zh-past"]


@register.filter
def instant(value: datetime | None) -> str:
    """Return an aware datetime in the active zone: “22 Nov 2026, 14:05”, “11月22日 周日 14:05”."""
    if value is None:
        return UNKNOWN
    local, locale = localtime(value), _locale()
    pattern = _day_pattern(local.date(), locale) + TIME["zh" if locale.language == "zh" else "en"]
    return _written(local, pattern, locale)


@register.filter
def day(value: date | datetime | None) -> str:
    """Return a date, or that of an aware datetime in the active zone: “22 Nov 2026”, “11月22日 周日”."""
    if value is None:
        return UNKNOWN
    on = localtime(value).date() if isinstance(value, datetime) else value
    locale = _locale()
    return format_date(on, _day_pattern(on, locale), locale=locale)


@register.filter
def dated(value: date | datetime) -> str:
    """Return an instant or a date with its year, for paper: “22 Nov 2026, 14:05”, “2026年11月22日 周日”."""
    locale = _locale()
    pattern = DAY["zh-past" if locale.language == "zh" else "en"]
    if not isinstance(value, datetime):
        return format_date(value, pattern, locale=locale)
    pattern += TIME["zh" if locale.language == "zh" else "en"]
    return format_datetime(localtime(value), pattern, locale=locale)


@register.filter
def brief(value: datetime | None) -> str:
    """Return an instant as short as it stays clear: “14:05” today, “Mon 17:30” within six days, else all."""
    if value is None:
        return UNKNOWN
    local = localtime(value)
    away = abs((local.date() - localdate()).days)
    if away >= WEEK:
        return instant(value)
    return _written(local, "EEE HH:mm" if away else "HH:mm", _locale())


@register.filter
def terse(value: datetime | None) -> str:
    """Return an instant for a story that says it in full elsewhere: “21 Sat 11:20” this month, “21 Oct 11:20” this year."""
    if value is None:
        return UNKNOWN
    local, today, locale = localtime(value), localdate(), _locale()
    if local.year != today.year:
        return instant(value)
    pattern = TERSE[locale.language if locale.language == "zh" else "en"][local.month == today.month]
    return _written(local, pattern, locale)


@register.filter
def duration(value: timedelta | float | None) -> str:
    """Return a length of time (timedelta or seconds) in words: “2 h 10 min”, under a minute “40 s”.

    Hours are never turned into days, since a working day is not 24 hours. The sign is dropped.
    """
    if value is None:
        return UNKNOWN
    total = abs(int(value.total_seconds() if isinstance(value, timedelta) else value))
    if total < MINUTE:
        return gettext("%(seconds)d s") % {"seconds": total}
    hours, minutes = divmod(total // MINUTE, 60)
    if not hours:
        return gettext("%(minutes)d min") % {"minutes": minutes}
    if not minutes:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}


@register.simple_tag
def pill(text: str, tone: str = "", symbol: str = "") -> SafeString:
    """Draw the state of a thing as components/pill.html does; in Python, since a list draws it for every row."""
    return draw(
        '<span class="pill{}">{}{}</span>',
        f" is-{tone}" if tone else "",
        icon(symbol) if symbol else "",
        text,
    )


@register.simple_tag
def time_left(left: Any) -> SafeString:
    """Draw the time left in working time: icon, word and colour; components/left.html says what `left` has.

    In Python, since a list draws it for every row; and once for as long as the same reader reads the same in it.
    """
    told = int(left.seconds / MINUTE) * MINUTE or int(left.seconds)
    reader = (get_language(), get_current_timezone_name(), localdate())
    return _time_left(left.state, told, left.due, str(getattr(left, "note", "")), reader)


@lru_cache(4096)
def _time_left(state: str, told: int, due: datetime, note: str, _reader: tuple[object, ...]) -> SafeString:
    symbol, word = LEFT[state]
    if state != "late":
        amount = gettext("%(time)s left") % {"time": duration(told)}
    elif told > -MINUTE:
        amount = gettext("Just over")
    else:
        amount = gettext("%(time)s over") % {"time": duration(told)}
    when = gettext("due %(when)s") % {"when": brief(due)}
    return draw(
        '<div class="left is-{}" title="{}">{}<b>{}</b><span class="small">{}</span></div>',
        state,
        instant(due),
        icon(symbol),
        amount,
        " · ".join(filter(None, (str(word), note, when))),
    )


@register.filter
def seconds(value: timedelta | float | None) -> str:
    """Return a length of time (timedelta or seconds), rounded, as a clock: “1:07”, “1:02:03”."""
    if value is None:
        return UNKNOWN
    total = round(value.total_seconds() if isinstance(value, timedelta) else value)
    minutes, rest = divmod(abs(total), 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"−{clock}" if total < 0 else clock


@register.filter
def percent(value: float | None, decimals: int = 1) -> str:
    """Return a share between 0 and 1 in per cent: 0.714 is “71.4 %”; `decimals` after the point."""
    if value is None:
        return UNKNOWN
    # number_format cuts instead of rounding.
    return f"{number_format(round(value * 100, decimals), decimal_pos=decimals)}\N{NO-BREAK SPACE}%"


def capped(number: int) -> str:
    """Return a counted number as a navigation shows it: “46”, “999+” from a thousand on."""
    return str(number) if number < MANY else f"{MANY - 1}+"


@register.filter
def undo(message: Message) -> str:
    """Return the address that takes back what a message says was done, "" if nothing does."""
    return (message.extra_tags or "").partition(UNDO)[2]


@register.filter
def initials(name: str) -> str:
    """Return what stands in a person's circle: a Chinese family name, else the first letters of the first and last word."""
    letters = [word[0] for word in name.split()]
    if letters and not letters[0].isascii():
        return letters[0]
    return "".join(letters[:1] + letters[1:][-1:]).upper()


@register.filter
def spark(values: Sequence[float | None]) -> str:
    """Return the points of an SVG polyline, 64 wide and 26 high, lowest value at the foot, without gaps."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if len(known) <= 1:
        return ""
    low, high = min(v for _, v in known), max(v for _, v in known)
    across, up = 64 / (len(values) - 1), 20 / (high - low) if high > low else 0
    return " ".join(f"{at * across:.1f},{23 - (value - low) * up:.1f}" for at, value in known)


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """Draw a symbol of ui/icons.svg, `size` "" (16 px) or "lg" (20 px), hidden from screen readers."""
    return draw(
        '<svg class="i{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" i-{size}" if size else "",
        static("ui/icons.svg"),
        name,
    )


def nav_link(label: str | Promise, url: str, symbol: str, *, current: bool, count: int) -> SafeString:
    """Draw a link of the navigation with the number that waits there; in Python, since every page has many, twice."""
    shown = draw('<span class="count">{}</span>', capped(count)) if count else ""
    return draw(
        '<a href="{}" title="{}"{}>{}<span class="label">{}</span>{}</a>',
        url,
        label,
        CURRENT if current else "",
        icon(symbol, "lg"),
        label,
        shown,
    )


def _address(context: RequestContext, **changes: str | None) -> str:
    """Return this page's query with `changes` (None drops one) from the first page on."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in {"page": None, **changes}.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/chip.html", takes_context=True)
def chip(context: RequestContext, param: str, label: str, value: Any) -> dict[str, Any]:
    """Draw a filter that is set, in words, with a link that removes `param` from the address."""
    return {"label": label, "value": value, "address": _address(context, **{param: None})}


class RepeatBlock(Node):
    """A block of the page once more."""

    def __init__(self, name: FilterExpression) -> None:
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        """Render what the most derived template put into the block."""
        block = context.render_context[BLOCK_CONTEXT_KEY].get_block(self.name.resolve(context))
        return SafeString(block.nodelist.render(context))


@register.tag
def repeat_block(parser: Parser, token: Token) -> RepeatBlock:
    """Draw a block a second time, so that a page says its title once for the tab and for the heading."""
    _, name = token.split_contents()
    return RepeatBlock(parser.compile_filter(name))
