"""What is drawn in Python is as safe as what a template draws."""

from datetime import timedelta
from types import SimpleNamespace

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from callcenter.drawn import draw

SHARP = "<b a=\"1\" c='2'>&amp;"


def test_values_are_escaped_and_safe_ones_kept_as_format_html_does():
    for value in (SHARP, SafeString(SHARP), 7, None, gettext_lazy("Today")):
        drawn = draw("<i>{}</i>{named}", value, named=value)
        assert isinstance(drawn, SafeString)
        assert drawn == format_html("<i>{}</i>{named}", value, named=value)


def test_a_lazy_word_is_said_in_the_language_of_the_moment():
    with translation.override("zh-hans"):
        assert draw("{}", gettext_lazy("Today")) == "今日"


def test_a_need_trusts_nothing_that_somebody_typed(db):
    left = SimpleNamespace(state="risk", seconds=3600, due=timezone.now() + timedelta(hours=1), note=SHARP)
    typed = dict.fromkeys(("title", "sub", "page", "url", "label", "name"), "<script>")
    drawn = render_to_string(
        "components/need.html", {"left": left, "icon": "complaint", "panel": True, **typed}
    )
    assert "<script>" not in drawn
    assert SHARP not in drawn
    assert drawn.count("&lt;script&gt;") == 9
