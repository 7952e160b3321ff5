"""Membership, leadership and skills day by day: what the database holds is what a plain list of days says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents import services
from agents.models import Leadership, Membership, PersonSkill, Skill
from callcenter.access import SYSTEM
from callcenter.errors import Conflict
from tests.factories.agents import TeamFactory, UserFactory

FIRST = date(2026, 3, 1)
BEFORE = datetime(2026, 2, 28, tzinfo=UTC)
DAYS = [FIRST + timedelta(days=number) for number in range(12)]
day_numbers = st.integers(0, len(DAYS) - 1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), day_numbers, st.integers(1, 3)),
        st.tuples(st.just("put until"), day_numbers, st.integers(1, 3), st.integers(1, 6)),
        st.tuples(st.just("end"), day_numbers),
        st.tuples(st.just("take back"), st.integers(0, 3)),
    ),
    max_size=10,
)
property_test = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Plain:
    """The simplest model: a list of what was put, with its first day and the first on which it no longer holds; likes are one."""

    def __init__(self):
        self.rows: list[tuple[int, int | None, int]] = []

    def on(self, day):
        found = [value for first, last, value in self.rows if first <= day and (last is None or day < last)]
        assert len(found) <= 1
        return found[0] if found else None

    def put(self, value, since, until=None):
        following = min((first for first, _last, _value in self.rows if first > since), default=None)
        if until is not None and following is not None and until > following:
            return False
        end = until if until is not None else following
        kept, begins = [], since
        for first, last, held in self.rows:
            if first <= since and (last is None or since < last):
                if held == value:
                    begins = first
                elif first < since:
                    kept.append((first, since, held))
            elif begins == since and first == end and held == value and self.on(since) is None:
                end = last
            else:
                kept.append((first, last, held))
        self.rows = sorted([*kept, (begins, end, value)], key=lambda row: row[0])
        return True

    def end(self, day):
        self.rows = [
            (first, day if last is None or last > day else last, value)
            for first, last, value in self.rows
            if first < day
        ]


def number_of(rows, day, value):
    found = [value(row) for row in rows if day in row.period]
    assert len(found) <= 1
    return found[0] if found else None


@property_test
@given(steps=steps)
def test_a_skill_on_every_day_is_what_was_said_last_of_that_day(house, now, steps):
    person, plain = UserFactory(site=house.site), Plain()
    skill, _made = Skill.objects.get_or_create(code="billing", defaults={"name": "Billing"})
    about = {"actor": SYSTEM, "person": person, "skill": skill, "now": now}
    for step, first, *more in steps:
        if step == "put":
            plain.put(more[0], first)
            services.give_skill(level=more[0], since=DAYS[first], **about)
        elif step == "put until":
            until = first + more[1]
            given = {"level": more[0], "since": DAYS[first], "until": FIRST + timedelta(days=until)}
            if plain.put(more[0], first, until):
                services.give_skill(**given, **about)
            else:
                with pytest.raises(Conflict):
                    services.give_skill(**given, **about)
        elif step == "end" and any(last is None or last > first for _first, last, _v in plain.rows):
            plain.end(first)
            services.end_skill(from_day=DAYS[first], **about)
    rows = list(PersonSkill.objects.filter(person=person))
    for number, day in enumerate([*DAYS, DAYS[-1] + timedelta(days=9)]):
        shown = number if number < len(DAYS) else len(DAYS) + 8
        assert number_of(rows, day, lambda row: row.level) == plain.on(shown)


@property_test
@given(steps=steps)
def test_team_and_lead_on_every_day_are_those_of_the_moves(house, now, steps):
    person, leads = UserFactory(site=house.site), UserFactory.create_batch(3, site=house.site)
    teams = TeamFactory.create_batch(3, site=house.site)
    led, plain = TeamFactory(site=house.site), Plain()
    by = {"actor": SYSTEM, "now": now}
    for step, first, *more in steps:
        if step == "put":
            plain.put(more[0], first)
            services.move_to_team(person=person, team=teams[more[0] - 1], since=DAYS[first], **by)
            services.appoint_lead(team=led, person=leads[more[0] - 1], since=DAYS[first], **by)
        elif step == "end" and any(last is None or last > first for _first, last, _v in plain.rows):
            plain.end(first)
            services.leave_team(person=person, from_day=DAYS[first], **by)
            services.end_lead(team=led, from_day=DAYS[first], **by)
        elif step == "take back":
            rows = list(Membership.objects.filter(person=person).order_by("period"))[1:]
            planned = rows[first % len(rows)] if rows else None
            if planned:
                undo(plain, (planned.period.lower - FIRST).days)
                lead = Leadership.objects.get(team=led, period__startswith=planned.period.lower)
                services.take_move_back(membership=planned, **{**by, "now": BEFORE})
                services.take_lead_back(leadership=lead, **{**by, "now": BEFORE})
    members, leaderships = list(person.memberships.all()), list(led.leaderships.all())
    for number, day in enumerate(DAYS):
        expected = plain.on(number)
        assert number_of(members, day, lambda row: teams.index(row.team) + 1) == expected
        assert number_of(leaderships, day, lambda row: leads.index(row.person) + 1) == expected


def undo(plain, first):
    """Take a row of the plain list back: the one that ended where it began goes on."""
    row = next(row for row in plain.rows if row[0] == first)
    rows = [one for one in plain.rows if one != row]
    plain.rows = [(one[0], row[1], one[2]) if one[1] == first else one for one in rows]


def test_what_has_begun_is_not_taken_back(house, now):
    row = Membership.objects.get(person=house.agent)
    with pytest.raises(Conflict):
        services.take_move_back(actor=SYSTEM, membership=row, now=now)
    assert Membership.objects.get(person=house.agent).period == row.period
