"""Writing without a name, in a real browser: what goes out, what stays behind, and the whole way to the last word."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request, expect

from agents.models import Department
from callcenter.access import Role
from feedback.anonymity import batch
from feedback.models import Issue, Item, Waiting
from feedback.services import answer_item, ask_back

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
SLOW = 30_000


@pytest.fixture
def it(committed_house) -> Department:
    """Return a department with an owner."""
    department = Department.objects.create(name="IT", scope="Headsets, lines")
    committed_house.owner = committed_house.person("7001", Role.DEPARTMENT_OWNER, scope=department)
    return department


def sign_in(page: Page, number: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Work number").fill(number)
    page.get_by_label("Password").fill("harbour-desk-2026")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")


def rights(page: Page) -> int:
    """Count the tokens in the browser."""
    return page.evaluate("JSON.parse(localStorage.getItem('rights') ?? '{}').tokens?.length ?? -1")


def wait_for_rights(page: Page, number: int = 1) -> None:
    """Wait until the browser holds so many; the page's own policy forbids the browser's way of waiting."""
    deadline = time.monotonic() + SLOW / 1000
    while rights(page) < number:
        assert time.monotonic() < deadline, "no right was fetched"
        page.wait_for_timeout(100)


def write(page: Page, subject: str) -> str:
    """Write something without a name; return the receipt."""
    page.goto("/unnamed/?language=en")
    page.locator("select[name=department]").select_option(label="IT – Headsets, lines")
    page.get_by_label("In one line").fill(subject)
    page.get_by_label("Your feedback").fill("It crackles since Monday.")
    page.get_by_role("button", name="Send without my name").click()
    receipt = page.get_by_label("Your receipt")
    expect(receipt).to_have_value(re.compile(r"([0-9A-Z]{5}-?){4}"), timeout=SLOW)
    return receipt.input_value()


def look(page: Page, code: str) -> None:
    page.goto("/unnamed/receipt/?language=en")
    page.get_by_label("Receipt", exact=True).fill(code)
    page.get_by_role("button", name="Show").click()


def release() -> None:
    assert batch.release_batches(now=timezone.now() + timedelta(days=20)) > 0


def test_the_unnamed_request_carries_no_cookie_and_the_right_is_gone(page, it, committed_house):
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if "/unnamed/" in request.url else None)
    sign_in(page, "20401")
    wait_for_rights(page)
    held = rights(page)
    assert Issue.objects.get(person=committed_house.agent).signed == held
    write(page, "Headset")
    assert rights(page) == held - 1
    assert Waiting.objects.count() == 1

    assert page.context.cookies(), "the browser has a session all the while"
    asked = {request.url.split("/unnamed/")[1].split("?")[0]: request for request in sent}
    assert {"keys/", "post/"} <= set(asked)
    for name in ("keys/", "post/"):
        headers = asked[name].all_headers()
        assert "cookie" not in headers
        assert "referer" not in headers
        assert "set-cookie" not in asked[name].response().all_headers()
    assert "set-cookie" not in asked[""].response().all_headers()
    assert asked["post/"].headers["authorization"].startswith("PrivateToken token=")


def test_rights_are_wiped_at_sign_out_and_fetched_once_a_sign_in(page, it, committed_house):
    sign_in(page, "20401")
    wait_for_rights(page)
    first = Issue.objects.get().signed
    page.goto("/feedback/")
    page.goto("/")
    page.wait_for_timeout(500)
    assert Issue.objects.get().signed == first
    page.get_by_label("My account").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    assert rights(page) == -1
    page.goto("/unnamed/?language=en")
    expect(page.get_by_text("There is no right to write without your name in this browser.")).to_be_visible()


def test_one_more_right_is_fetched_by_hand(page, it):
    sign_in(page, "20401")
    wait_for_rights(page)
    held = rights(page)
    page.goto("/feedback/rights/")
    page.get_by_role("button", name="Fetch a right").click()
    wait_for_rights(page, held + 1)


def test_an_unnamed_item_goes_its_whole_way(page, it, committed_house):
    sign_in(page, "20401")
    wait_for_rights(page)
    code = write(page, "Headset")
    release()
    item = Item.objects.get()
    ask_back(actor=committed_house.owner, item_id=item.pk, text="Which row?", now=timezone.now())

    look(page, code)
    expect(page.get_by_text("Which row?")).to_be_visible(timeout=SLOW)
    page.get_by_label("Add something").fill("Row C.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("It waits to be handed over")).to_be_visible(timeout=SLOW)
    release()
    answer_item(actor=committed_house.owner, item_id=item.pk, text="No.", now=timezone.now())

    look(page, code)
    page.get_by_text("The answer will not do").click()
    page.get_by_label("What is missing or wrong in the answer").fill("No is no reason.")
    page.get_by_role("button", name="Dispute the answer").click()
    expect(page.get_by_text("It waits to be handed over")).to_be_visible(timeout=SLOW)
    release()
    answer_item(actor=committed_house.executive, item_id=item.pk, text="Monday.", now=timezone.now())

    look(page, code)
    page.get_by_text("The answer will do", exact=True).click()
    page.get_by_role("button", name="Accept the answer").click()
    expect(page.get_by_text("It waits to be handed over")).to_be_visible(timeout=SLOW)
    release()
    item.refresh_from_db()
    assert (item.status, item.disputes) == ("closed", 1)
    assert item.words.get(by=None).text == "Row C."
