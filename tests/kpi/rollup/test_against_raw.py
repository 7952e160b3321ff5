"""What roll-ups answer is what raw calls answer: every number, by every group and interval, for everybody."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from agents.models import Site, Team
from calls.enums import Outcome
from calls.models import Call
from kpi.counters import LENGTHS, PEOPLE, TALLIES, Counter
from kpi.rollup.columns import EXACT
from kpi.selectors.counting import answer
from kpi.selectors.counting.pieces import GROUPS, SLOTS
from kpi.selectors.series import Question
from kpi.services import rollups
from tests.factories.calls import CallFactory, QueueFactory
from tests.factories.worktime import CalendarFactory
from tests.kpi.rollup import raw

START, END = date(2026, 2, 23), date(2026, 3, 31)
ASKED = Question(metrics=["offered"], start=START, end=END)
COUNTERS = (
    *(Counter(what) for what in TALLIES),
    *(Counter(what, "distinct") for what in PEOPLE),
    *(Counter(what, how) for what in LENGTHS for how in ("n", "sum", "min", "max")),
    *(Counter(what, "within", at) for what in LENGTHS for at in (0, 20, 300, EXACT)),
    *(Counter(what, "rank", at) for what in LENGTHS for at in (10, 50, 90, 95)),
)


def calls_of(centre, *, count=150, seed=7):
    """Make calls of two sites with different clocks, two teams, known and unknown agents and queues."""
    dice = random.Random(seed)
    berlin = Site.objects.create(code="b", name="Berlin", calendar=CalendarFactory(time_zone="Europe/Berlin"))
    second = Team.objects.create(site=centre.here, name="Plum")
    queues = [QueueFactory(site=centre.here), None]
    for number in range(count):
        site = dice.choice([centre.here, centre.here, berlin])
        team, agent = dice.choice(
            [(centre.team, centre.agent), (second, centre.colleague), (None, None), (None, None)]
        )
        outcome = dice.choice([Outcome.ANSWERED] * 5 + list(Outcome))
        answered = outcome == Outcome.ANSWERED
        queue = dice.choice(queues)
        CallFactory(
            call_id=f"R{number}",
            site=site,
            source=dice.choice(["acd", "old"]) + site.code,
            queue=queue,
            queue_name=queue.name if queue else dice.choice(["", "Line"]),
            team=team,
            agent=agent,
            agent_name=dice.choice(["", "Becky"]) if agent is None else "",
            topic=dice.choice(["", "Billing"]),
            project=dice.choice(["", "Harbour"]),
            entered_at=datetime(2026, 2, 22, tzinfo=UTC) + timedelta(seconds=dice.randrange(38 * 86400)),
            outcome=outcome,
            wait_seconds=dice.choice([None, dice.randrange(40), dice.randrange(900)]),
            talk_seconds=dice.choice([None, dice.randrange(700), dice.randrange(4000)]) if answered else None,
            hold_seconds=dice.choice([None, dice.randrange(60)]) if answered else None,
            wrap_seconds=dice.choice([None, dice.randrange(60)]) if answered else None,
            resolved=dice.choice([None, True, False]),
            transferred=dice.choice([None, True, False]),
            channel=dice.choice(["", "phone"]),
            satisfaction=dice.choice([None, None, 1, 2, 3, 4, 5]),
        )


@pytest.fixture
def counted(centre):
    calls_of(centre)
    rollups.rebuild()
    rollups.refresh()
    return centre


def close(found, expected, counter):
    """Say whether a number is right: exact, but for percentiles beyond what bags are exact to."""
    if counter.how == "rank" and expected is not None and expected > EXACT:
        return abs(found - expected) <= 0.02 * expected
    return found == expected


def assert_same(user, question):
    rows = answer.counted(user, question, COUNTERS, most=100_000)
    found = {(row["group"], row["label"], row["interval"]): row for row in rows}
    expected = raw.counted(user, question, COUNTERS)
    if question.interval == "none":
        expected = {(group, label, ""): numbers for (group, label, _slot), numbers in expected.items()}
    assert found.keys() - {("", "", "")} == expected.keys() - {("", "", "")}
    for key, numbers in expected.items():
        for counter in COUNTERS:
            assert close(found[key][counter.name], numbers[counter.name], counter), (key, counter)


@pytest.mark.parametrize("interval", SLOTS)
def test_every_group_and_interval_is_as_over_raw_calls(counted, interval):
    assert Call.objects.count() == 150
    for group in GROUPS:
        assert_same(counted.manager, replace(ASKED, group_by=group, interval=interval))


def test_months_that_are_merged_answer_the_same(counted):
    rollups.merge_months()
    for group, interval in (("team", "none"), ("none", "month"), ("site", "month"), ("team", "time_of_day")):
        assert_same(counted.manager, replace(ASKED, group_by=group, interval=interval))
        march = replace(ASKED, start=date(2026, 3, 1))
        assert_same(counted.manager, replace(march, group_by=group, interval=interval))


@pytest.mark.parametrize("role", ["agent", "lead", "supervisor", "regional", "manager", "administrator"])
def test_everybody_gets_the_figures_of_the_calls_they_see(counted, role):
    user = getattr(counted, role)
    for group, interval in (("none", "none"), ("team", "day"), ("agent", "week"), ("queue", "30m")):
        assert_same(user, replace(ASKED, group_by=group, interval=interval))
