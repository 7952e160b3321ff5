from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback import services
from feedback.enums import Status
from feedback.models import Item
from tests.feedback.conftest import TEXT
from tests.pages import LIST_PART

LIST, NEW = "/feedback/", "/feedback/new/"


@pytest.fixture
def real_now():
    """Return the current instant: pages read the clock of the machine."""
    return timezone.now()


@pytest.fixture
def typed(departments):
    """Return what an employee types."""
    return {"department": departments.it.pk, "category": "tools", "subject": "Headset", "text": TEXT}


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get(LIST).url.startswith(reverse("account_login"))


def test_an_employee_chooses_a_department_by_its_scope_and_sees_the_deadline(house, sign_in, typed):
    client = sign_in(house.agent)
    assert "Headsets, lines" in client.get(NEW).content.decode()
    response = client.post(NEW, typed, follow=True)
    item = Item.objects.get()
    assert response.redirect_chain[-1][0] == item.get_absolute_url()
    assert (item.author.person, item.text) == (house.agent, TEXT)
    assert "left" in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field", "status"),
    [
        ({"subject": ""}, "subject", 422),
        ({"subject": "x" * 121}, "subject", 422),
        ({"department": "0"}, "department", 422),
        ({"department": "kitchen"}, "department", 400),
        ({"category": "gossip"}, "category", 422),
    ],
)
def test_wrong_input_names_the_field_keeps_what_was_typed_and_changes_nothing(
    house, departments, sign_in, typed, wrong, field, status
):
    if wrong == {"department": "kitchen"}:
        wrong = {"department": departments.kitchen.pk}
    response = sign_in(house.agent).post(NEW, {**typed, **wrong})
    assert response.status_code == status
    assert field in response.context["form"].errors
    assert TEXT in response.content.decode()
    assert not Item.objects.exists()


SEES = {
    "agent": 200,
    "colleague": 404,
    "lead": 404,
    "supervisor": 404,
    "regional": 404,
    "service_manager": 404,
    "executive": 404,
    "administrator": 404,
    "owner": 200,
    "second": 200,
    "stranger": 404,
}
# Who owns no department has one view, whatever the address says.
SHOWN = {
    *(("agent", view) for view in ("mine", "to_answer", "answered")),
    ("owner", "to_answer"),
    ("second", "to_answer"),
}


@pytest.mark.parametrize(("who", "status"), SEES.items())
def test_only_the_submitter_and_the_owners_see_an_item(
    submit, house, departments, sign_in, real_now, who, status
):
    item = submit(real_now)
    client = sign_in(getattr(departments, who, None) or getattr(house, who))
    assert client.get(item.get_absolute_url()).status_code == status
    for view in ("mine", "to_answer", "answered"):
        rows = client.get(LIST, {"view": view}).context["list"].page.rows
        assert rows == ([item] if (who, view) in SHOWN else [])
    empty = client.post(reverse("feedback:answer", args=[item.number]), {"text": ""})
    assert empty.status_code == (404 if status == 404 else 422)


def test_the_owner_answers_on_the_page_and_the_submitter_reads_it(
    submit, house, departments, sign_in, real_now
):
    item = submit(real_now)
    url = reverse("feedback:answer", args=[item.number])
    owner = sign_in(departments.owner)
    assert "Send answer" in owner.get(item.get_absolute_url()).content.decode()
    assert owner.get(url).status_code == 405
    owner.post(url, {"text": "A new one lies at your desk."})
    assert owner.post(url, {"text": "Again"}).status_code == 409
    assert owner.get(LIST, {"view": "answered"}).context["list"].page.rows == [item]
    page = sign_in(house.agent).get(item.get_absolute_url()).content.decode()
    assert "A new one lies at your desk." in page
    assert "Send answer" not in page


def test_the_submitter_is_offered_no_answer_and_may_not_post_one(submit, house, sign_in, real_now):
    item = submit(real_now)
    client = sign_in(house.agent)
    assert "Send answer" not in client.get(item.get_absolute_url()).content.decode()
    assert client.post(reverse("feedback:answer", args=[item.number]), {"text": "Yes"}).status_code == 403
    item.refresh_from_db()
    assert item.status == Status.SUBMITTED


def test_what_is_written_is_shown_as_text_never_as_markup(submit, house, departments, sign_in, real_now):
    item = submit(real_now)
    Item.objects.filter(pk=item.pk).update(text="<script>alert(1)</script>")
    page = sign_in(departments.owner).get(item.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_an_owner_opens_what_must_be_answered_nearest_deadline_first(submit, departments, sign_in, real_now):
    newer, older = submit(real_now), submit(real_now - timedelta(days=30))
    response = sign_in(departments.owner).get(LIST)
    assert response.context["list"].page.rows == [older, newer]
    assert [row.left.state for row in response.context["list"].page.rows] == ["late", "ontime"]
    page = response.content.decode()
    assert "2 items wait for your department's answer." in page
    assert "1 is late." in page


def test_an_own_item_does_not_wait_for_its_owner(submit, departments, sign_in, real_now):
    item = submit(real_now, actor=departments.owner)
    client = sign_in(departments.owner)
    assert client.get(LIST).context["list"].page.rows == []
    assert client.get(LIST, {"view": "mine"}).context["list"].page.rows == [item]


def test_an_answer_after_the_deadline_is_shown_as_late(submit, departments, sign_in, real_now):
    item = submit(real_now - timedelta(days=30))
    services.answer_item(actor=departments.owner, item_id=item.pk, text="Done", now=real_now)
    assert "Answered late" in sign_in(departments.owner).get(item.get_absolute_url()).content.decode()


def test_an_empty_list_says_what_to_do(house, sign_in):
    page = sign_in(house.agent).get(LIST).content.decode()
    assert "You have written nothing yet" in page
    assert NEW in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("agent", 7), ("owner", 7)])
def test_the_query_count_of_the_list_does_not_grow(
    submit, house, departments, sign_in, real_now, count, who, queries, django_assert_num_queries
):
    for _one in range(count):
        submit(real_now)
    client = sign_in(getattr(departments, who, None) or getattr(house, who))
    with django_assert_num_queries(queries):
        client.get(LIST, headers=LIST_PART)


def test_htmx_gets_the_part_and_caches_are_told(house, sign_in):
    response = sign_in(house.agent).get(LIST, headers=LIST_PART)
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]
