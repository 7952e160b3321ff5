"""Who answers when something escalates: pure, over many organisations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.ladder import Organisation

AGENT, LEAD, SUPERVISOR, MANAGER, BOSS, SECOND = 1, 2, 3, 4, 5, 6
ABOVE = {AGENT: LEAD, LEAD: SUPERVISOR, SUPERVISOR: MANAGER, MANAGER: BOSS}

PEOPLE = st.integers(1, 8)
ORGANISATIONS = st.builds(
    Organisation,
    superiors=st.dictionaries(PEOPLE, PEOPLE, max_size=8),
    stand_ins=st.dictionaries(PEOPLE, st.none() | PEOPLE, max_size=6),
    executives=st.lists(PEOPLE, unique=True, max_size=3),
)
CONFLICTED = st.frozensets(PEOPLE, max_size=4)


def answering(level=1, *, away=None, executives=(BOSS,), conflicted=()) -> list[int]:
    """Return who answers next above the level before `level`."""
    rung = Organisation(ABOVE, away or {}, executives).rung_above(AGENT, level - 1, conflicted)
    return list(rung.people) if rung else []


def every_rung(organisation, person, conflicted=()) -> list:
    """Climb from the bottom until nobody stands higher."""
    rungs, level = [], 0
    while rung := organisation.rung_above(person, level, conflicted):
        rungs.append(rung)
        level = rung.level
    return rungs


@pytest.mark.parametrize(("level", "who"), [(1, LEAD), (2, SUPERVISOR), (3, MANAGER), (4, BOSS)])
def test_each_level_is_one_step_higher(level, who):
    assert answering(level) == [who]


def test_nobody_stands_above_the_executive():
    assert answering(5) == []


def test_a_ladder_that_ends_below_the_executive_goes_on_to_them():
    short = Organisation({AGENT: LEAD}, executives=[BOSS])
    assert [rung.people for rung in every_rung(short, AGENT)] == [(LEAD,), (BOSS,)]


def test_a_stand_in_answers_for_somebody_away():
    assert answering(away={LEAD: SECOND}) == [SECOND]


@pytest.mark.parametrize("away", [{LEAD: None}, {LEAD: SECOND, SECOND: None}, {LEAD: AGENT}])
def test_without_a_present_stand_in_who_is_not_below_the_next_level_answers(away):
    assert answering(away=away) == [SUPERVISOR]


def test_a_level_that_was_passed_over_is_not_climbed_again():
    assert [rung.level for rung in every_rung(Organisation(ABOVE, {LEAD: None}, [BOSS]), AGENT)] == [2, 3, 4]


def test_nobody_answers_for_what_is_about_themself():
    assert answering(conflicted={LEAD}) == [SUPERVISOR]
    assert answering(away={LEAD: SECOND}, conflicted={SECOND}) == [SUPERVISOR]


def test_whoever_reports_to_the_accused_is_in_conflict_too():
    assert Organisation(ABOVE).conflicted(MANAGER) == {AGENT, LEAD, SUPERVISOR, MANAGER}
    assert Organisation(ABOVE).conflicted(None) == ()


def test_above_the_ladder_every_present_executive_answers():
    two = {"executives": (BOSS, SECOND), "conflicted": {BOSS}}
    assert answering(4, executives=(SECOND, 7), conflicted={BOSS}) == [SECOND, 7]
    assert answering(4, **two) == [SECOND]
    assert answering(4, executives=(SECOND, 7), conflicted={BOSS}, away={SECOND: None}) == [7]


def test_executives_who_are_all_away_answer_rather_than_nobody():
    away = {LEAD: None, SUPERVISOR: None, MANAGER: None, BOSS: None, SECOND: None}
    assert answering(1, executives=(BOSS, SECOND), away=away) == [BOSS, SECOND]


def test_without_superior_or_executive_the_handler_answers_on():
    assert every_rung(Organisation({}), AGENT)[0].people == (AGENT,)


@given(ORGANISATIONS, PEOPLE, CONFLICTED)
def test_something_always_reaches_somebody_and_climbing_ends(organisation, person, conflicted):
    rungs = every_rung(organisation, person, conflicted)
    assert rungs
    assert all(rung.people for rung in rungs)
    assert [rung.level for rung in rungs] == sorted({rung.level for rung in rungs})


@given(ORGANISATIONS, PEOPLE, CONFLICTED)
def test_somebody_in_conflict_or_away_answers_only_where_every_other_executive_is(
    organisation, person, conflicted
):
    able = (
        {one for one in organisation.executives if one not in organisation.stand_ins} - conflicted - {person}
    )
    for rung in every_rung(organisation, person, conflicted):
        if able:
            assert conflicted.isdisjoint(rung.people)
            assert organisation.stand_ins.keys().isdisjoint(rung.people)


@given(ORGANISATIONS, PEOPLE)
def test_a_ladder_names_nobody_twice_even_in_a_circle(organisation, person):
    ladder = organisation.ladder(person)
    assert len(set(ladder)) == len(ladder)


def test_a_stand_in_acts_unless_away_too():
    assert Organisation({}, {LEAD: SECOND}).acting(LEAD) == SECOND
    assert Organisation({}, {LEAD: SECOND, SECOND: None}).acting(LEAD) == LEAD
    assert Organisation({}).acting(LEAD) == LEAD
