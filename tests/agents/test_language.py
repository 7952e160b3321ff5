"""The choice of a language: kept with the person, or in a cookie for a visitor."""

import pytest
from django.conf import settings
from django.urls import reverse

from agents.models import User
from callcenter.audit.models import Entry

URL = reverse("set_language")


def chosen(client, language: str, after: str = "/complaints/"):
    return client.post(URL, {"language": language, "next": after})


def test_a_visitor_keeps_the_choice_in_a_cookie(client, db):
    answer = chosen(client, "zh-hans", reverse("account_login"))
    assert answer.url == reverse("account_login")
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "zh-hans"
    assert '<html lang="zh-hans">' in client.get(reverse("account_login")).content.decode()


def test_a_persons_choice_is_kept_with_them_and_written_down(house, sign_in):
    client = sign_in(house.agent)
    assert chosen(client, "zh-hant").url == "/complaints/"
    assert User.objects.get(pk=house.agent.pk).language == "zh-hant"
    assert Entry.objects.latest("pk").action == "person.language_set"
    client.cookies.clear()
    page = sign_in(User.objects.get(pk=house.agent.pk)).get(reverse("account_change_password"))
    assert '<html lang="zh-hant">' in page.content.decode()


@pytest.mark.parametrize("language", ["tlh", "", "zh-hans/../", "en-GB"])
def test_a_language_that_is_not_spoken_here_changes_nothing(house, sign_in, language):
    client = sign_in(house.agent)
    assert chosen(client, language).status_code == 302
    assert not User.objects.get(pk=house.agent.pk).language
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


@pytest.mark.parametrize(
    "after", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_the_way_back_stays_in_the_house(client, db, after):
    assert chosen(client, "en", after).url == "/"


def test_a_language_is_chosen_by_post(client, db):
    assert client.get(URL).status_code == 405
