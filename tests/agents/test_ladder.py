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


def answerable(level=1, *, away=None, executives=(BOSS,), conflicted=()) -> list[int]:
    return Organisation(ABOVE, away or {}, executives).answerable(AGENT, level, conflicted)


@pytest.mark.parametrize(("level", "who"), [(1, LEAD), (2, SUPERVISOR), (3, MANAGER), (4, BOSS), (9, BOSS)])
def test_each_level_is_one_step_higher_and_past_the_top_the_executives_answer(level, who):
    assert answerable(level) == [who]


def test_a_stand_in_answers_for_somebody_away():
    assert answerable(away={LEAD: SECOND}) == [SECOND]


@pytest.mark.parametrize("away", [{LEAD: None}, {LEAD: SECOND, SECOND: None}])
def test_without_a_present_stand_in_the_next_level_answers(away):
    assert answerable(away=away) == [SUPERVISOR]


def test_nobody_answers_for_what_is_about_themself():
    assert answerable(conflicted={LEAD}) == [SUPERVISOR]
    assert answerable(away={LEAD: SECOND}, conflicted={SECOND}) == [SUPERVISOR]


def test_at_the_top_every_present_executive_answers():
    assert answerable(5, executives=(BOSS, SECOND)) == [BOSS, SECOND]
    assert answerable(5, executives=(BOSS, SECOND), away={BOSS: None}) == [SECOND]


def test_executives_who_are_all_away_answer_rather_than_nobody():
    assert answerable(5, executives=(BOSS, SECOND), away={BOSS: None, SECOND: None}) == [BOSS, SECOND]


@given(ORGANISATIONS, PEOPLE, st.integers(1, 9), CONFLICTED)
def test_no_chair_is_ever_empty(organisation, person, level, conflicted):
    assert organisation.answerable(person, level, conflicted)


def test_without_superior_or_executive_the_handler_answers_on():
    assert Organisation({}).answerable(AGENT, 1) == [AGENT]
    assert answerable(9, executives=()) == [AGENT]


@given(ORGANISATIONS, PEOPLE, st.integers(1, 9), CONFLICTED)
def test_somebody_in_conflict_answers_only_where_every_executive_is(organisation, person, level, conflicted):
    found = organisation.answerable(person, level, conflicted)
    if not conflicted.issuperset(organisation.executives):
        assert conflicted.isdisjoint(found)


@given(ORGANISATIONS, PEOPLE, st.integers(1, 9))
def test_somebody_away_answers_only_where_every_executive_is_away(organisation, person, level):
    found = organisation.answerable(person, level)
    if any(executive not in organisation.stand_ins for executive in organisation.executives):
        assert not organisation.stand_ins.keys() & found


@given(ORGANISATIONS, PEOPLE)
def test_a_ladder_names_nobody_twice_even_in_a_circle(organisation, person):
    ladder = organisation.ladder(person)
    assert len(set(ladder)) == len(ladder)
    assert organisation.top(person) == max(1, len(ladder))
    assert organisation.below(person, organisation.top(person))[0] == person


def test_a_stand_in_acts_unless_away_too():
    assert Organisation({}, {LEAD: SECOND}).acting(LEAD) == SECOND
    assert Organisation({}, {LEAD: SECOND, SECOND: None}).acting(LEAD) == LEAD
    assert Organisation({}).acting(LEAD) == LEAD
