import pytest

from callcenter.access import SYSTEM, require
from callcenter.errors import NotAllowed
from callcenter.state import IllegalTransition, check_step


def test_nobody_as_an_actor_is_a_programming_error():
    with pytest.raises(TypeError):
        require(None, "complaints.record")


def test_the_machine_may_do_what_its_code_does():
    require(SYSTEM, "complaints.record")


def test_a_person_without_the_right_is_refused(house):
    with pytest.raises(NotAllowed):
        require(house.agent, "agents.manage_roles")


def test_a_closed_account_may_do_nothing(house):
    house.administrator.is_active = False
    with pytest.raises(NotAllowed):
        require(house.administrator, "agents.manage_roles")


def test_a_step_that_does_not_follow_is_refused_and_says_what_would():
    with pytest.raises(IllegalTransition) as refusal:
        check_step({"new": {"open"}, "open": set()}, "open", "new")
    assert refusal.value.status == 409
    assert "new" in str(refusal.value.message)


def test_a_step_to_where_it_stands_is_refused_as_done_already():
    with pytest.raises(IllegalTransition, match="“open” already"):
        check_step({"new": {"open"}, "open": set()}, "open", "open")


def test_a_step_that_follows_is_allowed():
    check_step({"new": {"open"}}, "new", "open")
