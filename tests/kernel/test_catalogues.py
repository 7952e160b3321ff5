import re

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.utils import translation

from callcenter import catalogues

LOCALES = sorted(catalogues.LOCALES)


@pytest.fixture(scope="module")
def in_sources() -> dict:
    """Return what the sources say now, by message and context."""
    return {
        (message.id, message.context): message
        for message in catalogues.messages(settings.BASE_DIR)
        if message.id
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_of_the_sources_is_translated_and_none_is_left_over(locale, in_sources):
    stored = catalogues.read(settings.BASE_DIR, locale)
    assert {(message.id, message.context) for message in stored if message.id} == in_sources.keys(), (
        "run: ./run manage make_catalogues"
    )
    assert catalogues.untranslated(stored) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_translation_keeps_the_placeholders(locale):
    assert catalogues.broken(catalogues.read(settings.BASE_DIR, locale)) == []


def test_what_is_missing_guessed_or_misspelt_in_a_catalogue_is_found():
    catalogue = Catalog(locale="zh_Hans")
    catalogue.add("Right %(name)s", "对 %(name)s")
    catalogue.add(("one %(n)d notice", "%(n)d notices"), ("%(n)d 条通知",))
    assert not catalogues.untranslated(catalogue)
    assert not catalogues.broken(catalogue)
    catalogue.add("Missing", "")
    catalogue.add(("%(n)d row", "%(n)d rows"), ("",))
    catalogue.add("Guessed", "猜", flags=["fuzzy"])
    assert catalogues.untranslated(catalogue) == ["Missing", "('%(n)d row', '%(n)d rows')", "Guessed"]
    catalogue.add("Misspelt %(name)s", "错 %(nmae)s")
    catalogue.add("Dropped {number}", "丢")
    catalogue.add("Opened <b>tag</b>", "标签 <b>未关")
    assert catalogues.broken(catalogue)[-3:] == ["Misspelt %(name)s", "Dropped {number}", "Opened <b>tag</b>"]


def test_scripts_hold_no_words_of_their_own():
    for script in (settings.BASE_DIR / "callcenter" / "static" / "ui").glob("*.js"):
        shown = re.findall(
            r"""(?:textContent|innerHTML|innerText|title|placeholder|ariaLabel)\s*=\s*['"`][^'"`]*[a-z]{2}"""
            r"""|(?:alert|confirm|prompt)\(""",
            script.read_text(),
        )
        assert shown == [], f"{script.name}: words come from the page's data attributes, which are translated"


@pytest.mark.parametrize("code", catalogues.LOCALES.values())
def test_the_compiled_catalogue_is_what_people_see(code):
    with translation.override(code):
        assert translation.gettext("Complaints") != "Complaints"
        said, done = (translation.pgettext(of, "What happened") for of in ("complaint", "conduct"))
        assert said != done
