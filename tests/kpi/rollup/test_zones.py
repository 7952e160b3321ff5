"""Half hours and days are those of the site's own wall clock, wherever it is."""

from datetime import UTC, date, datetime

import pytest

from kpi.selectors.series import Question, series
from kpi.services import rollups
from tests.factories.agents import SiteFactory
from tests.factories.calls import CallFactory
from tests.factories.worktime import CalendarFactory

NOON = datetime(2026, 11, 18, 12, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "slot"),
    [
        ("America/Chicago", "2026-11-18T06:00"),
        ("Asia/Kolkata", "2026-11-18T17:30"),
        ("Pacific/Kiritimati", "2026-11-19T02:00"),
    ],
)
def test_a_call_lies_in_the_half_hour_of_its_sites_clock(house, zone, slot):
    site = SiteFactory(calendar=CalendarFactory(time_zone=zone))
    CallFactory(site=site, entered_at=NOON)
    rollups.refresh()
    asked = Question(
        ["offered"], date(2026, 11, 17), date(2026, 11, 20), interval="30m", filters=(("site", site.code),)
    )
    assert [(row["interval"], row["offered"]) for row in series(house.executive, asked)] == [(slot, 1)]
