"""Lists: what an address asks for, what it does not, and what a page and a part of it show."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.pages import LIST_PART


@pytest.fixture
def page(house, sign_in):
    """Return a function that opens the list of complaints as the supervisor."""
    client = sign_in(house.supervisor)

    def opened(query: str = "", **headers: str):
        return client.get(reverse("complaints:list") + query, headers=headers)

    opened.client = client
    return opened


@pytest.fixture
def real_now():
    return timezone.now()


def rows(response):
    return response.context["list"].page.rows


def test_sorting_by_a_head_and_the_other_way_round(house, page, real_now):
    older = house.complaint(now=real_now - timedelta(days=2))
    newer = house.complaint(now=real_now)
    assert rows(page("?sort=received")) == [older, newer]
    assert rows(page("?sort=-received")) == [newer, older]
    html = page("?sort=received").content.decode()
    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-received"' in html


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?sort=price", "sort"),
        ("?view=nonsense", "view"),
        ("?page=last", "page"),
        ("?tier=9", "Tier"),
        ("?handler=nobody", "Handler"),
        ("?received_from=yesterday", "Received from"),
        ("?q=%00", "Words"),
        ("?pick=x", "pick"),
        ("?pick=" + "9" * 30, "pick"),
        ("?teir=1", "teir"),
        ("?team=" + "9" * 30, "Team"),
    ],
)
def test_what_is_not_understood_narrows_nothing_and_is_named(house, page, real_now, query, field):
    house.complaint(now=real_now)
    answer = page(query)
    assert len(rows(answer)) == 1
    (note,) = answer.context["list"].asked.notes
    assert field in note
    assert "was left out" in answer.content.decode()


def test_a_view_that_grows_for_ever_sorts_by_what_has_an_index_only(house, page, real_now):
    answer = page("?view=resolved&sort=tier")
    assert "sort" in answer.context["list"].asked.notes[0]
    assert [head.key for head in answer.context["list"].heads if head.query is not None] == [
        "left",
        "received",
    ]


def test_an_export_of_what_is_not_understood_is_refused(house, page, real_now):
    answer = page("?tier=9&export=csv")
    assert answer.status_code == 400
    assert "Tier" in answer.content.decode()
    assert page("?export=pdf").status_code == 400


def test_filters_stand_in_chips_that_take_them_away_one_by_one(house, page, real_now):
    house.complaint(now=real_now)
    answer = page("?tier=1&received_from=2026-01-01&site=main")
    chips = {chip.label: (chip.value, chip.query) for chip in answer.context["list"].chips}
    assert chips["Tier"] == ("Tier 1 · company", "received_from=2026-01-01&site=main")
    assert chips["Site"][0] == "Main"
    assert chips["Received from"][0] == "1 Jan 2026"


def test_a_view_and_a_filter_say_how_many_of_how_many_match(house, page, real_now):
    house.complaint(now=real_now, subject="Invoice lost")
    house.complaint(now=real_now)
    assert "1 of 2 match" in page("?q=invoice").content.decode()
    assert "2 in all" in page().content.decode()


def test_an_empty_list_says_so_once(page):
    assert "0 in all" not in page().content.decode()


def test_htmx_gets_the_part_with_the_address_to_send_on(house, page, real_now):
    house.complaint(now=real_now)
    answer = page("?tier=1&site=&team=&q=", **LIST_PART)
    html = answer.content.decode()
    assert "<html" not in html
    assert answer["HX-Push-Url"] == "/complaints/?tier=1"
    assert html.count("hx-swap-oob") == 4
    typed = page("?q=charged", **LIST_PART, **{"HX-Trigger": "list-search"})
    assert typed["HX-Replace-Url"] == "/complaints/?q=charged"


def test_the_form_of_the_filters_comes_when_it_is_asked_for(house, page):
    assert 'name="tier"' not in page().content.decode()
    assert 'name="tier"' in page("?part=filters").content.decode()
    part = page("?part=filters&step=accepted", **{"HX-Request": "true", "HX-Target": "list-filters"})
    assert "<html" not in part.content.decode()
    assert 'value="accepted" selected' in part.content.decode()


def test_a_page_that_is_not_there_leads_back_to_the_first(house, page, real_now):
    house.complaint(now=real_now)
    assert "First page" in page("?page=7").content.decode()
    assert len(rows(page("?page=-1"))) == 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [("", 4), ("?tier=1&site=main&q=charged", 6)])
def test_the_number_of_queries_does_not_grow(
    house, page, real_now, count, query, queries, django_assert_num_queries
):
    for _one in range(count):
        house.complaint(now=real_now)
    page()
    with django_assert_num_queries(queries):
        page(query, **LIST_PART)


def test_what_others_add_meanwhile_is_counted_where_the_page_shows_it(house, page, real_now):
    house.complaint(now=real_now)
    assert page().context["list"].matching == 1
    house.complaint(now=real_now)
    shown = page().context["list"]
    assert (len(shown.page.rows), shown.matching, shown.counts["open"]) == (2, 2, 2)


def test_ones_own_act_is_counted_at_once_where_the_page_does_not_show_it(house, page, real_now):
    house.complaint(now=real_now)
    assert page("?view=resolved").context["list"].counts["open"] == 1
    house.complaint(now=real_now)
    page.client.post(reverse("set_language"), {"language": "en"})
    assert page("?view=resolved").context["list"].counts["open"] == 2
