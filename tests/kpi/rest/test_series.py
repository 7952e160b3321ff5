"""Key figures page by page, as CSV, with an ETag, and only what changed."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from calls.models import Call
from kpi.selectors import bulk, changes
from kpi.selectors.series import INTERVALS
from kpi.services import rollups
from tests.calls.centre import statements
from tests.factories.calls import CallFactory, QueueFactory

SERIES = "/api/v1/kpi/series/"
BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday 9:00 at the site
SPAN = {"from": "2026-03-01", "to": "2026-04-12"}


@pytest.fixture
def busy(centre, client, count):
    """Count some weeks of calls in two queues, and sign the supervisor in."""
    queues = [QueueFactory(site=centre.here, code=code) for code in ("bills", "repairs")]
    for hours in (0, 1, 24, 26, 170, 171, 400, 900):
        for queue in queues:
            at = BEGIN + timedelta(hours=hours)
            CallFactory(site=centre.here, queue=queue, agent=centre.agent, team=centre.team, entered_at=at)
    count()
    client.force_login(centre.supervisor)
    return client


def walked(client, **asked):
    """Return the rows of every page."""
    address, found = SERIES, []
    while address:
        answer = client.get(address, asked).json()
        found += answer["rows"]
        address, asked = answer["next"], {}
    return found


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize("group", ["none", "queue", "agent"])
def test_pages_of_any_length_give_the_rows_of_the_whole_answer(busy, monkeypatch, interval, group):
    asked = {**SPAN, "metrics": "offered,talk_time_sum", "interval": interval, "group_by": group}
    whole = walked(busy, **asked)
    assert sum(row["offered"] for row in whole) == 16
    monkeypatch.setattr(bulk, "ENOUGH", 3)
    assert walked(busy, **asked, limit=1) == whole
    assert walked(busy, **asked, limit=3) == whole


def test_a_page_names_its_days_so_that_the_next_one_asks_for_the_same(centre, busy):
    for days in (2, 3):
        CallFactory(site=centre.here, entered_at=timezone.now() - timedelta(days=days))
    answer = busy.get(SERIES, {"limit": 1, "interval": "day"}).json()
    assert f"from={answer['from']}&to={answer['to']}" in answer["next"]


def test_a_cursor_belongs_to_its_question(busy):
    asked = {**SPAN, "interval": "day", "limit": 1}
    following = busy.get(SERIES, asked).json()["next"]
    answer = busy.get(following.replace("interval=day", "interval=hour"))
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"]) == (400, "cursor")
    assert busy.get(SERIES, {"cursor": "made up"}).status_code == 400


def lines_of(answer):
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_is_the_same_answer_in_lines(busy):
    asked = {**SPAN, "metrics": "offered,talk_time_mean", "interval": "30m", "group_by": "queue"}
    rows = busy.get(SERIES, asked).json()["rows"]
    for answer in (
        busy.get(SERIES, {**asked, "format": "csv"}),
        busy.get(SERIES, asked, headers={"Accept": "text/csv"}),
    ):
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert lines_of(answer) == [{name: str(value) for name, value in row.items()} for row in rows]
    first = busy.get(SERIES, {**asked, "format": "csv", "limit": 1})
    assert len(lines_of(first)) == 1
    assert 'rel="next"' in first["Link"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"metrics": "happiness"}, "metrics"),
        ({"format": "pdf"}, "format"),
        ({"limit": "0"}, "limit"),
        ({"limit": "10001"}, "limit"),
        ({"updated_since": "lately"}, "updated_since"),
        ({"updated_since": "2026-03-01T00:00:00Z"}, "interval"),
        ({"updated_since": "2026-03-01T00:00:00Z", "interval": "day", "metrics": "adherence"}, "metrics"),
        ({"updated_since": "2026-03-01T00:00:00Z", "interval": "day", "format": "csv"}, "format"),
        ({"metrics": "complaints", "group_by": "queue", "format": "csv"}, "group_by"),
    ],
)
def test_wrong_parameter_is_named_in_json_also_where_csv_is_asked_for(busy, asked, field):
    answer = busy.get(SERIES, asked, headers={"Accept": "text/csv, application/json"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")
    [error] = answer.json()["errors"]
    assert error["field"] == field
    assert error["mend"]


def test_percentile_brings_the_number_of_its_calls_along(busy):
    answer = busy.get(SERIES, {**SPAN, "metrics": "talk_time_p90"}).json()
    assert answer["metrics"] == ["talk_time_p90", "talk_time_n"]
    assert (answer["rows"][0]["talk_time_p90"], answer["rows"][0]["talk_time_n"]) == (180, 16)


def test_what_is_known_is_answered_without_counting_until_a_call_changes(busy, centre, count):
    asked = {**SPAN, "metrics": "offered,talk_time_p90", "interval": "30m", "group_by": "team"}
    tag = busy.get(SERIES, asked)["ETag"]

    def again():
        return busy.get(SERIES, asked, headers={"If-None-Match": tag})

    assert again().status_code == 304
    assert again()["ETag"] == tag
    assert not [text for text in statements(again) if "halfhour" in text]
    assert (
        busy.get(SERIES, {**asked, "metrics": "offered"}, headers={"If-None-Match": tag}).status_code == 200
    )
    as_csv = busy.get(SERIES, {**asked, "format": "csv"}, headers={"If-None-Match": tag})
    assert (as_csv.status_code, as_csv["ETag"] == tag) == (200, False)
    known = {"If-None-Match": as_csv["ETag"]}
    assert busy.get(SERIES, {**asked, "format": "csv"}, headers=known).status_code == 304
    CallFactory(site=centre.here, entered_at=BEGIN)
    count()
    assert again().status_code == 200


def test_an_answer_from_raw_calls_is_compared_as_a_whole(busy, centre):
    asked = {**SPAN, "metrics": "offered", "group_by": "topic"}
    tag = busy.get(SERIES, asked)["ETag"]
    assert busy.get(SERIES, asked, headers={"If-None-Match": tag}).status_code == 304
    CallFactory(site=centre.here, entered_at=BEGIN)
    assert busy.get(SERIES, asked, headers={"If-None-Match": tag}).status_code == 200


def test_only_intervals_that_were_counted_anew_are_answered_and_the_emptied_ones_named(busy, centre):
    first = busy.get(SERIES, {**SPAN, "interval": "day"}).json()
    assert first["replaces"] is None
    since = timezone.now().isoformat()
    moved = Call.objects.filter(entered_at=BEGIN + timedelta(hours=900))
    day = (BEGIN + timedelta(hours=900)).date().isoformat()
    moved.update(entered_at=BEGIN + timedelta(hours=2))
    late = CallFactory(site=centre.here, entered_at=BEGIN + timedelta(hours=24))
    rollups.mark(
        centre.here.pk,
        [BEGIN + timedelta(hours=900), BEGIN + timedelta(hours=2), late.entered_at],
    )
    assert changes.waiting() == 3
    rollups.refresh_all()
    asked = {**SPAN, "interval": "day", "metrics": "offered", "updated_since": since}
    answer = busy.get(SERIES, asked).json()
    assert answer["replaces"] == ["2026-03-02", "2026-03-03", day]
    assert [(row["interval"], row["offered"]) for row in answer["rows"]] == [
        ("2026-03-02", 6),
        ("2026-03-03", 5),
    ]
    assert datetime.fromisoformat(answer["watermark"]) < timezone.now()
    later = (timezone.now() + timedelta(seconds=1)).isoformat()
    assert busy.get(SERIES, {**asked, "updated_since": later}).json()["rows"] == []


def test_program_that_replaces_what_changed_holds_what_a_fresh_pull_gives(busy, centre):
    asked = {**SPAN, "interval": "hour", "group_by": "queue", "metrics": "offered"}
    held = walked(busy, **asked)
    since = timezone.now().isoformat()
    Call.objects.filter(entered_at__lt=BEGIN + timedelta(hours=25)).update(
        entered_at=BEGIN + timedelta(hours=25)
    )
    rollups.mark(centre.here.pk, [BEGIN + timedelta(hours=hours) for hours in (0, 1, 24, 25)])
    rollups.refresh_all()
    answer = busy.get(SERIES, {**asked, "updated_since": since}).json()
    held = [row for row in held if row["interval"] not in answer["replaces"]] + answer["rows"]
    assert sorted(map(str, held)) == sorted(map(str, walked(busy, **asked)))


def test_rates_of_people_are_told_alike_on_every_page(busy, centre, count):
    at = BEGIN + timedelta(hours=900)
    CallFactory(site=centre.here, team=centre.team, outcome="abandoned", talk_seconds=None, entered_at=at)
    count()
    asked = {**SPAN, "metrics": "answer_rate", "group_by": "team", "interval": "day"}
    assert {row["answer_rate"] for row in walked(busy, **asked, limit=1)} == {1.0, 2 / 3}


def test_targets_stand_beside_the_figures_if_asked_for(busy):
    asked = {**SPAN, "metrics": "talk_time_mean,calls_per_agent_day", "targets": "true", "group_by": "team"}
    [row] = busy.get(SERIES, asked).json()["rows"]
    assert (row["calls_per_agent_day__target"], row["calls_per_agent_day__on_target"]) == (70, False)
    assert (row["talk_time_mean__target"], row["talk_time_mean__on_target"]) == (None, None)
    [line] = lines_of(busy.get(SERIES, {**asked, "format": "csv"}))
    assert line["calls_per_agent_day__on_target"] == "False"
