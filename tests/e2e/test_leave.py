"""Leave from the request on a phone to the file: in and out of a peak period, the lead and general affairs at their desks."""

import re
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from playwright.sync_api import ConsoleMessage, Page, expect

from agents.models import User
from callcenter.access import Role
from callcenter.outbox.tasks import drain
from shifts.enums import LeaveState
from shifts.models import Leave, LeaveType, Peak
from tests.accounts.door import PASSWORD
from tests.e2e.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def office(always_open):
    """Let the house have annual leave, somebody who files, and a peak period from the tenth day on."""
    always_open.filer = always_open.person("6001", Role.GENERAL_AFFAIRS)
    LeaveType.objects.create(code="annual", name="Annual leave", yearly_minutes=400 * 60)
    today = timezone.localdate()
    period = DateRange(today + timedelta(days=10), today + timedelta(days=20))
    Peak.objects.create(site=always_open.site, name="Filing days", period=period)
    return always_open


@pytest.fixture
def at(office, browser, live_server, worker):
    """Return a function that opens the product as somebody, on a phone or at a desk; no error stands in any console."""
    problems, contexts = [], []

    def open_as(number: str, *, phone: bool = False) -> Page:
        size = {"viewport": PHONE, "has_touch": True} if phone else {}
        context = browser.new_context(
            base_url=live_server.url, locale="en-GB", timezone_id="Asia/Shanghai", **size
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if is_trouble(line) else None)
        page.goto("/roster/leave/")
        page.get_by_label("Work number").fill(number)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name="Leave", exact=True)).to_be_visible()
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert not problems


def is_trouble(line: ConsoleMessage) -> bool:
    """Say whether a line of the console is an error of ours: that a request was refused is what is tested."""
    return line.type == "error" and "status of 400" not in line.text


def ask(page: Page, day: date, since: str, end: str, reason: str = "") -> None:
    """Type a request in the panel, and wait for what is foreseen of it."""
    page.goto("/roster/leave/")
    page.get_by_role("link", name="Ask for leave").click()
    panel = page.get_by_role("dialog")
    for name, at in (("starts_at", since), ("ends_at", end)):
        panel.locator(f"[name={name}_0]").fill(day.isoformat())
        panel.locator(f"[name={name}_1]").select_option(at)
    if reason:
        panel.get_by_label(re.compile("^Reason")).fill(reason)
        panel.get_by_label(re.compile("^Reason")).blur()


def send(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Ask for leave").click()


def decide(page: Page, leave: Leave, reason: str = "") -> None:
    """Approve a leave, as an exception where a reason is given."""
    page.goto(leave.get_absolute_url())
    page.locator(".acts").get_by_role("link", name="Approve").click()
    panel = page.get_by_role("dialog")
    if reason:
        panel.get_by_label("Why an exception in the peak period").fill(reason)
    panel.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved; the person is told.")).to_be_visible()


def fits(page: Page) -> None:
    """See that nothing is wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_leave_is_asked_for_in_and_out_of_a_peak_period_approved_and_filed(office, at, smtp):
    today = timezone.localdate()
    phone, lead, filer = at("20401", phone=True), at("1101"), at("6001")
    fits(phone)

    ask(phone, today + timedelta(days=3), "09:00", "13:30")
    expect(phone.locator("#leave-foreseen")).to_contain_text("4.5 hours of your working time")
    expect(phone.locator("#leave-foreseen")).to_contain_text("would be left")
    fits(phone)
    send(phone)
    expect(phone.get_by_text("Asked for; whoever decides is told.")).to_be_visible()
    fits(phone)

    ask(phone, today + timedelta(days=12), "09:00", "11:00")
    expect(phone.locator("#leave-foreseen")).to_contain_text("Leave is blocked in a peak period: Filing days")
    send(phone)
    expect(phone.get_by_role("dialog").locator(".errorlist")).to_contain_text("blocked in a peak period")
    phone.get_by_label(re.compile("^Reason")).fill("My sister marries.")
    send(phone)
    expect(phone.get_by_text("Asked for; whoever decides is told.")).to_be_visible()

    plain, exception = Leave.objects.order_by("pk")
    drain.delay()
    subject = f"{User.objects.get(work_number='20401')} asks for leave ({plain})"
    until(lambda: (("1101@example.org", subject)) in {(mail["To"], mail["Subject"]) for mail in smtp.mails})
    lead.goto("/roster/leave/")
    expect(lead.locator("#state")).to_have_text(re.compile("2 requests wait for a decision"))
    decide(lead, plain)
    decide(lead, exception, "A wedding in the family")

    filer.goto("/roster/leave/?view=to_file")
    filer.get_by_label("Pick all on this page").check()
    filer.locator(".bulk").get_by_role("button", name="File").click()
    expect(filer.get_by_text("2 leaves are filed.")).to_be_visible()
    assert set(Leave.objects.values_list("state", flat=True)) == {LeaveState.FILED}
    exception.refresh_from_db()
    assert exception.override_reason == "A wedding in the family"

    phone.goto(plain.get_absolute_url())
    phone.locator(".acts").get_by_role("link", name="Withdraw").click()
    phone.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    expect(phone.get_by_text("Withdrawn; the hours are back in your balance.")).to_be_visible()
