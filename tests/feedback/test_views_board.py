"""The board: what everybody reads, finds, joins in, and is shown before asking again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback import services
from feedback.enums import Addressee, Category
from feedback.filters import BoardWords
from feedback.models import Backing, Item, Wording
from tests.feedback.conftest import ANSWER, TEXT
from tests.pages import LIST_PART

BOARD, HINT = "/feedback/", "/feedback/hint/"
PART = {"HX-Request": "true"}


@pytest.fixture
def real_now():
    """Return the current instant: pages read the clock of the machine."""
    return timezone.now()


@pytest.fixture
def public(submit, answered, departments, real_now):
    """Return a function that brings an item onto the board, some hours old."""

    def public(subject="耳麦杂音", text="有同事问耳麦何时更换。", *, hours=5, answer=ANSWER, **more) -> Item:
        at = real_now - timedelta(hours=hours)
        item = answered(submit(at, **more), at, text=answer)
        services.publish(actor=departments.owner, item_id=item.pk, subject=subject, text=text, now=at)
        return Item.objects.get(pk=item.pk)

    return public


def rows(client, **query):
    return client.get(BOARD, query).context["list"].page.rows


def test_everybody_reads_what_is_public_and_never_the_authors_words(public, house, sign_in):
    item = public()
    for person in (house.colleague, house.administrator, house.executive):
        client = sign_in(person)
        assert rows(client) == [item]
        for page in (client.get(BOARD).text, client.get(item.get_absolute_url()).text):
            assert "耳麦杂音" in page
            assert ANSWER in page
            assert TEXT not in page
            assert house.agent.name not in page
    sheet = b"".join(sign_in(house.colleague).get(BOARD, {"export": "csv"}).streaming_content).decode()
    assert (ANSWER in sheet, TEXT in sheet, house.agent.name in sheet) == (True, False, False)


def test_a_later_private_answer_is_neither_shown_nor_found(public, house, sign_in, real_now):
    item = public()
    services.dispute(actor=house.agent, item_id=item.pk, reason="No.", now=real_now)
    services.answer_item(actor=house.executive, item_id=item.pk, text="Secret raise.", now=real_now)
    client = sign_in(house.colleague)
    assert "Secret" not in client.get(item.get_absolute_url()).text
    assert rows(client, q="secret") == []
    services.publish(actor=house.executive, item_id=item.pk, subject="New", text="Anew.", now=real_now)
    assert rows(client, q="secret") == [item]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("耳麦", 1),
        ("耳机", 0),
        ("更换", 1),
        ("何时更换", 1),
        ("wednesday", 1),
        ("WEDN", 1),
        ("wednesdays row", 0),
        ("耳麦 row", 1),
        ("crackles", 0),
        ("'; drop table", 0),
        ("\\", 0),
    ],
)
def test_the_board_is_searched_in_chinese_and_english(public, house, sign_in, words, found):
    public(answer="周三更换整排耳麦。The whole row gets new ones on Wednesday.")
    public(subject="班车", text="夜班后有没有班车。", answer="有。")
    assert len(rows(sign_in(house.colleague), q=words)) == found


def test_what_many_items_have_is_found_too_the_newest_first(public, house, sign_in, monkeypatch):
    monkeypatch.setattr(BoardWords, "FEW", 0)
    old, new, _other = public(hours=9), public(hours=2), public(subject="班车", text="夜班后有没有班车。")
    client = sign_in(house.colleague)
    assert rows(client, q="耳麦 杂音") == [new, old]
    assert rows(client, q="耳麦", category="pay") == []


def test_an_item_is_found_by_its_number_on_the_board_and_everywhere(public, house, sign_in):
    item = public()
    client = sign_in(house.colleague)
    assert rows(client, q=item.number[:6].lower()) == [item]
    assert item.get_absolute_url() in client.get("/search/", {"q": "耳麦"}).text


def test_what_leaves_the_board_is_not_found_any_more(public, departments, house, sign_in, real_now):
    item = public()
    assert Wording.objects.count() == 1
    services.withdraw_publication(actor=departments.owner, item_id=item.pk, reason="Old.", now=real_now)
    assert not Wording.objects.exists()
    client = sign_in(house.colleague)
    assert rows(client) == []
    assert client.get(item.get_absolute_url()).status_code == 404


def test_the_board_is_narrowed_and_ordered(public, departments, house, sign_in, real_now):
    old = public(hours=9)
    new = public(category=Category.PAY, hours=2)
    executive = public(addressee=Addressee.DEPARTMENT, hours=4)
    services.dispute(actor=house.agent, item_id=executive.pk, reason="No.", now=real_now)
    client = sign_in(house.colleague)
    assert rows(client) == [new, executive, old]
    assert rows(client, category="pay") == [new]
    assert rows(client, state="disputed") == [executive]
    assert rows(client, department=departments.hr.pk) == []
    client.post(reverse("feedback:join", args=[old.number, "me_too"]))
    assert rows(client, view="wanted")[0] == old
    assert rows(client, view="me_too") == [old]
    assert rows(client, view="follows") == []


def test_one_joins_in_and_takes_it_back_on_the_list_and_on_the_page(public, house, sign_in):
    item = public()
    url = reverse("feedback:join", args=[item.number, "me_too"])
    client = sign_in(house.colleague)
    for _time in range(2):
        button = client.post(url, headers=PART).text
        assert 'aria-pressed="true"' in button
        assert "<b>1</b>" in button
    assert client.post(reverse("feedback:join", args=[item.number, "follows"])).url == item.get_absolute_url()
    page = client.get(item.get_absolute_url()).text
    assert "Follow no longer" in page
    client.post(url, {"off": "1"})
    assert [row.interest for row in Backing.objects.all()] == ["follows"]
    assert Item.objects.get().voices == 0
    assert client.post(reverse("feedback:join", args=[item.number, "likes"])).status_code == 404
    assert sign_in(house.agent).post(url).status_code == 403


def test_nobody_joins_in_with_what_is_private(submit, house, sign_in, real_now):
    item = submit(real_now)
    answer = sign_in(house.colleague).post(reverse("feedback:join", args=[item.number, "me_too"]))
    assert answer.status_code == 404


def test_while_one_types_alike_items_and_the_fitting_department_are_shown(
    public, departments, house, sign_in
):
    item = public()
    public(subject="班车", text="夜班后有没有班车。", answer="有。")
    client = sign_in(house.colleague)
    found = client.post(HINT, {"subject": "我的耳麦有杂音", "text": ""}).context["hint"]
    assert (found.items, found.department) == ([item], departments.it)
    by_scope = client.post(HINT, {"subject": "", "text": "When is my pay corrected?"}).context["hint"]
    assert (by_scope.items, by_scope.department) == ([], departments.hr)
    plural = client.post(HINT, {"subject": "My headset crackles", "text": ""}).context["hint"]
    assert plural.department == departments.it
    nothing = client.post(HINT, {"subject": "", "text": "!? \\ ' \0"}).context["hint"]
    assert (nothing.items, nothing.department) == ([], None)


def test_what_is_private_is_no_hint(submit, house, sign_in, real_now):
    submit(real_now, subject="我的耳麦有杂音")
    found = sign_in(house.colleague).post(HINT, {"subject": "耳麦有杂音", "text": ""}).context["hint"]
    assert found.items == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_board_page_and_hint_do_not_grow(
    public, house, sign_in, count, django_assert_num_queries, django_assert_max_num_queries
):
    for _one in range(count):
        item = public()
    client = sign_in(house.colleague)
    with django_assert_num_queries(9):
        client.get(BOARD, headers=LIST_PART)
    with django_assert_max_num_queries(12):
        client.post(HINT, {"subject": "我的耳麦有杂音", "text": ""})
    client.get(item.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(item.get_absolute_url())
