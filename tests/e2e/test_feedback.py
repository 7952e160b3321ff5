"""The loop of feedback in a real browser: without a name to the owner's mail, back and forth, before everybody, to the executives."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from agents.models import Site
from callcenter.outbox import delivery
from feedback.models import Item
from tests.e2e.test_unnamed import SLOW, it, look, release, sign_in, wait_for_rights, write  # noqa: F401 (it is a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WAITS = "It waits to be handed over"


@pytest.fixture
def other(browser: Browser, live_server):
    """Return a function that opens the item's page in a browser of somebody else."""

    def other(number: str, item: Item) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="en-GB", timezone_id="Asia/Shanghai")
        page = context.new_page()
        sign_in(page, number)
        page.goto(item.get_absolute_url())
        return page

    return other


def do(page: Page, act: str, **typed: str) -> None:
    """Do something in the side panel of an item's page."""
    page.locator("#acts").get_by_role("link", name=act, exact=True).click()
    panel = page.get_by_role("dialog")
    for label, text in typed.items():
        panel.get_by_label(label, exact=True).fill(text)
    panel.get_by_role("button", name=act, exact=True).click()
    expect(page.get_by_text(f"Done: {act}.")).to_be_visible(timeout=SLOW)


def by_receipt(page: Page, code: str, button: str, *, inside: str = "", **typed: str) -> None:
    """Do something with the receipt alone, and let the batch hand it over."""
    look(page, code)
    if inside:
        page.get_by_text(inside, exact=True).click(timeout=SLOW)
    for label, text in typed.items():
        page.get_by_label(label).fill(text, timeout=SLOW)
    page.get_by_role("button", name=button, exact=True).click(timeout=SLOW)
    expect(page.get_by_text(WAITS)).to_be_visible(timeout=SLOW)
    release()


@pytest.mark.usefixtures("it")
def test_an_anonymous_item_is_mailed_asked_answered_disputed_and_accepted(page, other, committed_house, smtp):
    Site.objects.update(mail_opens="00:00", mail_closes="24:00")
    sign_in(page, "20401")
    wait_for_rights(page)
    code = write(page, "Headset")
    release()
    item = Item.objects.get()
    delivery.drain(now=timezone.now() + timedelta(days=30))
    assert [mail["To"] for mail in smtp.mails if item.number in mail["Subject"]] == ["7001@example.org"]

    owner = other("7001", item)
    expect(owner.get_by_text("Anonymous")).to_be_visible()
    do(owner, "Ask back", Question="Which row?")
    by_receipt(page, code, "Send", **{"Add something": "Row C."})
    owner.reload()
    expect(owner.get_by_text("Row C.")).to_be_visible()
    do(owner, "Answer", Answer="Next year.")
    words = {
        "Subject on the board": "Crackling headsets",
        "What was asked, in your words": "When come new ones?",
    }
    do(owner, "Publish", **words)

    reader = other("20402", item)
    expect(reader.get_by_text("Next year.")).to_be_visible()
    expect(reader.get_by_text("It crackles since Monday.")).to_have_count(0)
    reader.goto("/feedback/")
    reader.get_by_role("button", name="Me too").click()
    expect(reader.get_by_role("button", name="Me too")).to_have_attribute("aria-pressed", "true")
    reader.goto("/feedback/new/")
    reader.get_by_label("In one line").fill("Crackling headset again")
    expect(reader.get_by_text("counts more than asking again")).to_be_visible(timeout=SLOW)
    reader.get_by_role("button", name="Choose it").click()
    expect(reader.get_by_label("IT – Headsets, lines")).to_be_checked()

    reason = {"What is missing or wrong in the answer": "That is too late."}
    by_receipt(page, code, "Dispute the answer", inside="The answer will not do", **reason)
    executive = other("4001", item)
    expect(executive.get_by_text("That is too late.")).to_be_visible()
    do(executive, "Answer", Answer="On Monday.")
    by_receipt(page, code, "Accept the answer", inside="The answer will do")
    item.refresh_from_db()
    assert (item.status, item.ending, item.disputes, item.voices) == ("closed", "confirmed", 1, 1)
