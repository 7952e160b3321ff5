"""The second step at sign-in: set up, asked for, limited, reset by an administrator, required of a role."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from callcenter.audit.models import Entry
from tests.accounts.door import code_of, is_in, recovery_codes, set_up_app, sign_in

STEP = "mfa_authenticate"


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def secret(client, house, commits) -> str:
    """Return the secret of the agent's app; the client has signed out again."""
    sign_in(client, house.agent)
    made = set_up_app(client, commits)
    client.post(reverse("account_logout"))
    return made


def test_setting_up_asks_for_the_password_again(client, house):
    sign_in(client, house.agent)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_password_alone_no_longer_opens_the_door(client, house, secret):
    assert sign_in(client, house.agent).url == reverse(STEP)
    assert not is_in(client)
    assert "This is not right." in client.post(reverse(STEP), {"code": "000000"}).content.decode()
    assert client.post(reverse(STEP), {"code": code_of(secret)}).url == reverse("today")
    assert is_in(client)


def test_one_may_go_back_from_the_second_step(client, house, secret):
    sign_in(client, house.agent)
    page = client.get(reverse(STEP)).content.decode()
    assert "Use a passkey" not in page
    client.post(reverse("account_logout"))
    assert client.get(reverse("account_login")).status_code == 200


def test_code_that_was_used_is_not_taken_again(client, house, secret):
    sign_in(client, house.agent)
    code = code_of(secret)
    client.post(reverse(STEP), {"code": code})
    other = Client()
    sign_in(other, house.agent)
    other.post(reverse(STEP), {"code": code})
    assert not is_in(other)


def test_recovery_code_opens_once(client, house, commits):
    sign_in(client, house.agent)
    set_up_app(client, commits)
    codes = recovery_codes(client)
    assert len(codes) == 10
    for opens in (True, False):
        other = Client()
        sign_in(other, house.agent)
        other.post(reverse(STEP), {"code": codes[0]})
        assert is_in(other) is opens


def test_sixth_wrong_code_locks_even_the_right_one_out(client, house, secret):
    sign_in(client, house.agent)
    for _ in range(5):
        client.post(reverse(STEP), {"code": "000000"})
    page = client.post(reverse(STEP), {"code": code_of(secret)}).content.decode()
    assert "Too many tries." in page
    assert not is_in(client)


def test_secrets_are_stored_encrypted_and_outlive_a_change_of_the_key(client, house, secret, settings):
    for row in Authenticator.objects.filter(user=house.agent):
        assert secret not in str(row.data)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [settings.SECRET_KEY]
    sign_in(client, house.agent)
    client.post(reverse(STEP), {"code": code_of(secret)})
    assert is_in(client)


def test_secret_whose_key_is_gone_is_refused_in_words(client, house, secret, settings):
    settings.SECRET_KEY = "another key"
    sign_in(client, house.agent)
    answer = client.post(reverse(STEP), {"code": code_of(secret)})
    assert (answer.status_code, is_in(client)) == (409, False)
    assert "Ask your administrator to reset it" in answer.content.decode()


def test_what_is_set_up_and_removed_stands_in_the_audit(client, house, commits):
    sign_in(client, house.agent)
    set_up_app(client, commits)
    client.post(reverse("mfa_deactivate_totp"))
    lines = Entry.objects.filter(object_id=house.agent.pk, action__contains="sign_in").order_by("pk")
    assert [(line.action, line.details["method"], line.actor_id) for line in lines] == [
        ("person.sign_in_method_added", "totp", house.agent.pk),
        ("person.sign_in_method_added", "recovery_codes", house.agent.pk),
        ("person.sign_in_method_removed", "totp", house.agent.pk),
        ("person.sign_in_method_removed", "recovery_codes", house.agent.pk),
    ]


def test_administrator_resets_what_was_lost(client, house, commits):
    sign_in(client, house.agent)
    set_up_app(client, commits)
    administrator = Client()
    sign_in(administrator, house.administrator)
    page = administrator.get(house.agent.get_absolute_url()).content.decode()
    address = reverse("agents:act", args=[house.agent.pk, "second-factor"])
    assert f'href="{address}"' in page
    assert "every session ends" in administrator.get(address).content.decode()
    assert administrator.post(address).status_code == 302
    assert not is_in(client)
    line = Entry.objects.get(action="person.second_factor_reset")
    assert line.details == {"methods": ["recovery_codes", "totp"], "sessions": 1}
    assert sign_in(client, house.agent).url == reverse("today")


def test_supervisor_may_not_reset_it(client, house, secret):
    sign_in(client, house.supervisor)
    address = reverse("agents:act", args=[house.agent.pk, "second-factor"])
    assert client.post(address).status_code == 403


def test_required_role_sets_it_up_before_anything_else(client, house, settings, commits):
    settings.MFA_REQUIRED_ROLES = ["administrator"]
    sign_in(client, house.administrator)
    assert client.get(reverse("ops:outbox")).url == reverse("account_home")
    assert client.get(reverse("ops:outbox"), headers={"hx-request": "true"})["HX-Redirect"] == "/accounts/"
    refusal = client.get("/api/v1/complaints/")
    assert (refusal.status_code, refusal.json()["errors"][0]["code"]) == (403, "not_allowed")
    set_up_app(client, commits)
    assert client.get(reverse("ops:outbox")).status_code == 200


def test_required_role_leaves_the_others_alone(client, house, settings):
    settings.MFA_REQUIRED_ROLES = ["administrator"]
    sign_in(client, house.agent)
    assert client.get(reverse("today")).status_code == 200
