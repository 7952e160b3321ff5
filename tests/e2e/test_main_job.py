"""The main job, as people do it: recorded in the browser, escalated by the worker, mailed, seen by both."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from complaints.models import Alert, Complaint
from complaints.tasks import sweep_clocks
from tests.e2e.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]


def sign_in(page: Page, number: str) -> None:
    """Sign in as one does: work number and password."""
    page.goto("/")
    page.get_by_label("Work number").fill(number)
    page.get_by_label("Password").fill("harbour-desk-2026")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")


def sign_out(page: Page) -> None:
    """Sign out through the account menu."""
    page.get_by_label("My account").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")


def record(page: Page, subject: str, days_ago: int) -> None:
    """Record a complaint that reached us some days ago."""
    page.get_by_role("link", name="Record complaint").click()
    page.get_by_label("Customer", exact=True).fill("刘先生")
    page.get_by_label("In one line").fill(subject)
    page.get_by_label("What happened").fill("机顶盒换了两次，两次上门都收费。")
    received = timezone.localtime() - timedelta(days=days_ago)
    page.get_by_label("Received").fill(received.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Save complaint").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)


def test_a_forgotten_complaint_reaches_the_superior_of_that_day(always_open, page, worker, smtp):
    sign_in(page, "1001")
    record(page, "两次上门都收费", days_ago=3)
    page.goto("/")
    record(page, "十一月仍在扣费", days_ago=0)

    sweep_clocks.delay()
    until(lambda: any("level 1" in mail["Subject"] for mail in smtp.mails))
    escalated = [mail for mail in smtp.mails if "level 1" in mail["Subject"]]
    assert [(mail["To"], mail["Cc"]) for mail in escalated] == [("2001@example.org", "1001@example.org")]
    assert Alert.objects.filter(kind="escalation", mark=1).count() == 1

    page.goto("/")
    needs = page.locator("#needs .need")
    expect(needs).to_have_count(2)
    expect(needs.nth(0)).to_contain_text("两次上门都收费")
    expect(needs.nth(0)).to_contain_text("Breached")
    expect(needs.nth(1)).to_contain_text("On time")

    for go_on in (always_open.verify, always_open.rule, always_open.apologise):
        go_on(Complaint.objects.get(subject="两次上门都收费"), now=timezone.now())

    sign_out(page)
    sign_in(page, "2001")
    expect(needs.first).to_contain_text("两次上门都收费")
    needs.first.get_by_role("link", name="两次上门都收费").click()
    expect(page.get_by_text("Escalated to level 1", exact=False)).to_be_visible()
    page.get_by_role("link", name="Resolve").first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("机顶盒换了两次")
    panel.get_by_label("Solution").fill("第二次上门费已退。")
    panel.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("Done: Resolve")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
