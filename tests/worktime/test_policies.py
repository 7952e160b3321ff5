import pytest
from django.utils import translation

from callcenter.worktime.enums import BUILT_IN
from callcenter.worktime.models import Calendar, Policy


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


@pytest.mark.django_db
def test_what_comes_with_the_product_is_named_in_the_readers_language():
    built_in = Policy.objects.get(code="two_working_days")

    with translation.override("zh-hans"):
        assert str(built_in) == "两个工作日"
        assert str(Policy(name="Open hours")) == "Open hours"
    with translation.override("en"):
        assert str(built_in) == "Two working days"


@pytest.mark.django_db
def test_every_policy_and_calendar_of_a_new_house_has_a_name_in_the_catalogues():
    names = {*Policy.objects.values_list("name", flat=True), *Calendar.objects.values_list("name", flat=True)}

    assert names <= set(BUILT_IN)
