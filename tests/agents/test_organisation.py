"""The snapshot that decides who answers: whoever has left is as absent as somebody away."""

from datetime import timedelta

import pytest

from agents import services
from agents.selectors import organisation
from callcenter.access import SYSTEM, Role


@pytest.fixture
def answers(house, now):
    """Return a function that says who answers for the agent at a level."""

    def at(level: int) -> list[int]:
        rung = organisation([house.agent.pk], now=now).rung_above(house.agent.pk, level - 1)
        return list(rung.people) if rung else []

    return at


def leave(person, now) -> None:
    services.deactivate(actor=SYSTEM, person=person, now=now)


def away(person, now, stand_in=None) -> None:
    services.record_absence(
        actor=SYSTEM, person=person, since=now, until=now + timedelta(days=1), stand_in=stand_in, now=now
    )


def test_each_level_is_the_superior_of_that_day(house, answers):
    ladder = [house.lead, house.supervisor, house.regional, house.service_manager, house.executive]
    assert [answers(level) for level in range(1, 6)] == [[person.pk] for person in ladder]


def test_a_superior_whose_account_is_closed_is_skipped(house, now, answers):
    leave(house.lead, now)
    assert answers(1) == [house.supervisor.pk]


def test_a_stand_in_whose_account_is_closed_stands_in_for_nobody(house, now, answers):
    away(house.lead, now, stand_in=house.colleague)
    assert answers(1) == [house.colleague.pk]
    leave(house.colleague, now)
    assert answers(1) == [house.supervisor.pk]


def test_nobody_stands_in_for_a_superior_who_has_left_while_away(house, now, answers):
    away(house.lead, now, stand_in=house.colleague)
    leave(house.lead, now)
    assert answers(1) == [house.supervisor.pk]


def test_the_executives_answer_when_everybody_below_has_left(house, now, answers):
    second = house.person("4002", Role.EXECUTIVE)
    for person in (house.lead, house.supervisor, house.regional, house.service_manager, house.executive):
        leave(person, now)
    assert answers(1) == [second.pk]
