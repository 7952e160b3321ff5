"""Many change what is dated of one person at the same time, on real connections: every day keeps one answer."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from agents import services
from agents.models import Leadership, Membership, User
from callcenter.access import SYSTEM
from callcenter.errors import DomainError
from tests.factories.agents import TeamFactory, UserFactory

FIRST = date(2026, 3, 1)
NOW = datetime(2026, 2, 1, tzinfo=UTC)
DAYS = [FIRST + timedelta(days=number) for number in range(12)]
END = 8


def all_at_once(acts):
    """Do the acts on connections of their own; return what was refused."""

    def run(act):
        try:
            act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(6) as threads:
        return [refusal for refusal in threads.map(run, acts) if refusal]


def day_by_day(rows, value):
    answers = []
    for day in DAYS:
        found = [value(row) for row in rows if day in row.period]
        assert len(found) <= 1, (day, found)
        answers.append(found[0] if found else None)
    return answers


@pytest.mark.parametrize("seed", range(4))
def test_moves_and_appointments_on_different_days_come_out_the_same_in_any_order(committed_house, seed):
    dice = random.Random(seed)
    person, led = UserFactory(site=committed_house.site), TeamFactory(site=committed_house.site)
    teams = TeamFactory.create_batch(6, site=committed_house.site)
    leads = UserFactory.create_batch(6, site=committed_house.site)
    # Each to another one: that somebody stays where they are leaves no trace, so then the order would matter.
    chosen = {day: which for which, day in enumerate(dice.sample(range(len(DAYS)), 6))}

    def move(day, which):
        services.move_to_team(actor=SYSTEM, person=person, team=teams[which], since=DAYS[day], now=NOW)

    def appoint(day, which):
        services.appoint_lead(actor=SYSTEM, team=led, person=leads[which], since=DAYS[day], now=NOW)

    acts = [
        lambda act=act, day=day, which=which: act(day, which)
        for day, which in chosen.items()
        for act in (move, appoint)
    ]
    dice.shuffle(acts)
    assert all_at_once(acts) == []
    expected = [
        chosen[max(begun)] if (begun := [day for day in chosen if day <= number]) else None
        for number in range(len(DAYS))
    ]
    members = Membership.objects.filter(person=person).select_related("team")
    assert day_by_day(members, lambda row: teams.index(row.team)) == expected
    leaderships = Leadership.objects.filter(team=led).select_related("person")
    assert day_by_day(leaderships, lambda row: leads.index(row.person)) == expected


@pytest.mark.parametrize("seed", range(4))
def test_who_leaves_is_in_no_team_and_leads_none_afterwards_whoever_came_first(committed_house, seed):
    dice = random.Random(seed)
    person: User = UserFactory(site=committed_house.site)
    teams = TeamFactory.create_batch(6, site=committed_house.site)
    services.employ(actor=SYSTEM, person=person, since=FIRST, now=NOW)
    by = {"actor": SYSTEM, "person": person, "now": NOW}
    acts = [lambda: services.end_employment(from_day=DAYS[END], **by)]
    for day, team in zip(dice.sample(range(len(DAYS)), 6), teams, strict=True):
        acts.append(lambda day=day, team=team: services.move_to_team(team=team, since=DAYS[day], **by))
        acts.append(lambda day=day, team=team: services.appoint_lead(team=team, since=DAYS[day], **by))
    dice.shuffle(acts)
    refused = all_at_once(acts)
    assert all(
        "employed" in str(refusal.message) or "superior" in str(refusal.message) for refusal in refused
    )
    for rows in (person.memberships.all(), person.leaderships.all()):
        assert all(row.period.upper and row.period.upper <= DAYS[END] for row in rows)
