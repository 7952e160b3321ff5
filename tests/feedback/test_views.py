"""Who sees which page, writing under the own name, and every act by its page."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from feedback import services
from feedback.enums import Act, Addressee, Kind, Status, SuggestionState
from feedback.models import Item
from tests.feedback.conftest import TEXT
from tests.pages import LIST_PART

LIST, NEW, HINT = "/feedback/items/", "/feedback/new/", "/feedback/hint/"
ASKED = ("Crackling headsets", "Somebody asked for headsets without noise.")


@pytest.fixture
def real_now():
    """Return the current instant: pages read the clock of the machine."""
    return timezone.now()


@pytest.fixture
def typed(departments):
    """Return what an employee types."""
    return {
        "kind": "question",
        "addressee": "department",
        "department": departments.it.pk,
        "category": "tools",
        "subject": "Headset",
        "text": TEXT,
    }


@pytest.fixture
def do(sign_in):
    """Return a function that does something with an item on its page."""

    def do(person, item: Item, act: Act, **typed):
        return sign_in(person).post(reverse("feedback:act", args=[item.number, act]), typed)

    return do


def fresh(item: Item) -> Item:
    return Item.objects.select_related("suggestion").get(pk=item.pk)


def test_a_visitor_is_sent_to_sign_in(client, db):
    for path in ("/feedback/", LIST, NEW):
        assert client.get(path).url.startswith(reverse("account_login"))


def test_an_employee_chooses_a_department_by_its_scope_and_sees_the_deadline(house, sign_in, typed):
    client = sign_in(house.agent)
    page = client.get(NEW).text
    assert "Headsets, lines" in page
    assert reverse("unnamed:new") in page
    response = client.post(NEW, typed, follow=True)
    item = Item.objects.get()
    assert response.redirect_chain[-1][0] == item.get_absolute_url()
    assert (item.author.person, item.text) == (house.agent, TEXT)
    assert "left" in response.text


def test_one_writes_to_the_supervisor_and_past_a_department_to_the_executives(house, sign_in, typed):
    client = sign_in(house.agent)
    client.post(NEW, {**typed, "addressee": "supervisor", "department": ""})
    client.post(NEW, {**typed, "about": "on"})
    first, second = Item.objects.order_by("submitted_at")
    assert (first.addressee, first.department, first.site) == (Addressee.SUPERVISOR, None, house.site)
    assert (second.addressee, second.department.name) == (Addressee.EXECUTIVE, "IT")
    assert sign_in(house.supervisor).get(LIST).context["list"].page.rows == [first]
    assert sign_in(house.executive).get(LIST).context["list"].page.rows == [second]


def test_a_form_sent_twice_is_one_item(house, sign_in, typed):
    client = sign_in(house.agent)
    key = client.get(NEW).context["form"]["form_key"].value()
    for _time in range(2):
        assert client.post(NEW, {**typed, "form_key": key}).status_code == 302
    assert Item.objects.count() == 1


def test_files_are_cleaned_and_handed_out_to_those_who_read_the_item(house, departments, sign_in, typed):
    upload = SimpleUploadedFile("my name.txt", b"row C, seat 4")
    sign_in(house.agent).post(NEW, {**typed, "files": [upload]})
    item = Item.objects.get()
    file = item.files.get()
    url = reverse("feedback:file", args=[item.number, file.pk])
    answer = sign_in(departments.owner).get(url)
    assert b"".join(answer.streaming_content) == b"row C, seat 4"
    assert "attachment" in answer["Content-Disposition"]
    assert "my name" not in answer["Content-Disposition"]
    assert sign_in(house.colleague).get(url).status_code == 404
    lies = SimpleUploadedFile("photo.png", b"MZ\x90\x00 no picture")
    wrong = sign_in(house.agent).post(NEW, {**typed, "files": [lies]})
    assert wrong.status_code == 400
    assert "files" in wrong.context["form"].errors
    assert TEXT in wrong.text


@pytest.mark.parametrize(
    ("wrong", "field", "status"),
    [
        ({"subject": ""}, "subject", 422),
        ({"subject": "x" * 121}, "subject", 422),
        ({"department": "0"}, "department", 422),
        ({"department": ""}, "department", 422),
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
    assert TEXT in response.text
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
# Who answers for nothing has one view, whatever the address says.
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
    assert client.get("/feedback/").context["list"].page.rows == []
    for view in ("mine", "to_answer", "answered"):
        rows = client.get(LIST, {"view": view}).context["list"].page.rows
        assert rows == ([item] if (who, view) in SHOWN else [])
    for act in Act:
        if act in {Act.ANSWER, Act.SAY, Act.CONFIRM, Act.NOTE}:
            answer = client.post(reverse("feedback:act", args=[item.number, act]), {"text": ""})
            assert answer.status_code in ({404} if status == 404 else {302, 403, 409, 422})


def test_the_owner_answers_on_the_page_and_the_submitter_reads_it(
    submit, house, departments, sign_in, do, real_now
):
    item = submit(real_now)
    assert "answer/" in sign_in(departments.owner).get(item.get_absolute_url()).text
    assert do(departments.owner, item, Act.ANSWER, text="").status_code == 422
    do(departments.owner, item, Act.ANSWER, text="A new one lies at your desk.")
    assert do(departments.owner, item, Act.ANSWER, text="Again").status_code == 409
    page = sign_in(house.agent).get(item.get_absolute_url()).text
    assert "A new one lies at your desk." in page
    assert do(house.agent, item, Act.ANSWER, text="Yes").status_code == 403
    assert (
        sign_in(house.agent).get(reverse("feedback:act", args=[item.number, "nonsense"])).status_code == 404
    )


def test_the_whole_loop_on_its_pages(submit, house, departments, sign_in, do, real_now):
    item = submit(real_now)
    assert do(departments.owner, item, Act.ASK_BACK, text="Which row?").status_code == 302
    assert do(house.agent, item, Act.SAY, text="Row C.").status_code == 302
    assert do(departments.owner, item, Act.NOTE, text="Ordered for row C.").status_code == 302
    assert "Ordered" not in sign_in(house.agent).get(item.get_absolute_url()).text
    owner = sign_in(departments.owner).get(item.get_absolute_url()).text
    assert "Ordered" in owner
    assert "Row C." in owner
    assert do(house.agent, item, Act.CONFIRM).status_code == 409

    do(departments.owner, item, Act.ANSWER, text="Next month.")
    own_words = do(departments.owner, item, Act.PUBLISH, subject=ASKED[0], text=TEXT)
    assert (own_words.status_code, "text" in own_words.context["form"].errors) == (400, True)
    assert do(departments.owner, item, Act.PUBLISH, subject=ASKED[0], text=ASKED[1]).status_code == 302
    half = do(house.agent, item, Act.CONFIRM, expected_days="3")
    assert set(half.context["form"].errors) == {"expected_quality", "found_quality"}
    assert do(house.agent, item, Act.DISPUTE, reason="That is too late.").status_code == 302
    assert do(departments.owner, item, Act.ANSWER, text="Sorry.").status_code == 403
    assert do(house.executive, item, Act.ANSWER, text="This week.").status_code == 302
    marks = {"expected_days": 3, "expected_quality": 4, "found_quality": 5, "satisfied": "on"}
    assert do(house.agent, item, Act.CONFIRM, **marks).status_code == 302
    assert (fresh(item).status, fresh(item).survey.found_quality) == (Status.CLOSED, 5)
    assert do(house.executive, item, Act.WITHDRAW, reason="Out of date.").status_code == 302
    assert sign_in(house.colleague).get(item.get_absolute_url()).status_code == 404


def test_who_hands_on_no_longer_sees_the_item(submit, departments, sign_in, do, real_now):
    item = submit(real_now)
    page = sign_in(departments.owner).get(reverse("feedback:act", args=[item.number, Act.HAND_ON])).text
    assert "Contracts, pay" in page
    answer = do(departments.owner, item, Act.HAND_ON, to=departments.hr.pk, reason="It is about pay.")
    assert answer.url == LIST
    assert sign_in(departments.owner).get(item.get_absolute_url()).status_code == 404
    assert "It is about pay." in sign_in(departments.stranger).get(item.get_absolute_url()).text


def test_a_second_dispute_is_closed_by_an_executive(submit, answered, house, do, sign_in, real_now):
    item = answered(submit(real_now), real_now)
    do(house.agent, item, Act.DISPUTE, reason="No.")
    close = reverse("feedback:act", args=[item.number, Act.CLOSE])
    assert sign_in(house.executive).get(close).status_code == 404
    do(house.executive, item, Act.ANSWER, text="Yes.")
    do(house.agent, item, Act.DISPUTE, reason="Still no.")
    assert do(house.agent, item, Act.CLOSE, reason="I give up.").status_code == 403
    assert do(house.executive, item, Act.ANSWER, text="Third").status_code == 409
    assert do(house.executive, item, Act.CLOSE, reason="There is no other way.").status_code == 302
    assert "There is no other way." in sign_in(house.agent).get(item.get_absolute_url()).text


def test_a_suggestion_goes_its_way_on_its_pages(submit, house, departments, sign_in, do, real_now):
    item = submit(real_now, kind=Kind.SUGGESTION)
    day = (real_now + timedelta(days=9)).date().isoformat()
    undated = do(departments.owner, item, Act.ASSESS, adopt="yes", reason="Good.")
    assert "carry_out_by" in undated.context["form"].errors
    do(departments.owner, item, Act.ASSESS, adopt="yes", reason="Good.", carry_out_by=day)
    do(departments.owner, item, Act.PUBLISH, subject=ASKED[0], text=ASKED[1])
    do(departments.owner, item, Act.CARRY_OUT, result="It is live.")
    assert do(departments.owner, item, Act.VERIFY, holds="yes").status_code == 403
    # An executive who reads the public part alone may verify, and still sees nothing else.
    page = sign_in(house.executive).get(reverse("feedback:act", args=[item.number, Act.VERIFY])).text
    assert (ASKED[1] in page, TEXT in page) == (True, False)
    assert do(house.executive, item, Act.VERIFY, holds="yes").status_code == 302
    do(departments.owner, item, Act.REWARD, reward="200 yuan")
    url = item.get_absolute_url()
    assert "200 yuan" not in sign_in(house.colleague).get(url).text
    do(house.agent, item, Act.SHOW_REWARD, shown="on")
    assert fresh(item).suggestion.state == SuggestionState.VERIFIED
    assert "200 yuan" in sign_in(house.colleague).get(url).text
    assert do(house.agent, submit(real_now), Act.SHOW_REWARD).status_code == 404


def test_what_is_written_is_shown_as_text_never_as_markup(submit, departments, sign_in, real_now):
    item = submit(real_now, text="<script>alert(1)</script>")
    page = sign_in(departments.owner).get(item.get_absolute_url()).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_an_owner_opens_what_must_be_answered_nearest_deadline_first(submit, departments, sign_in, real_now):
    newer, older = submit(real_now), submit(real_now - timedelta(days=30))
    response = sign_in(departments.owner).get(LIST)
    assert response.context["list"].page.rows == [older, newer]
    assert [row.left.state for row in response.context["list"].page.rows] == ["late", "ontime"]
    assert "2 items wait for your answer." in response.text
    assert "1 is late." in response.text


def test_an_own_item_does_not_wait_for_its_owner(submit, departments, sign_in, real_now):
    item = submit(real_now, actor=departments.owner)
    client = sign_in(departments.owner)
    assert client.get(LIST).context["list"].page.rows == []
    assert client.get(LIST, {"view": "mine"}).context["list"].page.rows == [item]
    assert "answer/" not in client.get(item.get_absolute_url()).text


def test_an_anonymous_item_is_answered_and_nobody_is_named(admit, departments, sign_in, do, real_now):
    item = admit(real_now)
    page = sign_in(departments.owner).get(item.get_absolute_url()).text
    assert "Anonymous" in page
    assert do(departments.owner, item, Act.ANSWER, text="Thank you.").status_code == 302
    services.say_unnamed(item_id=item.pk, text="Row C.", day=real_now.date(), now=real_now)
    assert "Row C." in sign_in(departments.second).get(item.get_absolute_url()).text


def test_an_answer_after_the_deadline_is_shown_as_late(submit, answered, departments, sign_in, real_now):
    item = answered(submit(real_now - timedelta(days=30)), real_now)
    assert "Answered late" in sign_in(departments.owner).get(item.get_absolute_url()).text


def test_an_empty_list_says_what_to_do(house, sign_in):
    page = sign_in(house.agent).get(LIST).text
    assert "You have written nothing yet" in page
    assert NEW in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("agent", 6), ("owner", 6)])
def test_the_query_count_of_the_list_does_not_grow(
    submit, house, departments, sign_in, real_now, count, who, queries, django_assert_num_queries
):
    for _one in range(count):
        submit(real_now)
    client = sign_in(getattr(departments, who, None) or getattr(house, who))
    with django_assert_num_queries(queries):
        client.get(LIST, headers=LIST_PART)
