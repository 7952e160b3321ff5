"""A swap from request to filing, the agents' part on a telephone; an open shift that is taken there."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from shifts.enums import ChangeState
from shifts.models import Change, Shift
from tests.shifts.changes.conftest import publish_week

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
SLOW = 30_000


def sign_in(browser: Browser, address: str, number: str, screen: dict[str, int] = PHONE) -> Page:
    """Return somebody's page on a screen; an error in it fails the test by its text."""
    context = browser.new_context(
        base_url=address, viewport=screen, locale="en-GB", timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(SLOW)
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


def does(page: Page, act: str, said: str) -> None:
    """Do what the page of the change offers, in its panel, and see that it was done."""
    page.locator(".acts").get_by_role("link", name=act, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=act, exact=True).click()
    expect(page.get_by_text(said, exact=False)).to_be_visible(timeout=SLOW)
    assert fits(page)


@pytest.fixture
def week(committed_desk):
    """Return a week published ahead of the real clock."""
    desk = committed_desk
    desk.now = timezone.now()
    today = desk.house.agent.today
    return publish_week(desk, today + timedelta(days=7 - today.weekday()))


def test_a_swap_goes_from_the_telephone_to_the_file(browser, week, live_server):
    mine, theirs = week.shifts[week.one, 1], week.shifts[week.two, 1]
    agent = sign_in(browser, live_server.url, week.one.work_number)
    agent.goto(f"/roster/mine/?week={mine.day}")
    agent.locator(f"#d{mine.day}").locator("summary").click()
    agent.locator(f"#d{mine.day}").get_by_role("link", name="Swap").click()
    expect(agent.get_by_role("heading", level=1)).to_have_text("Change a shift")
    assert fits(agent)
    agent.get_by_label(f"13:00–21:00 · {week.two.name}").check()
    agent.get_by_label("Reason").fill("School concert")
    agent.get_by_role("button", name="Ask for it").click()
    expect(agent.get_by_text("Asked; your colleague is told.")).to_be_visible(timeout=SLOW)
    assert fits(agent)
    address = Change.objects.get().get_absolute_url()

    colleague = sign_in(browser, live_server.url, week.two.work_number)
    colleague.goto("/roster/changes/?view=answer")
    assert fits(colleague)
    colleague.get_by_role("link", name="Swap", exact=True).click()
    expect(colleague.get_by_text("School concert")).to_be_visible()
    does(colleague, "Agree", "You agree; the lead is told.")

    lead = sign_in(browser, live_server.url, week.house.lead.work_number, DESK)
    lead.goto("/roster/changes/")
    lead.get_by_role("link", name="Swap", exact=True).click()
    expect(lead.get_by_text("Nothing stands against it", exact=False)).to_be_visible()
    does(lead, "Approve", "Approved; the roster is changed")
    assert Shift.objects.get(pk=mine.pk).published_person == week.two
    assert Shift.objects.get(pk=theirs.pk).published_person == week.one

    clerk = sign_in(browser, live_server.url, week.clerk.work_number, DESK)
    clerk.goto("/roster/changes/?view=file")
    clerk.locator("tbody .box").first.check()
    clerk.locator("#list-picks").get_by_role("button", name="File").click()
    expect(clerk.get_by_text("1 change is filed.")).to_be_visible(timeout=SLOW)
    assert Change.objects.get().state == ChangeState.FILED

    agent.goto(address)
    expect(agent.locator(".pill").get_by_text("Filed")).to_be_visible()
    for page in (agent, colleague, lead, clerk):
        page.context.close()


def test_an_open_shift_is_taken_on_the_telephone_and_can_be_taken_back(browser, week, live_server):
    agent = sign_in(browser, live_server.url, week.agents[3].work_number)
    agent.goto("/roster/changes/open/")
    assert fits(agent)
    agent.get_by_role("link", name="Take it").click()
    agent.get_by_role("dialog").get_by_role("button", name="Take it").click()
    expect(agent.get_by_text("Asked; whoever decides is told.")).to_be_visible(timeout=SLOW)
    agent.get_by_role("button", name="Undo").click()
    expect(agent.get_by_text("Withdrawn; you work as your roster says.")).to_be_visible(timeout=SLOW)
    assert Change.objects.get().state == ChangeState.WITHDRAWN
    agent.context.close()
