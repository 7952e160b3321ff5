"""A day of calls of two people in one team, one line, two topics."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from tests.calls.centre import build
from tests.factories.calls import CallFactory, QueueFactory, SourceFactory

DAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def centre(db):
    return build()


@pytest.fixture
def floor(centre):
    """Return the centre with forty calls: every fourth of nobody and lost, the others of two people in turn."""
    queue = QueueFactory(site=centre.here, code="repairs", name="Repairs")
    at = [DAY + timedelta(minutes=7 * number) for number in range(40)]
    for number, entered in enumerate(at):
        lost = number % 4 == 3
        who = centre.agent if number % 2 else centre.colleague
        handled = {
            "agent": who,
            "team": centre.team,
            "talk_seconds": 15 * number,
            "satisfaction": 1 + number % 5,
        }
        CallFactory(
            site=centre.here,
            queue=queue,
            topic="Bill" if number % 3 else "Move",
            entered_at=entered,
            wait_seconds=number,
            **({"outcome": "abandoned", "talk_seconds": None} if lost else handled),
        )
    SourceFactory(site=centre.here, first_at=at[0], last_at=at[-1], calls=len(at))
    return SimpleNamespace(centre=centre, queue=queue, period={"from": "2026-03-02", "to": "2026-03-02"})
