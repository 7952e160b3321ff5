from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from callcenter.documents.pdf import in_words, pdf
from tests.documents.reader import characters, fonts, pages

AT = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


def complaint(**more):
    return {
        "title": "C-2026-0012",
        "facts": [["客户", "刘先生"], ["Received", AT], ["Phone", None]],
        "texts": [{"title": "Account", "text": "重复收费\n重複收費"}],
        "clocks": {
            "title": "Clocks",
            "rows": [{"label": "Resolution", "left": "2 h", "due": AT, "percent": 130, "state": "late"}],
        },
        "timeline": {
            "title": "Timeline",
            "events": [{"at": AT, "text": "Recorded"}, {"at": AT, "who": "李娜", "text": "回电"}],
        },
        "printed_by": "王芳 1001",
        "printed_at": AT,
        **more,
    }


@pytest.mark.parametrize(
    ("language", "face"), [("en", "SC"), ("zh-hans", "SC"), ("zh-hant", "TC")], ids=["en", "hans", "hant"]
)
def test_a_pdf_holds_every_character_of_both_scripts_in_its_languages_face(language, face):
    printed = pdf("complaint", complaint(), language=language, time_zone="Asia/Shanghai")
    assert printed.startswith(b"%PDF-")
    assert set("客户刘先生重复收费重複收費李娜回电王芳10012026–") <= characters(printed)
    assert f"NotoSans{face}-Regular" in fonts(printed)
    assert f"NotoSans{face}-Bold" in fonts(printed)


def test_what_a_person_wrote_is_shown_and_not_run():
    wrote = '#panic("no") $x$ *bold* \\ #read("/etc/passwd") ]} </script>'
    printed = pdf("complaint", complaint(title=wrote), language="en", time_zone="Asia/Shanghai")
    assert set('#$*\\"]}<') <= characters(printed)


def test_a_long_complaint_goes_on_on_the_next_page():
    events = [{"at": AT, "who": "李娜", "text": "Called back.\n" * 4}] * 30
    short = pdf("complaint", complaint(), language="en", time_zone="Asia/Shanghai")
    timeline = {"title": "Timeline", "events": events}
    long = pdf("complaint", complaint(timeline=timeline), language="en", time_zone="Asia/Shanghai")
    assert pages(short) == 1 < pages(long)


def test_the_same_data_give_the_same_bytes():
    assert pdf("complaint", complaint(), language="zh-hans", time_zone="Asia/Shanghai") == pdf(
        "complaint", complaint(), language="zh-hans", time_zone="Asia/Shanghai"
    )


def test_times_are_in_words_of_the_language_and_the_rest_stays_what_it_is(settings):
    with translation.override("zh-hans"):
        said = in_words(
            [AT, date(2026, 11, 18), timedelta(minutes=130), gettext_lazy("Complaints"), 7, None, "李娜"]
        )
    assert said == [
        "2026年11月18日 周三 10:00",
        "2026年11月18日 周三",
        "2 小时 10 分",
        "投诉",
        7,
        None,
        "李娜",
    ]
    with pytest.raises(TypeError, match="set"):
        in_words({1})
