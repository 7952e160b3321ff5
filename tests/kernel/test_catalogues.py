import pytest
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
    for message in catalogues.read(settings.BASE_DIR, locale):
        assert list(message.check()) == [], message.id


@pytest.mark.parametrize("code", catalogues.LOCALES.values())
def test_the_compiled_catalogue_is_what_people_see(code):
    with translation.override(code):
        assert translation.gettext("Complaints") != "Complaints"
