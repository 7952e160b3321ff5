"""The page on which administrators set the numbers of the board."""

from callcenter.worktime.models import Policy
from feedback.models import Deadline, FeedbackPolicy

PAGE = "/feedback/settings/"


def typed(**more):
    facts = {"silence_days": 5, "erase_after_days": 90, "tokens_a_period": 5, "least_in_a_batch": 3}
    return {**facts, "longest_wait_hours": 24, "smallest_cell": 5, "smallest_unit": 10, **more}


def test_an_administrator_sets_a_number_and_the_deadline_of_a_department(house, departments, sign_in):
    policy = Policy.objects.create(code="one_day", name="One day", mode="working_days", amount=1)
    client = sign_in(house.administrator)
    field = f"department_{departments.it.pk}"
    assert client.post(PAGE, typed(silence_days=7, **{field: policy.pk})).status_code == 302
    assert FeedbackPolicy.objects.get().silence_days == 7
    assert Deadline.objects.get().policy == policy
    client.post(PAGE, typed(silence_days=7))
    assert not Deadline.objects.exists()


def test_a_number_that_breaks_a_promise_is_refused_at_its_field(house, sign_in):
    answer = sign_in(house.administrator).post(PAGE, typed(least_in_a_batch=2))
    assert answer.status_code == 400
    assert "least_in_a_batch" in answer.context["form"].errors
    assert FeedbackPolicy.objects.get().least_in_a_batch == 3


def test_nobody_else_opens_the_page(house, sign_in):
    assert sign_in(house.executive).get(PAGE).status_code == 403
