"""Recording a complaint with the keyboard alone, while somebody is on the telephone."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from complaints.models import Complaint
from tests.complaints.files import PNG
from tests.e2e.test_main_job import sign_in
from tests.factories.calls import CallFactory, CustomerFactory

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]


def offered(page: Page) -> Locator:
    """Return what is offered below the input with the focus."""
    return page.get_by_role("listbox").get_by_role("option")


def test_a_complaint_is_recorded_without_touching_the_mouse(committed_house, page: Page):
    liu = CustomerFactory(name="刘建国", phone="13800001140", kind="vip")
    CallFactory(site=committed_house.site, customer=liu, source="acd", call_id="C7")
    older = committed_house.complaint(now=timezone.now() - timedelta(minutes=5), customer=liu)
    sign_in(page, "1001")
    page.goto("/complaints/new/")
    customer = page.get_by_label("Customer", exact=True)
    expect(customer).to_be_focused()

    page.keyboard.type("刘建", delay=30)
    expect(offered(page)).to_have_count(2)
    expect(offered(page).first).to_contain_text("138****1140")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(customer).to_have_value("刘建国")
    expect(offered(page)).to_have_count(0)
    expect(page.get_by_role("link", name=older.reference)).to_be_visible()

    customer.press("Enter")
    expect(page.get_by_label("Contact")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Call", exact=False).select_option(value="acd/C7")
    page.get_by_label("In one line").fill("Charged twice")
    page.get_by_label("What happened").fill("两次上门都收费。")
    page.get_by_label("Staff concerned").press_sequentially("person 20401", delay=20)
    expect(offered(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Staff concerned")).to_have_value("20401")

    first_due = page.locator(".due-at b").inner_text()
    page.get_by_label("Received").fill("2026-03-02T09:00")
    page.get_by_label("Received").press("Tab")
    expect(page.locator(".due-at b")).not_to_have_text(first_due)
    page.get_by_label("Files").set_input_files({"name": "bill.png", "mimeType": "image/png", "buffer": PNG})
    assert not Axe().run(page).response["violations"]

    page.get_by_label("In one line").press("Control+Enter")
    page.wait_for_url("**/alike/")
    newer = Complaint.objects.exclude(pk=older.pk).get()
    assert (newer.customer, newer.staff_concerned, newer.call) == (liu, committed_house.agent, "acd/C7")
    assert newer.attachments.get().kind == "image/png"
    page.get_by_role("button", name="Link: they belong together").click()
    page.wait_for_url(f"**/{newer.reference}/")


def test_another_text_after_choosing_is_another_customer(committed_house, page: Page):
    CustomerFactory(name="刘建国", phone="13800001140")
    sign_in(page, "1001")
    page.goto("/complaints/new/")
    customer = page.get_by_label("Customer", exact=True)
    customer.press_sequentially("刘建", delay=30)
    about = page.locator("#about-customer").get_by_text("138****1140")
    offered(page).first.click()
    expect(about).to_be_visible()
    customer.press_sequentially("华", delay=30)
    expect(about).to_be_hidden()
    expect(page.get_by_label("Put on file as")).to_be_visible()
    page.keyboard.press("Escape")
    expect(offered(page)).to_have_count(0)
    assert page.locator("#id_customer").input_value() == ""
