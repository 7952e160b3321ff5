"""A warning from its calls to its end: raised, seen, answered by the lead, closed by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from agents.models import Site
from callcenter.worktime.models import Calendar
from kpi.models import EarlyWarning
from kpi.services.watch import sweep
from kpi.tasks import watch_figures
from tests.kpi.warnings.conftest import HALF_HOUR, Day

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
SLOW = 20_000


@pytest.fixture
def begun(committed_house):
    """Return the half hour before the one that runs, at a site where it is about noon now."""
    now = timezone.now()
    calendar = Calendar.objects.create(
        code="noon", name="Noon", base="none", time_zone=f"Etc/GMT{now.hour - 12:+d}".replace("+0", ""),
        weekly={day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
    )  # fmt: skip
    Site.objects.update(calendar=calendar)
    committed_house.site.refresh_from_db()
    return now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0) - HALF_HOUR


@pytest.fixture
def day(committed_house, begun):
    return Day(committed_house, now=begun + timedelta(hours=3))


@pytest.fixture
def raised(day, begun, transactional_db) -> EarlyWarning:
    """The warning about the team, from calls that took far longer than in all weeks before."""
    day.past(*(begun + at * HALF_HOUR for at in range(4)))
    day.bring(day.rows(begun, talk=500))
    watch_figures()
    return EarlyWarning.objects.get(kind="team")


@pytest.fixture
def lead(browser: Browser, live_server, raised) -> Page:
    """The lead, who signs in after the warning was raised: the counts in the frame are some seconds old."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto("/accounts/login/")
    page.get_by_label("Work number").fill("1101")
    page.get_by_label("Password").fill("harbour-desk-2026")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today", timeout=SLOW)
    return page


def test_a_warning_is_raised_from_calls_answered_by_the_lead_and_closes_when_the_figure_is_back(
    day, begun, raised, lead
):
    lead.goto("/")
    card = lead.get_by_role("region", name="Early warnings")
    expect(card.get_by_role("link", name="Osmanthus")).to_be_visible(timeout=SLOW)
    expect(lead.get_by_role("link", name="KPIs 2").first).to_be_visible()
    card.get_by_role("link", name="2 warnings open").click()
    lead.locator("#list-rows").get_by_role("link", name="Osmanthus").click()
    expect(lead.get_by_text("Nobody has recorded yet what was done.")).to_be_visible(timeout=SLOW)

    lead.get_by_role("link", name="Record what you did").click()
    lead.get_by_label("What was done").select_option("helped")
    lead.get_by_label("Note").fill("The new form: shown where to look first")
    lead.get_by_role("button", name="Record what you did").click()
    expect(lead.get_by_text("What you did is recorded.")).to_be_visible(timeout=SLOW)
    expect(lead.get_by_text("The new form: shown where to look first")).to_be_visible()
    expect(lead.get_by_text("There is no figure yet of the time after it.")).to_be_visible()

    day.bring([*day.rows(begun + 2 * HALF_HOUR), *day.rows(begun + 3 * HALF_HOUR)])
    assert raised in sweep(now=begun + 4 * HALF_HOUR).closed
    lead.reload()
    expect(lead.get_by_text("Came back").first).to_be_visible(timeout=SLOW)
    expect(lead.get_by_text("usual again in 2 of them")).to_be_visible()
