"""What the tests of rosters share: patterns of a day's shifts, and a desk that plans and publishes with them."""

from datetime import date, datetime, time, timedelta

import pytest

from agents.models import Skill, User
from callcenter.access import Role
from shifts.enums import BreakKind
from shifts.models import Pattern, PatternBreak, Roster, Shift
from shifts.services import planning, publishing
from tests.house import MADE, House

MONDAY = date(2026, 11, 23)
"""The Monday after the `now` of tests."""

HOURS = (("D", "Day", 9), ("E", "Early", 7), ("L", "Late", 13), ("N", "Night", 22))


def make_patterns(site) -> dict[str, Pattern]:
    """Return day, early, late and night of a site by their codes: eight hours each, an hour of lunch within."""
    made = {}
    for colour, (code, name, hour) in enumerate(HOURS, start=1):
        made[code] = Pattern.objects.create(
            site=site, code=code, name=name, begins=time(hour), minutes=8 * 60, colour=colour
        )
        PatternBreak.objects.create(
            pattern=made[code], kind=BreakKind.LUNCH, earliest=180, latest=240, minutes=60
        )
    return made


class Desk:
    """A supervisor's desk: a house with six agents more, its patterns, and the acts of planning."""

    def __init__(self, house: House, now: datetime) -> None:
        self.house, self.now, self.site = house, now, house.site
        self.planner = house.supervisor
        self.patterns = make_patterns(house.site)
        self.skill = Skill.objects.create(code="billing", name="Billing")
        self.agents = [
            house.person(str(number), Role.AGENT, team=house.team) for number in range(20411, 20417)
        ]

    def roster(self, since: date = MONDAY, days: int = 7) -> Roster:
        """Return a new draft."""
        until = since + timedelta(days=days)
        return planning.make_roster(
            actor=self.planner, site=self.site, since=since, until=until, now=self.now
        )

    def shift(self, person: User | None, day: date, pattern: str = "D", *, skill=None) -> Shift:
        """Return a new shift in the roster of that day; without a person it is open."""
        roster = Roster.objects.on(day).get(site=self.site)
        return planning.put_shift(
            actor=self.planner,
            roster_id=roster.pk,
            person=person,
            day=day,
            pattern=self.patterns[pattern],
            skill=skill,
            now=self.now,
        )

    def publish(self, roster: Roster) -> publishing.Published:
        """Tell agents of what changed in the roster."""
        return publishing.publish(actor=self.planner, roster_id=roster.pk, now=self.now)


@pytest.fixture
def patterns(house) -> dict[str, Pattern]:
    """Return the patterns of the house's site by their codes: D 09:00, E 07:00, L 13:00, N 22:00."""
    return make_patterns(house.site)


@pytest.fixture
def desk(house, now) -> Desk:
    """Return the desk of the house's supervisor."""
    return Desk(house, now)


@pytest.fixture
def committed_desk(committed_house, now) -> Desk:
    """Return a desk that other connections see too."""
    return Desk(committed_house, now)


__all__ = ["MADE", "MONDAY", "Desk"]
