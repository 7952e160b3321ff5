"""Pages for what went wrong: drawn without a request too, and never a dead end."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from callcenter.errors import Conflict


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"])
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
