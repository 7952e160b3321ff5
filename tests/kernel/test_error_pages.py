"""Pages for what went wrong: drawn without a request too, and never a dead end."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from django.views.defaults import server_error

from callcenter.errors import Conflict


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
)
def test_error_page_says_what_happened_and_leads_back(name):
    drawn = render_to_string(name)
    assert f'href="{reverse("today")}"' in drawn
    assert '<p class="state"></p>' not in drawn


def test_refusal_says_what_is_wrong_and_how_to_mend_it():
    error = Conflict("It is closed.", mend="Open a <new> one.")
    drawn = render_to_string("error.html", {"error": error})
    assert "It is closed." in drawn
    assert "Open a &lt;new&gt; one." in drawn
    assert "<h1>This cannot be done</h1>" in drawn


def test_shell_of_every_page_has_no_inline_script_or_style_and_no_foreign_host():
    drawn = render_to_string("bare.html")
    assert "<script>" not in drawn
    assert "style=" not in drawn
    assert "://" not in drawn


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "出错"), ("zh-hant", "發生錯誤"), ("en", "Something went wrong")]
)
def test_the_page_of_a_fault_needs_no_database_and_speaks_the_readers_language(language, words):
    with translation.override(language):
        answer = server_error(RequestFactory().get("/complaints/"))
    assert answer.status_code == 500
    assert f'lang="{language}"' in answer.content.decode()
    assert words in answer.content.decode()


def test_a_signed_in_persons_error_keeps_the_frame_and_offers_the_search(house, sign_in):
    answer = sign_in(house.supervisor).get("/nothing-here/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert 'class="side"' in page
    assert f'href="{reverse("search")}"' in page


def test_a_strangers_error_shows_no_frame(client, db):
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert 'class="side"' not in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/?site=%00", "/ops/calendars/%00/", "/ops/policies/%00/", "/people/%00/", "/api/v1/people/%00/"],
)
def test_a_nul_in_an_address_is_no_fault_of_ours(house, sign_in, address):
    assert sign_in(house.administrator).get(address).status_code in {200, 404}
