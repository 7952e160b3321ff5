"""From expected calls to a gap that is seen: typed, computed, shown, in a browser."""

from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from calls.models import Queue
from shifts.enums import Origin
from shifts.models import Demand, Requirement
from tests.shifts.conftest import MONDAY
from tests.shifts.cover.test_cover import at

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
SLOW = 30_000


def sign_in(browser: Browser, address: str) -> Page:
    """Return the supervisor's page; an error in its console fails the test by its text."""
    context = browser.new_context(base_url=address, locale="en-GB", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto("/accounts/login/")
    page.get_by_label("Work number").fill("1001")
    page.get_by_label("Password").fill("harbour-desk-2026")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today", timeout=SLOW)
    return page


def test_calls_are_typed_a_goal_is_set_heads_are_computed_and_the_gap_is_seen(
    browser, committed_desk, live_server
):
    desk = committed_desk
    Queue.objects.create(code="repairs", name="Repairs", site=desk.site)
    desk.roster()
    desk.shift(desk.agents[0], MONDAY)
    page = sign_in(browser, live_server.url)

    page.goto(f"/roster/demand/?day={MONDAY}")
    page.get_by_label("Calls 11-23 09:00").fill("many")
    page.get_by_label("Calls 11-23 09:30").fill("12,5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("many", timeout=SLOW)
    expect(page.get_by_label("Calls 11-23 09:30")).to_have_value("12,5")
    page.get_by_label("Calls 11-23 09:00").fill("100")
    page.get_by_label("Handle time").fill("180")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("2 half hours are new")).to_be_visible(timeout=SLOW)
    assert Demand.objects.get(starts_at=at(9)).calls == Decimal(100)

    page.get_by_role("link", name="Goals", exact=True).click()
    page.get_by_role("link", name="Repairs").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Shrinkage").fill("0")
    panel.get_by_role("button", name="Save").click()
    expect(page.get_by_text("80 % within 20 s")).to_be_visible(timeout=SLOW)

    page.goto(f"/roster/requirements/?day={MONDAY}")
    page.get_by_role("link", name="Compute").click()
    page.get_by_role("dialog").get_by_role("button", name="Compute").click()
    expect(page.get_by_label("Heads 11-23 09:00")).to_have_value("14", timeout=SLOW)
    assert set(Requirement.objects.values_list("origin", flat=True)) == {Origin.COMPUTED}

    page.goto(f"/roster/cover/?day={MONDAY}&plan=draft")
    row = page.get_by_role("row", name="09:00")
    expect(row).to_contain_text("13", timeout=SLOW)
    expect(page.locator("[data-chart=cover] canvas")).to_be_visible()
    page.get_by_role("link", name="Gaps", exact=True).click()
    page.get_by_label("From", exact=True).fill(str(MONDAY))
    page.get_by_label("Which cover").select_option("draft")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="23 Nov 2026")).to_be_visible(timeout=SLOW)
