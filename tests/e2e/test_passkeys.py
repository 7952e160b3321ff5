"""Passkeys in the browser, with Chromium's own virtual authenticator."""

import re

import pytest
from playwright.sync_api import Page, expect

from agents.models import User
from tests.accounts.door import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]


@pytest.fixture
def device(page: Page):
    """Return a session of the browser's protocol, in which the page's device holds passkeys and knows its owner."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    made = protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return lambda command, **more: protocol.send(
        f"WebAuthn.{command}", {"authenticatorId": made["authenticatorId"], **more}
    )


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Work number").fill("1001")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").last.click()
    expect(page).to_have_url(re.compile("/accounts/login/"))


def add_passkey(page: Page, name: str, *, alone: bool) -> None:
    """Add a passkey on the account page, confirming the password on the way."""
    page.goto("/accounts/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name of the passkey").fill(name)
    page.get_by_label("Sign in with this passkey alone").set_checked(alone)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.get_by_role("link", name="To my account").click()
    expect(page.get_by_text(name, exact=True)).to_be_visible()


def test_a_passkey_signs_in_alone_until_it_is_removed(page, device):
    sign_in(page)
    add_passkey(page, "My laptop", alone=True)
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")

    page.goto("/accounts/")
    page.get_by_role("link", name="Remove My laptop").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("My laptop", exact=True)).to_have_count(0)
    sign_out(page)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")


def test_a_passkey_is_the_second_step_after_the_password(page, device):
    sign_in(page)
    add_passkey(page, "Security key", alone=False)
    sign_out(page)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")


def test_a_device_that_gives_no_passkey_is_said_in_words(page, device):
    page.goto("/accounts/login/")
    device("setUserVerified", isUserVerified=False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Your device gave no passkey.")).to_be_visible()


def test_a_passkey_of_a_closed_account_opens_nothing(page, device):
    sign_in(page)
    add_passkey(page, "My laptop", alone=True)
    sign_out(page)
    User.objects.filter(work_number="1001").update(is_active=False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This account is closed")
