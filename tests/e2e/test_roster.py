"""A supervisor makes a roster on the board, by keys and by mouse, and publishes it; the agent's mail says so."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from callcenter.outbox.tasks import drain
from shifts.models import Roster, Shift
from shifts.services.patterns import make_pattern
from tests.dates import MADE
from tests.e2e.test_main_job import sign_in
from tests.e2e.waiting import until
from tests.quality.test_pages import inaccessible

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def cell(page: Page, row: int, col: int):
    """Return a cell of the board; row 0 holds the open shifts."""
    return page.locator(f'#board .cell[data-row="{row}"][data-col="{col}"]')


def plan() -> list[tuple[str, int, str]]:
    """Return who works on which weekday by which pattern."""
    rows = Shift.objects.planned().select_related("person", "pattern").order_by("day", "person")
    return [(one.person.work_number, one.day.weekday(), one.pattern.code) for one in rows]


def test_a_roster_is_planned_on_the_board_and_published(always_open, page, worker, smtp):
    house = always_open
    for code, hour in (("D", time(9)), ("L", time(13))):
        facts = {"code": code, "name": code, "begins": hour, "minutes": 480, "now": MADE}
        make_pattern(actor=house.supervisor, site=house.site, **facts)
    sign_in(page, "1001")
    page.get_by_role("link", name="Roster", exact=True).first.click()
    page.get_by_role("link", name="New roster").click()
    monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    page.get_by_label("First day").fill(monday.isoformat())
    page.get_by_label("Last day").fill((monday + timedelta(days=6)).isoformat())
    page.get_by_role("button", name="Make the draft").click()

    # Two people, three days, by keys: Shift with the arrows picks, 1 gives the first pattern.
    cell(page, 1, 0).click()
    for key in ("Shift+ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("1")
    expect(page.get_by_role("status").filter(has_text="6 shifts written")).to_be_attached()
    assert plan() == [(number, day, "D") for day in range(3) for number in ("20401", "20402")]

    # Cut with x, go on with the arrows, paste with v; undo with u.
    cell(page, 1, 2).click()
    page.keyboard.press("x")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("v")
    expect(cell(page, 1, 3).locator(".shift")).to_have_count(1)
    expect(cell(page, 1, 2).locator(".shift")).to_have_count(0)
    page.keyboard.press("u")
    expect(cell(page, 1, 2).locator(".shift")).to_have_count(1)

    # Drag one to another day, take one out, lock one.
    cell(page, 2, 2).locator(".shift").drag_to(cell(page, 2, 4))
    expect(cell(page, 2, 4).locator(".shift")).to_have_count(1)
    cell(page, 2, 1).click()
    page.keyboard.press("Delete")
    expect(cell(page, 2, 1).locator(".shift")).to_have_count(0)
    cell(page, 2, 0).click()
    page.keyboard.press("l")
    expect(cell(page, 2, 0).locator(".shift svg")).to_have_count(1)
    page.keyboard.press("Delete")
    expect(page.get_by_role("alert").filter(has_text="is locked")).to_be_visible()
    until(
        lambda: (
            plan()
            == [("20401", 0, "D"), ("20402", 0, "D"), ("20401", 1, "D"), ("20401", 2, "D"), ("20402", 4, "D")]
        )
    )

    # Enter opens the panel; the board shows what was saved there.
    cell(page, 1, 1).click()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    panel.get_by_label("Pattern").select_option(label="L L")
    panel.get_by_role("button", name="Save").click()
    expect(cell(page, 1, 1)).to_contain_text("13:00–21:00")

    assert not list(inaccessible(page))

    page.get_by_role("link", name="Review and publish").click()
    expect(page.get_by_text("2 people will be told")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("2 people were told")).to_be_visible()
    assert Roster.objects.get().state == "published"
    drain.delay()
    mails = until(lambda: [mail for mail in smtp.mails if mail["To"] == "20401@example.org"])
    assert f"{monday.isoformat()}: 09:00–17:00" in mails[0].get_body(("plain",)).get_content()
