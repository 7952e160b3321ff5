"""An agent's day on a telephone: the roster, the clock, a correction; and the lead who approves it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from shifts.models import Attendance, Punch

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
PHONE = {"width": 390, "height": 844}
SLOW = 30_000


def sign_in(browser: Browser, address: str, number: str) -> Page:
    """Return a page of somebody's telephone; an error in its console fails the test by its text."""
    context = browser.new_context(
        base_url=address, viewport=PHONE, locale="en-GB", timezone_id="Asia/Shanghai", has_touch=True
    )
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto("/accounts/login/")
    page.get_by_label("Work number").fill(number)
    page.get_by_label("Password").fill("harbour-desk-2026")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today", timeout=SLOW)
    return page


def fits(page: Page) -> bool:
    """Say whether nothing is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def today(committed_desk):
    """Return the agent's published shift that began an hour ago."""
    desk = committed_desk
    begin = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    day = timezone.localdate(begin)
    roster = desk.roster(day - timedelta(days=day.weekday()), 14)
    shift = desk.shift(desk.house.agent, day)
    shift.starts_at, shift.ends_at = begin, begin + timedelta(hours=8)
    shift.breaks.all().delete()
    shift.save()
    desk.publish(roster)
    shift.refresh_from_db()
    return shift


def test_an_agent_clocks_in_asks_for_a_correction_and_the_lead_approves_it(browser, today, live_server):
    agent = sign_in(browser, live_server.url, "20401")
    agent.goto("/roster/mine/")
    expect(agent.get_by_role("timer")).to_contain_text("Ends in")
    assert fits(agent)

    agent.context.set_offline(True)
    agent.get_by_role("button", name="Clock in").click()
    expect(agent.get_by_text("There is no connection: nothing was marked.")).to_be_visible(timeout=SLOW)
    assert not Punch.objects.exists()
    agent.context.set_offline(False)
    agent.get_by_role("button", name="Clock in").click()
    expect(agent.get_by_role("button", name="Clock out")).to_be_visible(timeout=SLOW)
    assert Punch.objects.count() == 1

    agent.locator("#today").get_by_role("link", name="The clock is wrong").click()
    panel = agent.get_by_role("dialog")
    came = timezone.localtime(today.starts_at).strftime("%Y-%m-%dT%H:%M")
    panel.get_by_label("Came").fill(came)
    panel.get_by_label("Reason").fill("The gate was shut.")
    panel.get_by_role("button", name="Ask for the correction").click()
    expect(agent.locator("#today").get_by_text("Asked for")).to_be_visible(timeout=SLOW)

    lead = sign_in(browser, live_server.url, "1101")
    lead.goto("/roster/corrections/")
    lead.get_by_role("link", name="Person 20401").click()
    expect(lead.get_by_text("The gate was shut.")).to_be_visible(timeout=SLOW)
    assert fits(lead)
    lead.get_by_role("link", name="Approve").click()
    lead.get_by_role("dialog").get_by_role("button", name="Approve").click()
    expect(lead.get_by_text("Done: Approve.")).to_be_visible(timeout=SLOW)

    row = Attendance.objects.get()
    assert (row.came_at, row.result) == (today.starts_at, "present")
    for page in (agent, lead):
        page.context.close()
