"""The pages of key figures."""

import csv
import io
import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from agents.models import User
from callcenter.audit.models import Entry
from calls.models import Source
from kpi import today
from tests.calls import sample
from tests.calls.centre import statements
from tests.factories.calls import CallFactory, QueueFactory, SourceFactory

PAGE, TODAY = reverse("kpi:overview"), reverse("kpi:today")


def recent(centre, source="acd", days=1, many=1, **facts):
    at = timezone.now() - timedelta(days=days)
    for _one in range(many):
        CallFactory(site=centre.here, source=source, entered_at=at, **facts)
    spans(centre, source, at, at)


def spans(centre, source, first, last):
    """Let the source be known, and span this time too."""
    known = Source.objects.filter(name=source).first() or SourceFactory(
        site=centre.here, name=source, first_at=first, last_at=last
    )
    Source.objects.filter(pk=known.pk).update(
        first_at=min(first, known.first_at), last_at=max(last, known.last_at)
    )


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
    assert answer.context["board"].total["offered"] == 1


def test_page_of_a_source_that_has_ended_shows_all_of_it(centre, client, old_file):
    recent(centre)
    client.force_login(centre.supervisor)
    answer = client.get(PAGE, {"source": "old", "measure": "answer_rate", "by": "agent"})
    expected = sample.expected(sample.good_rows(60))
    board = answer.context["board"]
    assert board.total["offered"] == 60
    assert board.total["answer_rate"] == pytest.approx(expected["overall"]["answer_rate"], abs=1e-6)
    assert sorted(row["name"] for row in answer.context["rows"]) == sorted(expected["per_agent"])
    assert {hour[:2] for hour in answer.context["heat"].hours} == {
        f"{int(hour):02}" for hour in expected["per_hour"]
    }
    assert "2021-01-" in answer.content.decode()


def test_page_is_limited_to_dates_and_site(centre, client, old_file):
    client.force_login(centre.manager)
    rows = sample.good_rows(60)
    asked = {"source": "old", "from": "2021-02-01", "to": "2021-02-28", "site": "here"}
    assert client.get(PAGE, asked).context["board"].total["offered"] == sum(
        row[2][:7] == "2021-02" for row in rows
    )
    assert client.get(PAGE, asked | {"site": "far"}).context["board"].total["offered"] == 0


@pytest.mark.parametrize(("span", "shown"), [(1097, 1098), (1098, 366), (4000, 366)])
def test_page_of_a_source_too_long_to_show_shows_its_last_366_days(centre, client, span, shown):
    last = timezone.now() - timedelta(days=400)
    first = last - timedelta(days=span)
    spans(centre, "old", first, last)
    for days in (0, 365, 366):
        CallFactory(site=centre.here, source="old", entered_at=last - timedelta(days=days))
    client.force_login(centre.supervisor)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    dates = answer.context["form"].cleaned_data
    assert (dates["to"] - dates["from"]).days + 1 == shown
    assert answer.context["board"].total["offered"] == (2 if shown == 366 else 3)


@pytest.mark.parametrize("name", ["source", "site", "from", "to", "topic", "page", "a\0b"])
def test_page_bears_a_nul_in_any_parameter(centre, client, name):
    recent(centre)
    client.force_login(centre.supervisor)
    answer = client.get(PAGE, {name: "a\0b"})
    assert answer.status_code == (200 if name in {"page", "a\0b"} else 400)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "soon"}, "from"),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "to"),
        ({"from": "1990-01-01"}, "from"),
        ({"site": "moon"}, "site"),
        ({"source": "moon"}, "source"),
        ({"team": "moon"}, "team"),
        ({"measure": "mood"}, "measure"),
        ({"by": "moon"}, "by"),
    ],
)
def test_page_with_a_wrong_choice_says_which(centre, client, asked, field):
    recent(centre)
    client.force_login(centre.supervisor)
    answer = client.get(PAGE, asked)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_wrong_period_is_said_by_its_field_and_the_usual_one_is_shown(centre, client):
    recent(centre)
    client.force_login(centre.supervisor)
    answer = client.get(PAGE, {"from": "soon", "to": "1999-01-01", "measure": "satisfaction"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert answer.context["board"].total["offered"] == 1
    assert "measure=answer_rate" in page
    assert 'id="id_from_error"' in page
    assert 'value="soon"' in page


def test_lead_reads_why_the_answer_rate_is_not_told(centre, client):
    recent(centre, agent=centre.agent, team=centre.team)
    recent(centre, outcome="abandoned", wait_seconds=60, talk_seconds=None)
    client.force_login(centre.lead)
    answer = client.get(PAGE, {"measure": "answer_rate"})
    assert answer.context["heat"] is None
    assert "Lost calls belong to no team" in answer.content.decode()
    client.force_login(centre.supervisor)
    by_team = client.get(PAGE, {"measure": "answer_rate", "by": "team"})
    assert by_team.context["heat"]
    offered = {row["name"]: row["cells"][0]["text"] for row in by_team.context["rows"]}
    assert offered == {"Osmanthus": "–", "not known": "1"}
    assert "Lost calls belong to no team" in by_team.content.decode()


def test_chips_name_the_queue_and_the_agent(centre, client):
    recent(centre, agent=centre.agent, queue=QueueFactory(site=centre.here, code="line-1", name="Repairs"))
    client.force_login(centre.supervisor)
    chips = client.get(PAGE, {"queue": "line-1", "agent": "10001"}).context["chips"]
    assert [chip["value"] for chip in chips if chip["is_set"]] == ["Repairs", "Wei Fang"]


def test_agent_sees_the_own_figures_only(centre, client):
    recent(centre, agent=centre.agent, team=centre.team)
    recent(centre, agent=centre.colleague)
    client.force_login(centre.agent)
    answer = client.get(PAGE)
    assert answer.context["board"].total["offered"] == 1
    assert "Colleague" not in answer.content.decode()


def test_page_is_closed_to_administrators(centre, client):
    client.force_login(centre.administrator)
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_page_query_count_does_not_grow(centre, client, count):
    for _call in range(count):
        recent(centre, agent=centre.agent)
    client.force_login(centre.supervisor)
    assert client.get(PAGE).context["board"].total["offered"] == count
    assert len(statements(lambda: client.get(PAGE))) == 16


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


@pytest.mark.parametrize("limit", ["site", "team", "queue", "topic", "agent"])
def test_page_is_limited_by_what_the_address_says_and_shows_it_as_a_chip(centre, client, limit):
    queue = QueueFactory(site=centre.here, code="line-1")
    recent(centre, agent=centre.agent, team=centre.team, queue=queue, topic="Bill")
    recent(centre)
    CallFactory(site=centre.near, source="acd", entered_at=timezone.now() - timedelta(days=1))
    keys = {"site": "here", "team": centre.team.pk, "queue": "line-1", "topic": "Bill", "agent": "10001"}
    client.force_login(centre.regional)
    answer = client.get(PAGE, {limit: keys[limit]})
    assert answer.context["board"].total["offered"] == (2 if limit == "site" else 1)
    assert [chip["param"] for chip in answer.context["chips"] if chip["is_set"]] == [limit]


def test_group_opens_into_what_it_is_made_of(centre, client):
    for _call in range(2):
        recent(centre, agent=centre.agent, team=centre.team, talk_seconds=60)
    client.force_login(centre.supervisor)
    page = client.get(PAGE).content.decode()
    assert f"team={centre.team.pk}&amp;by=agent" in page


def test_files_hold_the_rows_behind_each_part_of_the_page(centre, client):
    for talk in (100, 200):
        recent(centre, agent=centre.agent, team=centre.team, talk_seconds=talk, topic="=1+1", many=5)
    client.force_login(centre.supervisor)

    def rows(part, **asked):
        answer = client.get(reverse("kpi:export", args=[part, "csv"]), asked)
        return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    head, *groups = rows("groups")
    assert dict(zip(head, groups[0], strict=True))["Handle time (p90)"] == "200"
    assert [row[1] for row in groups] == ["Osmanthus"]
    assert [row[-1] for row in rows("trend")[1:]] == ["200"]
    assert [row[2:] for row in rows("week")[1:]] == [["10", "200"]]
    User.objects.filter(pk=centre.supervisor.pk).update(language="zh-hans")
    assert rows("week")[1][0].startswith("周")
    User.objects.filter(pk=centre.supervisor.pk).update(language="en")
    assert rows("groups", by="topic")[1][0] == "'=1+1"
    book = client.get(reverse("kpi:export", args=["groups", "xlsx"]))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(book.streaming_content))).get_sheet_by_index(0)
    assert sheet.to_python()[0][:2] == ["Key", "Name"]
    taken = Entry.objects.filter(action="kpi.exported", actor_id=centre.supervisor.pk).latest("pk").details
    assert (taken["part"], taken["form"], taken["group_by"]) == ("groups", "xlsx", "team")


@pytest.mark.parametrize(
    ("part", "form", "asked"),
    [("moon", "csv", {}), ("groups", "doc", {}), ("groups", "csv", {"from": "soon"})],
)
def test_files_that_there_are_not_are_not_found(centre, client, part, form, asked):
    recent(centre)
    client.force_login(centre.supervisor)
    assert client.get(reverse("kpi:export", args=[part, form]), asked).status_code == 404


def test_files_are_closed_to_administrators(centre, client):
    client.force_login(centre.administrator)
    assert client.get(reverse("kpi:export", args=["groups", "csv"])).status_code == 403
    assert client.get(TODAY).status_code == 403


def test_today_compares_the_latest_day_with_the_same_weekday_before(centre, client):
    recent(centre, days=3, many=10, outcome="answered", talk_seconds=400)
    recent(centre, days=10, outcome="abandoned", wait_seconds=60, talk_seconds=None)
    client.force_login(centre.supervisor)
    answer = client.get(TODAY)
    [rate, _level, _wait, handle, *_others] = answer.context["cards"]
    day = timezone.localdate(timezone=zoneinfo.ZoneInfo("Asia/Shanghai")) - timedelta(days=3)
    assert (answer.context["day"], answer.context["is_today"]) == (day, False)
    assert rate["value"] == "100.0\N{NO-BREAK SPACE}%"
    assert rate["note"].endswith(": 0.0\N{NO-BREAK SPACE}%")
    assert (handle["state"], handle["verdict"]) == ("risk", "1 min over 5:00")
    assert f"{PAGE}?measure=answer_rate" in answer.content.decode()


def test_today_shows_a_lead_how_calls_are_handled(centre, client):
    recent(centre, days=3, many=10, agent=centre.agent, team=centre.team, talk_seconds=300)
    recent(centre, days=3, outcome="abandoned", wait_seconds=60, talk_seconds=None)
    client.force_login(centre.lead)
    answer = client.get(TODAY)
    assert answer.context["question"] == "When do calls take long?"
    cards = {card["label"]: card for card in answer.context["cards"]}
    assert not {"Answer rate", "Within 20 s"} & cards.keys()
    assert cards["Within 5 min"]["value"] == "100.0\N{NO-BREAK SPACE}%"
    assert (cards["Handle p90"]["state"], cards["Handle p90"]["verdict"]) == ("ontime", "on target")


def test_today_is_compared_up_to_the_same_time_of_day(centre):
    now = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
    for at, outcome in (
        (now, "answered"),
        (now - timedelta(days=7), "answered"),
        (now + timedelta(days=-7, hours=2), "abandoned"),
    ):
        CallFactory(
            site=centre.here,
            source="acd",
            entered_at=at - timedelta(minutes=1),
            outcome=outcome,
            wait_seconds=60,
            talk_seconds=None,
        )
    person = User.objects.get(pk=centre.manager.pk)
    found = today.figures(person, site="", team="", now=now)
    assert found["is_today"]
    assert found["cards"][0]["note"].endswith(": 100.0\N{NO-BREAK SPACE}%")


@pytest.mark.parametrize(
    ("limit", "shown"),
    [({}, True), ({"site": "here"}, True), ({"site": "far"}, False), ({"team": "x"}, False)],
)
def test_today_is_limited_to_a_place_and_says_when_there_is_nothing(centre, client, limit, shown):
    recent(centre)
    client.force_login(centre.manager)
    answer = client.get(TODAY, limit)
    assert (answer.context["day"] is not None) == shown
    assert ("No calls for two weeks" in answer.content.decode()) != shown


def test_today_shows_everybody_their_own_calls(centre, client):
    recent(centre, agent=centre.colleague)
    client.force_login(centre.supervisor)
    assert client.get(TODAY).context["calls"] == "1 call"
    client.force_login(centre.agent)
    assert client.get(TODAY).context["day"] is None


def test_today_asks_the_calls_once_in_some_minutes(centre, client):
    recent(centre)
    client.force_login(centre.supervisor)

    def calls():
        return sum("x.slot" in sql for sql in statements(lambda: client.get(TODAY)))

    assert (calls(), calls()) == (4, 0)
