"""What the tags and filters of pages answer, in the reader's language and zone."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from callcenter.templatetags import ui

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _in_shanghai():
    with timezone.override(SHANGHAI):
        yield


@pytest.fixture
def on_24_november(monkeypatch):
    """The readers' today is Tuesday 24 November 2026."""
    monkeypatch.setattr(ui, "localdate", lambda: date(2026, 11, 24))


def draw(source: str, address: str = "/", **context) -> str:
    request = RequestFactory().get(address)
    return Template("{% load ui %}" + source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "22 Nov 2026, 14:05"),
        ("zh-hans", "11月22日 周日 14:05"),
        ("zh-hant", "11月22日 週日 14:05"),
    ],
)
def test_instant_is_said_in_the_readers_zone_and_language(on_24_november, language, words):
    with translation.override(language):
        assert ui.instant(datetime(2026, 11, 22, 6, 5, tzinfo=UTC)) == words


def test_instant_of_another_year_says_its_year_in_chinese(on_24_november):
    with translation.override("zh-hans"):
        assert ui.instant(datetime(2021, 1, 1, 1, 12, tzinfo=UTC)) == "2021年1月1日 周五 09:12"


def test_day_of_an_instant_is_the_day_in_the_readers_zone(on_24_november):
    late_in_london = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert ui.day(late_in_london) == "23 Nov 2026"
    assert ui.day(date(2026, 11, 22)) == "22 Nov 2026"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2026, 11, 24, 10, 54, tzinfo=SHANGHAI), "10:54"),
        (datetime(2026, 11, 23, 17, 30, tzinfo=SHANGHAI), "Mon 17:30"),
        (datetime(2026, 11, 30, 9, 0, tzinfo=SHANGHAI), "Mon 09:00"),
        (datetime(2026, 12, 1, 9, 0, tzinfo=SHANGHAI), "1 Dec 2026, 09:00"),
        (datetime(2026, 11, 17, 9, 0, tzinfo=SHANGHAI), "17 Nov 2026, 09:00"),
    ],
)
def test_brief_leaves_out_what_is_clear(on_24_november, when, words):
    assert ui.brief(when) == words


@pytest.mark.parametrize(
    ("language", "when", "words"),
    [
        ("en", datetime(2026, 11, 21, 11, 20, tzinfo=SHANGHAI), "21 Sat 11:20"),
        ("en", datetime(2026, 10, 21, 11, 20, tzinfo=SHANGHAI), "21 Oct 11:20"),
        ("zh-hans", datetime(2026, 11, 21, 11, 20, tzinfo=SHANGHAI), "21日 周六 11:20"),
        ("zh-hans", datetime(2026, 10, 21, 11, 20, tzinfo=SHANGHAI), "10月21日 11:20"),
        ("zh-hans", datetime(2025, 11, 21, 11, 20, tzinfo=SHANGHAI), "2025年11月21日 周五 11:20"),
    ],
)
def test_terse_leaves_out_the_month_and_year_of_the_reader(on_24_november, language, when, words):
    with translation.override(language):
        assert ui.terse(when) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (timedelta(hours=2, minutes=10, seconds=59), "2 h 10 min"),
        (timedelta(hours=49), "49 h"),
        (timedelta(minutes=-40), "40 min"),
    ],
)
def test_duration_is_said_in_hours_and_minutes(value, words):
    assert ui.duration(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0:00"), (67.4, "1:07"), (59.6, "1:00"), (3723, "1:02:03"), (timedelta(seconds=-67), "−1:07")],
)
def test_seconds_are_shown_as_a_clock(value, words):
    assert ui.seconds(value) == words


def test_percent_takes_a_share_and_keeps_its_sign_on_the_line():
    assert ui.percent(0.714) == "71.4\u00a0%"
    assert ui.percent(0.714, 0) == "71\u00a0%"
    assert ui.percent(0.7146) == "71.5\u00a0%"
    assert ui.percent(0) == "0.0\u00a0%"


@pytest.mark.parametrize("words", [ui.instant, ui.day, ui.brief, ui.duration, ui.seconds, ui.percent])
def test_what_is_not_known_is_a_dash_and_never_a_zero(words):
    assert words(None) == "–"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Song Mei", "SM"), ("Anna Maria van Dijk", "AD"), ("区静", "区"), ("王芳 Wang Fang", "王"), ("", "")],
)
def test_initials_of_a_name(name, letters):
    assert ui.initials(name) == letters


def test_spark_runs_from_left_to_right_with_the_lowest_value_at_the_foot():
    assert ui.spark([10, 20, 15]) == "0.0,23.0 32.0,3.0 64.0,13.0"
    assert ui.spark([10, None, 20]) == "0.0,23.0 64.0,3.0"
    assert ui.spark([5, 5]) == "0.0,23.0 64.0,23.0"
    assert ui.spark([None, 3]) == ""


def test_icon_is_taken_from_the_sprite_and_hidden_from_screen_readers():
    drawn = draw('{% icon "late" "lg" %}')
    assert 'class="i i-lg" aria-hidden="true"' in drawn
    assert 'ui/icons.svg#i-late"' in drawn


def test_chip_removes_its_filter_alone_and_goes_to_the_first_page():
    drawn = draw('{% chip "site" "Site" value %}', "/?site=3&q=bill&page=2", value="<Harbour>")
    assert 'href="?q=bill"' in drawn
    assert "&lt;Harbour&gt;" in drawn


def test_left_badge_says_state_in_icon_and_word_and_due_instant(on_24_november):
    due = datetime(2026, 11, 23, 17, 30, tzinfo=SHANGHAI)
    left = SimpleNamespace(state="late", seconds=-7920, due=due, note="")
    drawn = render_to_string("components/left.html", {"left": left})
    assert "#i-late" in drawn
    assert "<b>2 h 12 min over</b>" in drawn
    assert "Breached · due Mon 17:30" in drawn
    assert 'title="23 Nov 2026, 17:30"' in drawn


def test_action_that_is_not_possible_is_disabled_and_says_why():
    drawn = render_to_string(
        "components/action.html", {"label": "Close", "url": "/x/", "why": "No ruling yet."}
    )
    assert "disabled" in drawn
    assert "No ruling yet." in drawn
    assert "/x/" not in drawn
