"""What is dated: every day has one answer, whatever order the changes came in."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agents import services
from agents.models import Absence, Leadership, Membership, RegionSite, RoleGrant, Superior
from agents.selectors import direct_superior
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.errors import DomainError
from tests.factories.agents import RegionFactory, TeamFactory, UserFactory

FIRST = date(2026, 3, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(15)]
MOVES = st.lists(st.tuples(st.sampled_from(DAYS), st.integers(0, 2)), max_size=8)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
@example(moves=[(DAYS[1], 0), (DAYS[0], 0), (DAYS[0], 1)])
def test_team_on_every_day_is_that_of_the_latest_move_before_it(house, now, moves):
    person, teams = UserFactory(site=house.site), TeamFactory.create_batch(3, site=house.site)
    plain: dict[date, int] = {}

    def answer(day: date) -> list[int]:
        starts = [start for start in plain if start <= day]
        return [plain[max(starts)]] if starts else []

    for since, chosen in moves:
        services.move_to_team(actor=SYSTEM, person=person, team=teams[chosen], since=since, now=now)
        following = min((start for start in plain if start > since), default=None)
        if not answer(since) and following and plain[following] == chosen:
            # The first team was joined earlier than was said: one stay, which begins sooner.
            plain[since] = plain.pop(following)
        elif answer(since) != [chosen]:
            plain[since] = chosen

    rows = list(person.memberships.order_by("period"))
    for day in DAYS:
        held = [teams.index(row.team) for row in rows if day in row.period]
        assert held == answer(day)
    assert all(one.period.upper == two.period.lower for one, two in pairwise(rows))
    assert not rows or rows[-1].period.upper is None


def test_a_team_that_was_joined_earlier_than_was_said_is_one_stay_that_begins_sooner(house, now):
    person = UserFactory(site=house.site)
    for since in (DAYS[5], DAYS[2]):
        services.move_to_team(actor=SYSTEM, person=person, team=house.team, since=since, now=now)
    [stay] = person.memberships.all()
    assert (stay.period.lower, stay.last_day) == (DAYS[2], None)


def test_moving_ends_the_old_membership_on_the_day_and_changes_no_day_before(house, now):
    other, since = TeamFactory(site=house.site), date(2026, 11, 1)
    services.move_to_team(actor=SYSTEM, person=house.agent, team=other, since=since, now=now)
    before, after = house.agent.memberships.order_by("period")
    assert (before.team, before.last_day) == (house.team, date(2026, 10, 31))
    assert (after.team, after.period.lower, after.last_day) == (other, since, None)


def test_moving_into_the_same_team_changes_nothing_and_leaves_no_trace(house, now):
    entries = Entry.objects.count()
    services.move_to_team(actor=SYSTEM, person=house.agent, team=house.team, since=DAYS[0], now=now)
    assert house.agent.memberships.count() == 1
    assert Entry.objects.count() == entries


def test_a_move_says_in_the_audit_from_where_to_where_and_since_when(house, now):
    other = TeamFactory(site=house.site, name="Begonia")
    services.move_to_team(actor=SYSTEM, person=house.agent, team=other, since=DAYS[0], now=now)
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.actor_name) == ("person.moved", "system")
    assert entry.details == {
        "since": "2026-03-01",
        "old": {"team": "Osmanthus"},
        "new": {"team": "Begonia"},
    }


def test_a_new_lead_is_the_superior_of_the_team_from_their_day_on(house, now):
    successor = UserFactory(site=house.site)
    services.appoint_lead(actor=SYSTEM, team=house.team, person=successor, since=DAYS[5], now=now)
    assert direct_superior(house.agent, DAYS[4]) == house.lead
    assert direct_superior(house.agent, DAYS[5]) == successor


def test_a_superior_that_was_set_comes_before_the_lead_of_the_team(house, now):
    services.set_superior(actor=SYSTEM, person=house.agent, superior=house.supervisor, since=DAYS[5], now=now)
    assert direct_superior(house.agent, DAYS[4]) == house.lead
    assert direct_superior(house.agent, DAYS[5]) == house.supervisor


def test_somebody_without_lead_or_superior_has_none(house):
    assert direct_superior(house.executive, DAYS[0]) is None
    assert direct_superior(house.agent, date(2024, 12, 31)) is None


def test_a_site_changes_its_region_on_a_day(house, now):
    west = RegionFactory(name="West")
    services.put_site_into_region(actor=SYSTEM, site=house.site, region=west, since=DAYS[3], now=now)
    assert RegionSite.objects.on(DAYS[2]).get().region == house.region
    assert RegionSite.objects.on(DAYS[3]).get().region == west


CIRCLES = {
    "superior of oneself": lambda house, day: services.set_superior(
        person=house.lead, superior=house.lead, **day
    ),
    "superior from below": lambda house, day: services.set_superior(
        person=house.executive, superior=house.supervisor, **day
    ),
    "superior from one's own team": lambda house, day: services.set_superior(
        person=house.lead, superior=house.agent, **day
    ),
    "into the team of somebody below": lambda house, day: services.move_to_team(
        person=house.executive, team=house.team, **day
    ),
}


@pytest.mark.parametrize("circle", CIRCLES.values(), ids=CIRCLES)
def test_a_circle_of_superiors_is_refused_and_nothing_is_kept(house, now, circle):
    def everything() -> list[list]:
        models = (Superior, Membership, Leadership, Entry)
        return [list(model.objects.order_by("pk").values_list()) for model in models]

    before = everything()
    with pytest.raises(DomainError) as refusal:
        circle(house, {"actor": SYSTEM, "since": DAYS[0], "now": now})
    assert refusal.value.mend
    assert everything() == before


def test_leading_those_above_is_refused(house, now):
    above = TeamFactory(site=house.site)
    stranger = UserFactory(site=house.site)
    given = {"actor": SYSTEM, "since": DAYS[0], "now": now}
    services.move_to_team(person=stranger, team=above, **given)
    services.set_superior(person=house.executive, superior=stranger, **given)
    with pytest.raises(DomainError) as refusal:
        services.appoint_lead(team=above, person=house.supervisor, **given)
    assert refusal.value.field == "person"


def _period(first: int, last: int) -> DateRange:
    return DateRange(DAYS[first], DAYS[last])


OVERLAPS = {
    "two teams": lambda house, period: Membership.objects.create(
        person=house.agent, team=house.team, period=period
    ),
    "two leads": lambda house, period: Leadership.objects.create(
        person=house.agent, team=house.team, period=period
    ),
    "two superiors": lambda house, period: Superior.objects.create(
        person=house.lead, superior=house.executive, period=period
    ),
    "two regions": lambda house, period: RegionSite.objects.create(
        region=house.region, site=house.site, period=period
    ),
    "a role twice": lambda house, period: RoleGrant.objects.create(
        person=house.agent, role=Role.AGENT, period=period
    ),
}


@pytest.mark.parametrize("overlap", OVERLAPS.values(), ids=OVERLAPS)
def test_the_database_refuses_two_at_once_even_past_the_services(house, overlap):
    with pytest.raises(IntegrityError), transaction.atomic():
        overlap(house, _period(0, 5))


def test_the_database_refuses_two_absences_at_once(house, now):
    def away(start: int, end: int) -> Absence:
        period = DateTimeTZRange(now + timedelta(hours=start), now + timedelta(hours=end))
        return Absence.objects.create(person=house.agent, period=period)

    away(0, 8)
    away(8, 9)
    with pytest.raises(IntegrityError), transaction.atomic():
        away(7, 10)


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": Role.SUPERVISOR},
        {"role": Role.AGENT, "site": True},
        {"role": Role.DEPARTMENT_OWNER, "site": True},
    ],
)
def test_the_database_refuses_a_role_without_its_limit_or_with_another(house, wrong):
    limits = {"site": house.site} if wrong.pop("site", False) else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(person=house.lead, period=_period(0, 5), **wrong, **limits)
