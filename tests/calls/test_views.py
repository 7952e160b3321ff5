"""Pages of calls."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agents.models import Site
from calls.enums import Outcome
from calls.models import AgentName, Call
from tests.calls import sample
from tests.calls.centre import statements
from tests.factories.calls import CallFactory, CustomerFactory, QueueFactory, SourceFactory
from tests.factories.worktime import CalendarFactory
from tests.pages import LIST_PART

LIST, IMPORT, UNMATCHED = (
    reverse("calls:list"),
    reverse("imports:send", args=["calls"]),
    reverse("calls:unmatched"),
)


def upload(rows, name="calls.xlsx"):
    return SimpleUploadedFile(name, sample.xlsx(rows).getvalue())


def ids(answer):
    return [call.call_id for call in answer.context["list"].page.rows]


@pytest.mark.parametrize(
    ("role", "page", "status"),
    [
        ("agent", LIST, 403),
        ("administrator", LIST, 403),
        ("personnel", LIST, 403),
        ("lead", LIST, 200),
        ("quality", LIST, 200),
        ("trainer", LIST, 200),
        ("lead", IMPORT, 403),
        ("executive", IMPORT, 403),
        ("administrator", IMPORT, 200),
        ("supervisor", IMPORT, 200),
        ("administrator", UNMATCHED, 403),
        ("lead", UNMATCHED, 403),
        ("supervisor", UNMATCHED, 200),
        ("manager", UNMATCHED, 200),
    ],
)
def test_page_opens_for_the_roles_that_need_it(centre, client, role, page, status):
    client.force_login(getattr(centre, role))
    assert client.get(page).status_code == status


def test_page_asks_a_visitor_to_sign_in(client):
    answer = client.get(LIST)
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


def test_list_shows_names_masks_numbers_and_says_what_is_unknown(centre, client):
    CallFactory(
        site=centre.here,
        agent=centre.agent,
        queue=QueueFactory(name="Repairs", site=centre.here),
        customer=CustomerFactory(name="Li"),
    )
    CallFactory(site=centre.here, outcome=Outcome.ABANDONED, talk_seconds=None, customer_name="13812345678")
    client.force_login(centre.supervisor)
    page = client.get(LIST).content.decode()
    assert "Wei Fang" in page
    assert "Repairs" in page
    assert "138****5678" in page
    assert "13812345678" not in page


def test_list_is_narrowed_by_agent_source_outcome_and_local_days(centre, client):
    CallFactory(
        site=centre.here, call_id="a", agent=centre.agent, entered_at=datetime(2026, 3, 1, 16, tzinfo=UTC)
    )
    CallFactory(
        site=centre.here,
        call_id="b",
        source="old",
        agent_name="Becky",
        outcome="abandoned",
        talk_seconds=None,
    )
    SourceFactory(site=centre.here, name="old")
    client.force_login(centre.supervisor)
    for asked, found in (
        ({"agent": "10001"}, ["a"]),
        ({"agent": "Wei Fang"}, ["a"]),
        ({"agent": "Becky"}, ["b"]),
        ({"source": "old"}, ["b"]),
        ({"outcome": "abandoned"}, ["b"]),
        # 16:00 UTC on the first is midnight of the second at the site.
        ({"since": "2026-03-02"}, ["b", "a"]),
        ({"until": "2026-03-01"}, []),
        ({"since": "2026-03-02", "until": "2026-03-02"}, ["b", "a"]),
    ):
        assert ids(client.get(LIST, asked)) == found, asked


def test_list_is_narrowed_by_queue_topic_and_the_day_of_each_site(centre, client):
    queue = QueueFactory(site=centre.here, code="repairs")
    Site.objects.filter(pk=centre.near.pk).update(calendar=CalendarFactory(code="JP", time_zone="Asia/Tokyo"))
    # Midnight in Tokyo, an hour before it is midnight in Shanghai.
    at = datetime(2026, 3, 1, 15, tzinfo=UTC)
    CallFactory(site=centre.here, call_id="a", entered_at=at, queue=queue, queue_name="R", topic="Bill")
    CallFactory(site=centre.near, call_id="b", entered_at=at, queue_name="repairs")
    client.force_login(centre.regional)
    for asked, found in (
        ({"queue": "repairs"}, ["b", "a"]),
        ({"queue": "R"}, []),
        ({"topic": "Bill"}, ["a"]),
        ({"since": "2026-03-02"}, ["b"]),
        ({"until": "2026-03-01"}, ["a"]),
        ({"since": "2026-03-01", "until": "2026-03-02"}, ["b", "a"]),
    ):
        assert ids(client.get(LIST, asked)) == found, asked


@pytest.mark.parametrize(
    "asked", [{"since": "tomorrow", "outcome": "perhaps"}, {"since": "0001-01-01", "until": "9999-12-31"}]
)
def test_list_with_a_filter_that_makes_no_sense_says_so(centre, client, asked):
    client.force_login(centre.supervisor)
    answer = client.get(LIST, asked)
    assert answer.status_code == 200
    assert len(answer.context["list"].asked.notes) == len(asked)
    assert answer.context["list"].asked.said == {}


@pytest.mark.parametrize("name", ["agent", "source", "outcome", "since", "until", "page", "a\0b"])
@pytest.mark.parametrize("role", ["supervisor", "manager"])
def test_pages_bear_a_nul_in_any_parameter(centre, client, role, name):
    client.force_login(getattr(centre, role))
    for page in (LIST, IMPORT, UNMATCHED):
        assert client.get(page, {name: "a\0b"}).status_code in {200, 400}, page


@pytest.mark.parametrize(
    ("page", "names"),
    [
        (IMPORT, ["site", "source", "time_zone", "sheet"]),
        (UNMATCHED, ["source", "site", "name", "work_number"]),
    ],
)
def test_forms_refuse_a_nul_in_any_field(centre, client, page, names):
    client.force_login(centre.supervisor)
    for name in names:
        typed = {"site": centre.here.pk, "source": "acd", "name": "x", "work_number": "10001"}
        answer = client.post(page, {"file": upload(sample.good_rows(1)), **typed, name: "a\0b"})
        assert answer.status_code in {400, 422}, name
        assert list(answer.context["form"].errors) == [name]


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_does_not_grow(centre, client, count):
    for _call in range(count):
        CallFactory(
            site=centre.here,
            agent=centre.agent,
            queue=QueueFactory(site=centre.here),
            customer=CustomerFactory(),
        )
    client.force_login(centre.supervisor)
    assert len(statements(lambda: client.get(LIST, headers=LIST_PART))) == 6


def test_supervisor_matches_a_name_to_a_person(centre, client):
    CallFactory(site=centre.here, agent_name="小魏")
    client.force_login(centre.supervisor)
    assert "小魏" in client.get(UNMATCHED).content.decode()
    given = {"source": "acd", "site": centre.here.pk, "name": "小魏", "work_number": "10001"}
    answer = client.post(UNMATCHED, given, follow=True)
    assert answer.status_code == 200
    assert Call.objects.get().agent == centre.agent
    assert answer.context["agents"] == []


@pytest.mark.parametrize("change", [{"work_number": "99999"}, {"work_number": "10006"}])
def test_match_with_an_unknown_person_keeps_what_was_typed_and_changes_nothing(centre, client, change):
    CallFactory(site=centre.here, agent_name="小魏")
    client.force_login(centre.supervisor)
    given = {"source": "acd", "site": centre.here.pk, "name": "小魏", **change}
    answer = client.post(UNMATCHED, given)
    assert answer.status_code == 400
    assert change["work_number"] in answer.content.decode()
    assert not AgentName.objects.exists()


def test_names_of_another_site_are_neither_shown_nor_matched(centre, client):
    CallFactory(site=centre.far, agent_name="Far name")
    client.force_login(centre.supervisor)
    assert "Far name" not in client.get(UNMATCHED).content.decode()
    given = {"source": "acd", "site": centre.far.pk, "name": "Far name", "work_number": "10001"}
    assert client.post(UNMATCHED, given).status_code == 400
    assert client.post(reverse("calls:match_again", args=[centre.far.pk])).status_code == 404
    assert Call.objects.get().agent is None


def test_looking_again_matches_who_has_become_known(centre, client):
    CallFactory(site=centre.here, agent_name="Wei Fang")
    client.force_login(centre.supervisor)
    client.post(reverse("calls:match_again", args=[centre.here.pk]))
    assert Call.objects.get().agent == centre.agent
