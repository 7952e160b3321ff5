"""What the tests of leave share: types, a peak period, and somebody of general affairs."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from agents.models import User
from callcenter.access import Role
from shifts.models import Leave, LeaveType, Peak
from shifts.services import leave as services
from tests.house import House
from tests.shifts.conftest import Desk

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = 60


def at(day: date, hour: float = 0) -> datetime:
    """Return an hour of a day in Shanghai; 24 is the next midnight."""
    return (datetime.combine(day, datetime.min.time(), SHANGHAI) + timedelta(hours=hour)).astimezone(UTC)


class Office:
    """A house with types of leave, a peak period from 7 to 9 December, and somebody who files."""

    def __init__(self, house: House, now: datetime) -> None:
        self.house, self.now = house, now
        self.agent, self.lead = house.agent, house.lead
        self.filer = house.person("6001", Role.GENERAL_AFFAIRS)
        self.annual = LeaveType.objects.create(
            code="annual", name="Annual leave", yearly_minutes=80 * HOUR, carry_minutes=16 * HOUR
        )
        self.sick = LeaveType.objects.create(code="sick", name="Sick leave", is_limited=False)
        self.peak = Peak.objects.create(
            site=house.site, name="Filing days", period=DateRange(date(2026, 12, 7), date(2026, 12, 10))
        )

    def ask(self, since: datetime, until: datetime, *, person: User | None = None, **more) -> Leave:
        """Ask for annual leave, as the agent."""
        asks = person or self.agent
        given = {"type": self.annual, "now": self.now, **more}
        return services.request_leave(actor=asks, person=asks, starts_at=since, ends_at=until, **given)

    def approve(self, leave: Leave, **more) -> Leave:
        """Approve as the lead."""
        given = {"actor": self.lead, "now": self.now, **more}
        return services.approve_leave(leave_id=leave.pk, **given)


@pytest.fixture
def office(house, now) -> Office:
    """Return a house in which leave can be asked for."""
    return Office(house, now)


@pytest.fixture
def committed_office(committed_house, now) -> Office:
    """Return an office that other connections see too."""
    return Office(committed_house, now)


__all__ = ["Desk", "Office", "at"]
