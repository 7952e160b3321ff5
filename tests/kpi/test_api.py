"""Key figures over REST."""

from datetime import datetime

import pytest
from django.utils import timezone

from kpi.selectors.series import GROUPS, INTERVALS
from tests.factories.calls import CallFactory

SERIES, METRICS = "/api/v1/kpi/series/", "/api/v1/kpi/metrics/"
DATES = {"from": "2026-03-02", "to": "2026-03-02"}


def test_series_answers_with_what_was_asked_and_its_rows(centre, client):
    CallFactory(site=centre.here, agent=centre.agent, team=centre.team)
    client.force_login(centre.supervisor)
    asked = {"metrics": "offered, talk_time_mean", "group_by": "agent", "interval": "hour_of_day", **DATES}
    answer = client.get(SERIES, asked)
    assert answer.status_code == 200
    told = answer.json()
    assert datetime.fromisoformat(told.pop("watermark")) < timezone.now()
    assert told == {
        "waiting": 0,
        "replaces": None,
        "next": None,
        "metrics": ["offered", "talk_time_mean"],
        "group_by": "agent",
        "interval": "hour_of_day",
        "from": "2026-03-02",
        "to": "2026-03-02",
        "rows": [
            {"group": "10001", "label": "Wei Fang", "interval": 10, "offered": 1, "talk_time_mean": 180.0}
        ],
    }


def test_series_without_parameters_counts_the_last_28_days(centre, client):
    client.force_login(centre.supervisor)
    answer = client.get(SERIES).json()
    assert answer["metrics"] == ["offered", "answered", "answer_rate"]
    assert answer["rows"] == [
        {"group": "", "label": "", "interval": "", "offered": 0, "answered": 0, "answer_rate": None}
    ]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"metrics": "offered,happiness"}, "metrics"),
        ({"metrics": " , "}, "metrics"),
        ({"group_by": "moon"}, "group_by"),
        ({"interval": "century"}, "interval"),
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "to"),
        ({"from": "1990-01-01", "to": "2026-03-01"}, "from"),
        ({"from": "0001-01-01"}, "from"),
        ({"to": "0001-01-05"}, "to"),
        ({"to": "1969-12-31"}, "to"),
        ({"to": "9999-12-31"}, "to"),
        ({"to": "2100-01-01"}, "to"),
        ({"from": "2099-12-31", "to": "9999-12-31"}, "to"),
        ({"grupo": "agent"}, "grupo"),
        ({"a\0b": "agent"}, "a\0b"),
        *(
            ({name: "a\0b"}, name)
            for name in (
                *("metrics", "group_by", "interval", "from", "to"),
                *("site", "team", "agent", "queue", "topic", "source"),
            )
        ),
    ],
)
def test_wrong_parameter_is_named_in_the_one_shape_of_errors(centre, client, asked, field):
    client.force_login(centre.supervisor)
    answer = client.get(SERIES, asked)
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["field"] == field
    assert error["message"]


def test_series_up_to_one_of_the_first_days_begins_with_the_first(centre, client):
    client.force_login(centre.supervisor)
    assert client.get(SERIES, {"to": "1970-01-05"}).json()["from"] == "1970-01-01"


@pytest.mark.parametrize("name", ["page", "a\0b", "format"])
def test_metrics_refuses_a_nul_in_any_parameter(centre, client, name):
    client.force_login(centre.agent)
    assert client.get(METRICS, {name: "a\0b"}).status_code == 400


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("agent", 200),
        ("lead", 200),
        ("supervisor", 200),
        ("regional", 200),
        ("manager", 200),
        ("executive", 200),
        ("quality", 200),
        ("trainer", 200),
        ("administrator", 403),
        ("personnel", 403),
    ],
)
@pytest.mark.parametrize("address", [SERIES, METRICS])
def test_figures_are_for_the_roles_that_need_them(centre, client, address, role, status):
    client.force_login(getattr(centre, role))
    assert client.get(address).status_code == status


@pytest.mark.parametrize("address", [SERIES, METRICS])
def test_visitor_is_asked_who_it_is(client, db, address):
    assert client.get(address).status_code == 401


def test_metrics_answers_the_registry(centre, client):
    client.force_login(centre.agent)
    found = {metric["key"]: metric for metric in client.get(METRICS).json()["metrics"]}
    assert found["answer_rate"] == {
        "key": "answer_rate",
        "name": "Answer rate",
        "unit": "share",
        "formula": "answered / (offered − short abandons)",
        "more_is_better": True,
        "target": None,
        "cannot_say": "Where the wait of an abandoned call is not known, short abandons cannot be told and stay in.",
        "rule": "service level C, version 1",
        "source": "calls",
        "percentile_of": "",
        "groups": list(GROUPS),
        "intervals": list(INTERVALS),
    }
    assert found["adherence"]["groups"] == ["none", "site", "team", "agent"]
    assert found["handle_time_p90"]["percentile_of"] == "handle_time_n"
    assert found["calls_per_agent_day"]["target"] == 70
