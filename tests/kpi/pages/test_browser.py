"""From the centre down to single calls, and back up, in a browser; a target is set on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from kpi.models import Target
from kpi.services import rollups
from tests.factories.calls import CallFactory, QueueFactory, SourceFactory

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
SLOW = 20_000


@pytest.fixture
def calls(committed_house):
    """Bring in a day of calls: twelve of one agent, twenty of another."""
    house, at = committed_house, timezone.now() - timedelta(days=1)
    queue = QueueFactory(site=house.site, code="repairs", name="Repairs")
    SourceFactory(site=house.site, first_at=at - timedelta(minutes=1), last_at=at)
    for number in range(32):
        who = house.agent if number < 12 else house.colleague
        facts = {"agent": who, "team": house.team, "queue": queue, "talk_seconds": 60 + 5 * number}
        CallFactory(site=house.site, topic="Bill", entered_at=at - timedelta(seconds=number), **facts)
    rollups.refresh()


@pytest.fixture
def manager(browser: Browser, live_server) -> Page:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("console", lambda said: pytest.fail(said.text) if said.type == "error" else None)
    page.goto("/accounts/login/")
    page.get_by_label("Work number").fill("3001")
    page.get_by_label("Password").fill("harbour-desk-2026")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today", timeout=SLOW)
    return page


def test_from_the_centre_down_to_single_calls_and_back(committed_house, calls, manager):
    manager.goto("/kpi/?by=site&measure=talk_time")
    table = manager.locator("section", has=manager.get_by_role("heading", name="One by one"))
    table.get_by_role("link", name="Main").click()
    table.get_by_role("link", name="Osmanthus").click()
    expect(table.get_by_role("link", name="Person 20402")).to_be_visible(timeout=SLOW)
    table.get_by_role("link", name="Person 20401").click()
    trail = manager.get_by_role("navigation", name="Where you are")
    expect(trail).to_contain_text("Whole centre / Main / Osmanthus / Person 20401", timeout=SLOW)
    expect(manager.get_by_role("link", name="Talk time").first).to_have_attribute("aria-current", "true")
    expect(table.locator("tfoot")).to_contain_text("12")

    manager.get_by_role("link", name="Show the calls").click()
    expect(manager.get_by_role("heading", name="Calls", level=1)).to_be_visible(timeout=SLOW)
    expect(manager.locator("#list-rows tbody tr")).to_have_count(12)
    manager.go_back()
    trail.get_by_role("link", name="Osmanthus").click()
    expect(trail).not_to_contain_text("Person 20401", timeout=SLOW)
    row = table.get_by_role("row", name="Person 20402")
    row.get_by_role("link", name="20", exact=True).last.click()
    expect(manager.locator("#list-rows tbody tr")).to_have_count(20, timeout=SLOW)


def test_a_target_is_set_and_judges_the_figure(committed_house, calls, manager):
    manager.goto("/kpi/targets/")
    manager.get_by_role("link", name="Set a target").click()
    panel = manager.get_by_role("dialog")
    panel.get_by_label("Figure").select_option("handle_time_p50")
    panel.get_by_label("Target").fill("100")
    panel.get_by_label("Team").select_option(label="Main · Osmanthus")
    panel.get_by_label("First day").fill("2026-01-01")
    panel.get_by_role("button", name="Save").click()
    expect(manager.locator("#list-rows")).to_contain_text("at most 1:40", timeout=SLOW)
    assert Target.objects.get().place == committed_house.team

    manager.goto("/kpi/?by=team")
    cell = manager.locator("tbody td[data-label='Handle p50']")
    expect(cell.first).to_contain_text("off target", timeout=SLOW)
    spread = manager.get_by_role("img", name="How do calls spread?")
    expect(spread).to_be_visible()
    manager.get_by_text("Table", exact=True).last.click()
    expect(manager.get_by_role("row", name="0:46 – 1:00")).to_be_visible()
