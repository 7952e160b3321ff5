"""A supervisor lets the auto-roster fill a draft, takes its proposal in and publishes it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from callcenter.jobs.work import work
from shifts.enums import Origin
from shifts.models import AutoRun, Requirement, Shift
from shifts.services.patterns import make_pattern
from shifts.services.planning import make_roster
from tests.dates import MADE
from tests.e2e.test_main_job import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]


def test_an_auto_roster_from_start_to_publication(always_open, page):
    house = always_open
    facts = {"code": "D", "name": "Day", "begins": time(9), "minutes": 480, "now": MADE}
    make_pattern(actor=house.supervisor, site=house.site, **facts)
    monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    roster = make_roster(
        actor=house.supervisor, site=house.site, since=monday, until=monday + timedelta(days=2), now=MADE
    )
    for day in range(2):
        # One and a half hours from 10:00 in Shanghai; on the second day one head more than there are.
        for half_hour in range(3):
            at = datetime.combine(monday, time(2), UTC) + timedelta(days=day, minutes=30 * half_hour)
            Requirement.objects.create(
                site=house.site, starts_at=at, heads=1 + 2 * day, origin=Origin.ENTERED
            )

    sign_in(page, "1001")
    page.goto(roster.get_absolute_url())
    page.get_by_role("link", name="Auto-roster").click()
    page.get_by_label("Seconds to search").fill("5")
    page.get_by_role("button", name="Start").click()
    assert work(AutoRun.objects.get().job_id)
    expect(page.get_by_role("heading", name="Proposal")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("cannot be met")).to_be_visible()
    expect(page.get_by_role("cell", name="10:00–11:30")).to_be_visible()
    assert not Shift.objects.exists()

    page.locator("summary", has_text="Take into the draft").click()
    page.get_by_role("button", name="Take into the draft").click()
    expect(page.get_by_text("3 shifts are in the draft.")).to_be_visible()
    page.get_by_role("link", name="Review and publish").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("2 people were told")).to_be_visible()
    assert Shift.objects.published().count() == 3
