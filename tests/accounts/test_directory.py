"""Sign-in by the company's directory, against a real one over HTTP."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from tests.accounts.door import code_of, is_in, set_up_app, sign_in
from tests.accounts.provider import CLIENT, SECRET, Provider

DOOR = "/accounts/oidc/company/login/"


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Return a running directory."""
    running = Provider()
    yield running
    running.stop()


@pytest.fixture
def directory(provider, settings, house) -> Provider:
    """Return the directory that the product is set up with."""
    app = {"provider_id": "company", "name": "Harbour Group", "client_id": CLIENT, "secret": SECRET}
    app["settings"] = {"server_url": provider.issuer, "oauth_pkce_enabled": True}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return provider


def come_back(client, address: str = DOOR):
    """Go to the directory and back, as a browser does; return the product's answer."""
    there = client.get(address)
    back = requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.partition("testserver")[2])


def test_door_offers_the_directory_only_where_one_is_set_up(client, directory, settings):
    assert "Sign in with Harbour Group" in client.get(reverse("account_login")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "Sign in with Harbour Group" not in client.get(reverse("account_login")).content.decode()
    assert client.get(DOOR).status_code == 404


def test_work_number_of_the_directory_signs_in_and_comes_back_to_the_page(client, directory, house):
    directory.claims["preferred_username"] = house.agent.work_number
    answer = come_back(client, f"{DOOR}?next={house.agent.get_absolute_url()}")
    assert answer.url == house.agent.get_absolute_url()
    assert int(client.session["_auth_user_id"]) == house.agent.pk
    assert not SocialAccount.objects.exists()


def test_another_claim_may_carry_the_work_number(client, directory, house, settings):
    settings.OIDC_NUMBER_CLAIM = "employee_id"
    directory.claims |= {"preferred_username": "ada", "employee_id": int(house.agent.work_number)}
    come_back(client)
    assert is_in(client)


@pytest.mark.parametrize("number", ["99999", "", None])
def test_whoever_is_nobody_here_stays_outside(client, directory, number):
    directory.claims["preferred_username"] = number
    answer = come_back(client)
    assert (answer.status_code, is_in(client)) == (403, False)
    assert "is nobody here" in answer.content.decode()


def test_closed_account_stays_closed(client, directory, house):
    house.agent.is_active = False
    house.agent.save(update_fields=["is_active"])
    directory.claims["preferred_username"] = house.agent.work_number
    assert come_back(client).url == reverse("account_inactive")
    assert not is_in(client)


def test_second_step_is_asked_for_after_the_directory_too(
    client, directory, house, django_capture_on_commit_callbacks
):
    sign_in(client, house.agent)
    secret = set_up_app(client, django_capture_on_commit_callbacks)
    client.post(reverse("account_logout"))
    directory.claims["preferred_username"] = house.agent.work_number
    assert come_back(client).url == reverse("mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_in(client)


def test_it_signs_in_and_never_ties_itself_to_whoever_is_signed_in(client, directory, house):
    sign_in(client, house.supervisor)
    directory.claims["preferred_username"] = house.agent.work_number
    come_back(client, f"{DOOR}?process=connect")
    assert int(client.session["_auth_user_id"]) == house.agent.pk
    assert not SocialAccount.objects.exists()


def test_two_answers_about_two_people_are_refused(client, directory, house):
    directory.claims["preferred_username"] = house.agent.work_number
    directory.told = {"sub": "somebody else"}
    assert come_back(client).status_code == 403
    assert not is_in(client)


def test_token_for_another_product_is_refused(client, directory, house):
    directory.claims["preferred_username"] = house.agent.work_number
    directory.audience = "another product"
    assert "did not let you in" in come_back(client).content.decode()
    assert not is_in(client)


def test_answer_that_was_not_asked_for_is_refused(client, directory):
    answer = client.get(f"{DOOR}callback/?code=code-0&state=invented")
    assert "did not let you in" in answer.content.decode()


def test_directory_that_is_down_is_said_in_words(client, directory):
    directory.stop()
    answer = client.get(DOOR, follow=True)
    assert "did not let you in" in answer.content.decode()


def test_link_leads_to_the_directory_without_a_form(client, directory):
    there = urlsplit(client.get(DOOR).url)
    assert f"{there.scheme}://{there.netloc}" == directory.issuer
