"""A list as people use it: typing, filters, columns, views of their own, picks, the keyboard."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from callcenter.lists.models import SavedView
from tests.e2e.test_main_job import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]


def test_a_list_is_narrowed_sorted_kept_and_taken_along(committed_house, page: Page):
    now = timezone.now()
    for number in range(3):
        committed_house.complaint(now=now, subject=f"Invoice {number}")
    committed_house.complaint(now=now, subject="Decoder broken")
    sign_in(page, "1001")
    page.goto("/complaints/")
    rows = page.locator("#list-rows tbody tr")
    expect(rows).to_have_count(4)

    search = page.get_by_label("Number, customer, words")
    search.press_sequentially("invoice", delay=30)
    expect(rows).to_have_count(3)
    expect(search).to_be_focused()
    expect(page).to_have_url("/complaints/?q=invoice")
    expect(page.get_by_text("3 of 4 match")).to_be_visible()

    page.locator("summary", has_text="Filter").click()
    page.locator("#list-filters").get_by_label("Tier").select_option(label="Tier 1 · company")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Remove Tier")).to_be_visible()
    expect(search).to_have_value("invoice")

    page.get_by_role("link", name="Received").click()
    expect(page.get_by_role("columnheader", name="Received")).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("link", name="Received")).to_be_focused()
    page.go_back()
    expect(page).to_have_url("/complaints/?q=invoice&tier=1")
    expect(rows).to_have_count(3)

    page.locator("summary", has_text="Save this view").click()
    page.get_by_label("Name of the view").fill("Invoices")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Invoices")).to_have_attribute("aria-current", "page")
    assert SavedView.objects.get().query == "q=invoice&tier=1"

    for key in "jxjx":
        page.keyboard.press(key)
    expect(page.get_by_text("2 picked")).to_be_visible()
    with page.expect_download() as taken:
        page.locator(".bulk").get_by_role("button", name="CSV").click()
    assert len(taken.value.path().read_text("utf-8-sig").splitlines()) == 3

    page.get_by_role("button", name="Compact").click()
    page.reload()
    expect(page.get_by_role("button", name="Compact")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Invoice")
