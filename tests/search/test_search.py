"""The search over everything: each person finds what they may see, and nothing typed breaks it."""

import pytest
from django.urls import reverse

from callcenter.search import selectors

SEARCH = reverse("search")


def titles(person, words, now):
    return [found.title for found in selectors.find(person, words, now=now)]


def test_complaints_are_found_by_reference_words_and_customer(house, now):
    complaint = house.complaint(now=now, subject="Router replaced twice")
    for words in (complaint.reference, complaint.reference.lower(), "replaced TWICE", "liu"):
        assert titles(house.supervisor, words, now) == ["Router replaced twice"]


def test_what_somebody_may_not_see_is_not_found(house, now):
    house.complaint(now=now, subject="Router replaced twice")
    assert titles(house.colleague, "Router", now) == []
    assert titles(house.agent, "20402", now) == []


def test_people_are_found_by_number_and_name(house, now):
    assert titles(house.supervisor, "20402", now) == ["Person 20402"]
    assert titles(house.supervisor, "person 20402", now) == ["Person 20402"]


def test_pages_are_found_by_name_if_the_person_may_open_them(house, now):
    assert titles(house.administrator, "outb", now) == ["Outbox"]
    assert titles(house.supervisor, "outb", now) == []
    assert titles(house.supervisor, "bring in", now) == ["Bring in files"]
    assert titles(house.agent, "bring in", now) == []


def test_of_each_kind_five_are_shown(house, now):
    for number in range(7):
        house.complaint(now=now, subject=f"Bill {number}")
    assert len(titles(house.supervisor, "Bill", now)) == 5


@pytest.mark.parametrize("words", ["", " ", "\x00", "%", "'", "\\", "<b>", "x" * 5000, "九" * 500])
def test_whatever_is_typed_is_answered(house, sign_in, words):
    answer = sign_in(house.supervisor).get(SEARCH, {"q": words})
    assert answer.status_code == 200
    assert "<b>x" not in answer.content.decode()


def test_no_words_find_nothing(house, now):
    assert selectors.find(house.supervisor, selectors.clean("  \x00 "), now=now) == []


def test_while_typing_only_the_list_is_sent(house, sign_in, now):
    house.complaint(now=now, subject="Router replaced twice")
    answer = sign_in(house.supervisor).get(SEARCH, {"q": "router"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "Router replaced twice" in answer.content.decode()
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_query_count_of_the_search_does_not_grow(house, now, count, django_assert_num_queries):
    for number in range(count):
        house.complaint(now=now, subject=f"Bill {number}")
    assert house.supervisor.roles
    with django_assert_num_queries(6):
        selectors.find(house.supervisor, "bill", now=now)
