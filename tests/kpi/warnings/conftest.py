"""A house with weeks of calls behind it, and calls of today that go well or badly."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from callcenter.access import SYSTEM
from calls import services
from calls.enums import Outcome
from calls.intake import CallRow

NOON = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
"""Wednesday 18 November 2026, 12:00 in Shanghai."""
HALF_HOUR = timedelta(minutes=30)
WEEKS = 8
ACD = "acd"


class Day:
    """Brings in calls of the agent of a house."""

    def __init__(self, house, now=NOON):
        self.house, self.now, self.number = house, now, count(1)

    def rows(self, begin, *, answered=12, lost=0, talk=200, agent="20401", spread=0):
        """Return the calls of the half hour that begins at `begin`, the talk of each a little longer than the last."""
        for at in range(answered + lost):
            known = {"call_id": f"C{next(self.number)}", "entered_at": begin + timedelta(seconds=20 * at + 1)}
            if at < lost:
                yield CallRow(outcome=Outcome.ABANDONED, wait_seconds=90, **known)
            else:
                length = talk + spread + at
                yield CallRow(
                    outcome=Outcome.ANSWERED, wait_seconds=8, talk_seconds=length, agent=agent, **known
                )

    def bring(self, rows):
        """Record calls through the ordinary door."""
        services.record_calls(actor=SYSTEM, source=ACD, site=self.house.site, rows=list(rows), now=self.now)

    def past(self, *begins, weeks=WEEKS, **facts):
        """Bring in the same half hours of the weeks before, each a little different."""
        self.bring(
            row
            for week in range(1, weeks + 1)
            for begin in begins
            for row in self.rows(begin - week * timedelta(days=7), spread=week % 3, **facts)
        )


@pytest.fixture
def day(house):
    return Day(house)
