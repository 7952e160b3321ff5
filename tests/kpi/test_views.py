"""The page of key figures."""

import zoneinfo
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tests.calls import sample
from tests.calls.centre import statements
from tests.factories.calls import CallFactory, ImportFactory

PAGE = reverse("kpi:overview")


def recent(centre, source="acd", days=1, **facts):
    at = timezone.now() - timedelta(days=days)
    CallFactory(site=centre.here, source=source, entered_at=at, **facts)
    ImportFactory(site=centre.here, source=source, first_at=at, last_at=at)


@pytest.fixture
def old_file(centre, tmp_path):
    """Bring in the generated file of 2021."""
    path = tmp_path / "old.xlsx"
    path.write_bytes(sample.xlsx(sample.good_rows(60)).getvalue())
    call_command("import_calls", str(path), site="here")


def test_page_without_calls_says_so(centre, client):
    client.force_login(centre.supervisor)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "No calls yet" in answer.content.decode()


def test_page_begins_with_the_newest_source_and_its_last_28_days(centre, client, old_file):
    recent(centre)
    recent(centre, days=40)
    client.force_login(centre.supervisor)
    answer = client.get(PAGE)
    assert answer.context["form"].cleaned_data["source"] == "acd"
    assert answer.context["total"]["offered"] == 1


def test_page_of_a_source_that_has_ended_shows_all_of_it(centre, client, old_file):
    recent(centre)
    client.force_login(centre.supervisor)
    answer = client.get(PAGE, {"source": "old"})
    expected = sample.expected(sample.good_rows(60))
    assert answer.context["total"]["offered"] == 60
    assert answer.context["total"]["answer_rate"] == pytest.approx(
        expected["overall"]["answer_rate"], abs=1e-6
    )
    heads = {name: [row["head"] for row in rows] for name, rows in answer.context["tables"].items()}
    assert heads["hours"] == [f"{int(hour):02}:00" for hour in sorted(expected["per_hour"], key=int)]
    assert sorted(heads["agents"]) == sorted(expected["per_agent"])
    assert "2021-01-" in answer.content.decode()


def test_page_is_limited_to_dates_and_site(centre, client, old_file):
    client.force_login(centre.manager)
    rows = sample.good_rows(60)
    asked = {"source": "old", "from": "2021-02-01", "to": "2021-02-28", "site": "here"}
    assert client.get(PAGE, asked).context["total"]["offered"] == sum(row[2][:7] == "2021-02" for row in rows)
    assert client.get(PAGE, asked | {"site": "far"}).context["total"]["offered"] == 0


@pytest.mark.parametrize(("span", "shown"), [(1097, 1098), (1098, 366), (4000, 366)])
def test_page_of_a_source_too_long_to_show_shows_its_last_366_days(centre, client, span, shown):
    last = timezone.now() - timedelta(days=400)
    first = last - timedelta(days=span)
    ImportFactory(site=centre.here, source="old", first_at=first, last_at=last)
    for days in (0, 365, 366):
        CallFactory(site=centre.here, source="old", entered_at=last - timedelta(days=days))
    client.force_login(centre.supervisor)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    dates = answer.context["form"].cleaned_data
    assert (dates["to"] - dates["from"]).days + 1 == shown
    assert answer.context["total"]["offered"] == (2 if shown == 366 else 3)


@pytest.mark.parametrize("name", ["source", "site", "from", "to", "page", "a\0b"])
def test_page_bears_a_nul_in_any_parameter(centre, client, name):
    recent(centre)
    client.force_login(centre.supervisor)
    answer = client.get(PAGE, {name: "a\0b"})
    assert answer.status_code == (400 if name in {"source", "site", "from", "to"} else 200)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "soon"}, "from"),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "to"),
        ({"from": "1990-01-01"}, "from"),
        ({"site": "moon"}, "site"),
        ({"source": "moon"}, "source"),
    ],
)
def test_page_with_a_wrong_choice_says_which(centre, client, asked, field):
    recent(centre)
    client.force_login(centre.supervisor)
    answer = client.get(PAGE, asked)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_agent_sees_the_own_figures_only(centre, client):
    recent(centre, agent=centre.agent, team=centre.team)
    recent(centre, agent=centre.colleague)
    client.force_login(centre.agent)
    answer = client.get(PAGE)
    assert answer.context["total"]["offered"] == 1
    assert "Colleague" not in answer.content.decode()


def test_page_is_closed_to_administrators(centre, client):
    client.force_login(centre.administrator)
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_page_query_count_does_not_grow(centre, client, count):
    for _call in range(count):
        recent(centre, agent=centre.agent)
    client.force_login(centre.supervisor)
    assert len(statements(lambda: client.get(PAGE))) == 10
    assert client.get(PAGE).context["total"]["offered"] == count


def test_figures_are_named_with_their_formula_and_what_they_cannot_say(centre, client):
    recent(centre)
    client.force_login(centre.supervisor)
    page = client.get(PAGE).content.decode()
    assert "answered / (offered − short abandons)" in page
    assert "short abandons cannot be told" in page


def test_page_shows_the_dates_that_it_counts(centre, client):
    recent(centre)
    client.force_login(centre.supervisor)
    dates = client.get(PAGE).context["form"].cleaned_data
    today = timezone.localdate(timezone=zoneinfo.ZoneInfo("Asia/Shanghai"))
    assert (dates["from"], dates["to"]) == (today - timedelta(days=27), today)
