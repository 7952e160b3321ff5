import pytest

from callcenter.worktime.models import Policy


@pytest.mark.parametrize(
    ("mode", "amount", "words"),
    [
        ("working_days", 1, "1 working day"),
        ("working_days", 2, "2 working days"),
        ("working_seconds", 1800, "0.5 h of working time"),
    ],
)
def test_a_policy_says_its_amount_in_words(mode, amount, words):
    assert Policy(mode=mode, amount=amount).in_words == words


def test_a_policy_of_whole_hours_says_whole_hours():
    assert Policy(mode="working_seconds", amount=64800).in_words == "18 h of working time"
