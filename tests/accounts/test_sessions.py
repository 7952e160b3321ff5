"""The sessions of a person: listed, ended one by one or all at once, and seen to be alive."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agents.devices import device
from callcenter.audit.models import Entry
from tests.accounts.door import PASSWORD, is_in, sign_in

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/19.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 "
    "Safari/537.36 Edg/150.0.0.0"
)


@pytest.fixture
def phone(house) -> Client:
    """Return the agent's phone, signed in."""
    other = Client(headers={"user-agent": PHONE})
    sign_in(other, house.agent)
    return other


@pytest.fixture
def desk(client, house) -> Client:
    """Return the agent's desk, signed in."""
    sign_in(client, house.agent, headers={"user-agent": FIREFOX})
    return client


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        (PHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("curl/8", "Unknown device"),
    ],
)
def test_device_is_named_in_words(told, name):
    assert device(told) == name


def test_account_page_lists_where_one_is_signed_in(desk, phone):
    page = desk.get(reverse("account_home")).content.decode()
    assert "Firefox on Windows" in page
    assert "Safari on iPhone" in page
    assert page.count("this one") == 1


def test_session_that_is_ended_is_out_at_its_next_click(desk, phone, house):
    theirs = UserSession.objects.get(session_key=phone.session.session_key)
    desk.post(reverse("account_end_session", args=[theirs.pk]))
    assert (is_in(phone), is_in(desk)) == (False, True)
    assert Entry.objects.get(action="person.sessions_ended").actor_id == house.agent.pk
    assert desk.post(reverse("account_end_session", args=[theirs.pk])).status_code == 404


def test_sign_out_everywhere_leaves_this_one_alone(desk, phone):
    desk.post(reverse("account_end_other_sessions"))
    assert (is_in(phone), is_in(desk)) == (False, True)


def test_nobody_ends_the_session_of_another(phone, house):
    stranger = Client()
    sign_in(stranger, house.colleague)
    theirs = UserSession.objects.get(session_key=phone.session.session_key)
    assert stranger.post(reverse("account_end_session", args=[theirs.pk])).status_code == 404
    assert is_in(phone)


def test_new_password_ends_the_other_sessions_and_is_noted(desk, phone, house):
    words = {"oldpassword": PASSWORD, "password1": "sea-breeze-47-north", "password2": "sea-breeze-47-north"}
    desk.post(reverse("account_change_password"), words)
    assert (is_in(phone), is_in(desk)) == (False, True)
    assert Entry.objects.filter(action="person.password_changed", actor=house.agent).count() == 1
    assert "Safari on iPhone" not in desk.get(reverse("account_home")).content.decode()


def test_session_in_use_is_noted_once_in_five_minutes(desk):
    long_ago = timezone.now() - timedelta(hours=1)
    for clean, noted in ((True, True), (False, False)):
        UserSession.objects.update(last_seen_at=long_ago)
        if clean:
            cache.clear()
        desk.get(reverse("account_change_password"))
        assert (UserSession.objects.get().last_seen_at > long_ago) is noted


def test_address_is_the_one_that_the_trusted_proxy_tells(client, house, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    sign_in(client, house.agent, headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"})
    assert UserSession.objects.get().ip == "198.51.100.7"
