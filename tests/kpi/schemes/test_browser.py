"""In a browser: a scheme is tried on a past month; a month goes from its run to the lock and the file, with an appeal."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

from callcenter.jobs.models import Job
from callcenter.jobs.work import work
from kpi.models import Assessment, Scorecard, Trial
from tests.kpi.schemes.conftest import FACTS
from tests.shifts.changes.test_browser import DESK, PHONE, SLOW, fits, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]


def does(page: Page, act: str, said: str, *, typed: dict[str, str] | None = None) -> None:
    """Do what the page offers, in its panel, and see that it was done."""
    page.locator(".acts").get_by_role("link", name=act, exact=True).click()
    panel = page.get_by_role("dialog")
    for label, text in (typed or {}).items():
        panel.get_by_label(label, exact=True).fill(text)
    panel.get_by_role("button", name=act, exact=True).click()
    expect(page.get_by_text(said, exact=False)).to_be_visible(timeout=SLOW)
    assert fits(page)


def test_a_draft_is_tried_beside_what_holds(browser: Browser, committed_office, live_server):
    office = committed_office
    office.scheme()
    draft = office.scheme(replace(FACTS, indicators=FACTS.indicators[:1]), since=None)
    manager = sign_in(browser, live_server.url, "3001", DESK)
    manager.goto(draft.get_absolute_url())
    expect(manager.get_by_text("1 indicator only", exact=False)).to_be_visible()
    manager.locator(".acts").get_by_role("link", name="Try it on past months").click()
    panel = manager.get_by_role("dialog")
    panel.get_by_label("First month").fill("2026-09")
    panel.get_by_label("Last month").fill("2026-10")
    panel.get_by_role("button", name="Try it").click()
    expect(manager.get_by_role("heading", level=1)).to_contain_text("Trial of", timeout=SLOW)
    work(Trial.objects.get().job_id)
    expect(manager.get_by_text("1 gain, 0 lose, 1 stay as they are.")).to_be_visible(timeout=SLOW)
    expect(manager.get_by_role("img", name="Distribution of scores now and in the trial")).to_be_visible()
    assert fits(manager)
    manager.get_by_role("link", name="All of them").first.click()
    expect(manager.locator("tbody")).to_contain_text("+10.7", timeout=SLOW)
    manager.context.close()


def test_a_month_goes_from_its_run_to_pay_with_an_appeal_in_between(
    browser: Browser, committed_office, live_server, tmp_path: Path
):
    office = committed_office
    office.scheme()
    supervisor = sign_in(browser, live_server.url, "1001", DESK)
    supervisor.goto("/kpi/assessments/")
    supervisor.get_by_role("link", name="Compute a month").click()
    panel = supervisor.get_by_role("dialog")
    panel.get_by_label("Month").fill("2026-10")
    panel.get_by_label("Role").select_option("agent")
    panel.get_by_role("button", name="Compute").click()
    expect(supervisor.get_by_role("heading", level=1)).to_contain_text("Assessment 2026-10", timeout=SLOW)
    work(Job.objects.get().pk)
    found = Assessment.objects.get()
    supervisor.goto(found.get_absolute_url())
    does(supervisor, "Publish", "Published; everybody is told.")

    card = Scorecard.objects.get(person=office.house.agent)
    agent = sign_in(browser, live_server.url, "20401", PHONE)
    agent.goto("/kpi/scores/")
    agent.get_by_role("link", name="Person 20401").click()
    expect(agent.get_by_text("What it rests on")).to_be_visible(timeout=SLOW)
    does(agent, "Appeal", "Your appeal is made", typed={"What is wrong, and why": "The line was down."})

    supervisor.goto(found.get_absolute_url())
    supervisor.get_by_role("link", name="Person 20401").click()
    supervisor.locator(".acts").get_by_role("link", name="Decide the appeal").click()
    panel = supervisor.get_by_role("dialog")
    panel.get_by_label("Grant it").check()
    panel.get_by_label("Why").fill("The log shows it.")
    panel.get_by_label("Indicator to correct").select_option(index=1)
    panel.get_by_label("Corrected figure").fill("240")
    panel.get_by_role("button", name="Decide", exact=True).click()
    expect(supervisor.get_by_text("Decided; the person is told.")).to_be_visible(timeout=SLOW)
    card.refresh_from_db()
    assert str(card.score) == "97.3"

    Assessment.objects.update(appeal_until=timezone.now() - timedelta(minutes=1))
    regional = sign_in(browser, live_server.url, "2001", DESK)
    regional.goto(found.get_absolute_url())
    does(regional, "Approve", "Approved.")
    clerk = sign_in(browser, live_server.url, "6001", DESK)
    clerk.goto(found.get_absolute_url())
    does(clerk, "Lock", "Locked.")
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="XLSX for pay").click()
    sheet = tmp_path / "pay.xlsx"
    download.value.save_as(sheet)
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.read_bytes())).get_sheet_by_index(0).to_python()
    assert [(row[3], row[7], row[10]) for row in rows[1:]] == [("20401", 97.3, "B"), ("20402", 120, "A")]
    for page in (supervisor, agent, regional, clerk):
        page.context.close()
