"""A site that goes by another clock is counted anew by it, and nothing of the old one is left."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from agents import services as places
from callcenter.access import SYSTEM
from calls.models import Call
from kpi.models import Change, HalfHour, SiteClock, StaleSlot, TeamDay, TeamMonth, TeamTimeOfDay
from kpi.selectors.series import Question, series
from kpi.services import rollups
from tests.factories.agents import SiteFactory
from tests.factories.calls import CallFactory
from tests.factories.worktime import CalendarFactory
from tests.kpi.rollup.test_any_order import kept

# In Shanghai the 31st of March and the 1st of April, in Chicago both the 31st; the last lies in February in both.
CALLS = (
    datetime(2026, 3, 31, 15, 50, tzinfo=UTC),
    datetime(2026, 3, 31, 16, 10, tzinfo=UTC),
    datetime(2026, 2, 10, 4, 20, tzinfo=UTC),
)


@pytest.fixture
def site(house):
    site = SiteFactory(calendar=CalendarFactory(time_zone="Asia/Shanghai"))
    for at in CALLS:
        CallFactory(site=site, entered_at=at)
    rollups.refresh_all()
    return site


def move(site, zone):
    """Give the site a calendar with another time zone, as its page does."""
    calendar = CalendarFactory(time_zone=zone)
    facts = {name: getattr(site, name) for name in ("name", "mail_opens", "mail_closes")}
    places.change_site(actor=SYSTEM, site=site, calendar=calendar, now=timezone.now(), **facts)


def by(house, site, interval):
    asked = Question(
        ["offered"], date(2026, 2, 1), date(2026, 4, 30), interval=interval, filters=(("site", site.code),)
    )
    return {row["interval"]: row["offered"] for row in series(house.executive, asked)}


def test_half_hours_days_and_months_follow_the_new_clock(house, site):
    assert by(house, site, "month") == {"2026-02": 1, "2026-03": 1, "2026-04": 1}
    move(site, "America/Chicago")
    rollups.refresh()
    assert by(house, site, "30m") == {"2026-02-09T22:00": 1, "2026-03-31T10:30": 1, "2026-03-31T11:00": 1}
    assert by(house, site, "day") == {"2026-02-09": 1, "2026-03-31": 2}
    # Months that are not merged yet are answered by their days.
    assert by(house, site, "month") == {"2026-02": 1, "2026-03": 2}
    rollups.refresh_all()
    assert by(house, site, "month") == {"2026-02": 1, "2026-03": 2}
    assert by(house, site, "time_of_day") == {"10:30": 1, "11:00": 1, "22:00": 1}
    assert {at.isoformat() for at in TeamMonth.objects.values_list("at", flat=True)} == {
        "2026-02-01",
        "2026-03-01",
    }
    assert sorted(at.isoformat() for at in TeamTimeOfDay.objects.values_list("at", flat=True)) == [
        "2026-02-01T22:00:00", "2026-03-01T10:30:00", "2026-03-01T11:00:00",
    ]  # fmt: skip
    assert SiteClock.objects.get(site=site.pk).time_zone == "America/Chicago"
    call_command("kpi", "verify")


def test_nothing_differs_from_a_site_that_always_went_by_that_clock(site):
    move(site, "Asia/Kolkata")
    rollups.refresh_all()
    found = kept()
    move(site, "Asia/Shanghai")
    rollups.refresh_all()
    move(site, "Asia/Kolkata")
    rollups.refresh_all()
    assert kept() == found


def test_who_pulls_what_is_new_learns_of_half_hours_that_are_gone(site):
    Change.objects.all().delete()
    move(site, "America/Chicago")
    rollups.refresh_all()
    told = {at.isoformat() for at in Change.objects.filter(site=site.pk).values_list("at", flat=True)}
    assert {"2026-04-01T00:00:00", "2026-03-31T11:00:00"} <= told


def test_figures_of_calls_that_are_no_longer_kept_stay_as_they_were_counted(site):
    before = set(HalfHour.objects.filter(at__lt="2026-03-01").values_list("at", flat=True))
    Call.objects.filter(entered_at__lt=datetime(2026, 3, 1, tzinfo=UTC)).delete()
    move(site, "America/Chicago")
    rollups.refresh_all()
    halves = set(HalfHour.objects.values_list("at", flat=True))
    assert before <= halves
    assert len(halves) == 3
    assert sorted(TeamDay.objects.values_list("at", flat=True)) == [date(2026, 2, 10), date(2026, 3, 31)]
    assert TeamMonth.objects.filter(at=date(2026, 2, 1)).exists()


def test_a_worker_that_still_has_the_old_clock_counts_nothing_by_it(site):
    move(site, "America/Chicago")
    rollups.mark(site.pk, [CALLS[0] - timedelta(minutes=20)])
    # It asked what is to be counted before the other one put the clock right.
    rollups._follow_clocks()
    for day in (date(2026, 3, 30), date(2026, 3, 31)):
        assert rollups._refresh_day(site.pk, day, ZoneInfo("Asia/Shanghai")) == 0
    assert StaleSlot.objects.exists()
    assert not HalfHour.objects.filter(at__gte="2026-03-01").exists()
    assert rollups.refresh() == 3


def test_another_calendar_with_the_same_clock_counts_nothing_anew(site):
    move(site, "Asia/Shanghai")
    assert rollups.refresh() == 0
