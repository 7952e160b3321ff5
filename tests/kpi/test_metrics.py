"""The registry."""

import re

import pytest
from django.utils import translation

from kpi import words
from kpi.board import COLUMNS, shown
from kpi.charts import HEADS
from kpi.counters import Counter
from kpi.families import FAMILIES
from kpi.indicators import INDICATORS
from kpi.measures import FEWEST
from kpi.metrics import METRICS, REGISTRY
from tests.kpi.figures import METRICS as WANTED

UNITS = {"calls", "share", "seconds", "rating", "days", "people", "calls a day", "complaints", "per 10,000"}


def test_every_metric_is_there_once():
    assert len(REGISTRY) == len(METRICS)


def test_every_metric_says_what_it_is():
    for metric in METRICS:
        assert re.fullmatch(r"[a-zA-E0-9_]+", metric.key)
        assert str(metric.name)
        assert str(metric.formula)
        assert metric.unit in UNITS


def test_every_share_has_something_to_divide_by():
    assert all(metric.denominator is not None for metric in METRICS if metric.unit == "share")


def test_metrics_of_pages_and_of_the_real_data_are_in_the_registry():
    pages = {key for indicator in INDICATORS.values() for key in shown(indicator)}
    assert {*pages, *WANTED} <= REGISTRY.keys()
    assert tuple(HEADS) == COLUMNS


def test_rules_on_which_houses_differ_have_a_version():
    named = [metric.rule for metric in METRICS if metric.rule]
    assert named
    assert all(re.search(r"version \d+$", str(rule)) for rule in named)


def test_target_is_asked_of_the_value_as_it_is_shown():
    metric = REGISTRY["calls_per_agent_day"]
    assert (metric.on_target(69.96), words.shown(metric.key, 69.96)) == (True, "70.0")
    assert metric.on_target(69.94) is False


def test_names_are_read_in_the_language_of_the_reader():
    with translation.override("en"):
        assert str(REGISTRY["service_level_20"].name) == "Service level within 20 s"


@pytest.mark.parametrize("key", ["service_level_A_0", "service_level_E_600", "share_handled_le_180s"])
def test_every_threshold_up_to_ten_minutes_is_a_metric(key):
    assert REGISTRY[key].key == key
    assert key in REGISTRY


@pytest.mark.parametrize(
    "key", ["service_level_A_601", "service_level_F_20", "service_level_020", "service_level_A_-1"]
)
def test_what_is_no_threshold_or_no_rule_is_no_metric(key):
    assert key not in REGISTRY


def test_listed_metrics_of_a_family_are_those_that_their_key_says():
    for metric in METRICS:
        member = next((found for family in FAMILIES if (found := family.member(metric.key))), metric)
        assert (metric.numerator, metric.denominator) == (member.numerator, member.denominator)


# A day of the bank's calls (shared by both; B.1 of the definitions): quick answers, quick and slow losses.
BANK = {
    "offered__calls": 38_662,
    "answered__calls": 31_402,
    "abandoned__calls": 7_260,
    "lost_wait__within5": 302,
    "wait__within20": 15_857,
    "lost_wait__within20": 1_990,
}


@pytest.mark.parametrize(
    ("rule", "value"), [("A", 0.4101), ("B", 0.5050), ("C", 0.4134), ("D", 0.4616), ("E", 0.4324)]
)
def test_the_five_rules_of_service_levels_differ_on_the_same_calls(rule, value):
    assert REGISTRY[f"service_level_{rule}_20"].value(BANK) == pytest.approx(value, abs=5e-5)


def test_percentile_of_few_calls_is_not_told():
    metric = REGISTRY["handle_time_p90"]
    row = {Counter("handle", "rank", 90).name: 280, Counter("handle", "n").name: FEWEST}
    assert metric.value(row) == 280
    assert metric.value(row | {Counter("handle", "n").name: FEWEST - 1}) is None
    assert metric.counted_by == "handle_time_n"


def test_complaints_are_set_against_ten_thousand_calls():
    row = {"valid__sum": 3, "answered__calls": 20_000}
    assert REGISTRY["valid_complaints_per_10k"].value(row) == 1.5
    assert REGISTRY["valid_complaints_per_10k"].source == "complaints"
